"""The kernel's own image: where it lies in physical memory, and its segments.

It is linked for one place and may have been loaded at another, both in the address space and in memory.
"""

from __future__ import annotations

from core.handover import Extent
from kernel.mem.layout import KERNEL_IMAGE, PhysAddr, VirtAddr
from lang import Array, no_raise, symbol_address

_loaded_at: PhysAddr = 0  # 0: where it is linked for


@no_raise
def set_place(start: PhysAddr) -> None:
    """Note where in memory the image begins."""
    global _loaded_at
    _loaded_at = start


@no_raise
def extent() -> Extent:
    """Return where the image is."""
    start, end = symbol_address("__image_start"), symbol_address("__image_end")
    return Extent(physical(start), end - start)


@no_raise
def segments() -> Array[VirtAddr, 5]:
    """Return where constants, code, data and symbols begin, and where the symbols end, all by pages."""
    return Array[VirtAddr, 5](
        symbol_address("__image_start"),
        symbol_address("__text_start"),
        symbol_address("__data_start"),
        symbol_address("__symbols_start"),
        symbol_address("__image_end"),
    )


@no_raise
def physical(address: VirtAddr) -> PhysAddr:
    """Return the physical address of something in the image."""
    if _loaded_at == 0:
        return address - KERNEL_IMAGE
    return address - symbol_address("__image_start") + _loaded_at
