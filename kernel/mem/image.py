"""The kernel's own image: where it lies in physical memory."""

from __future__ import annotations

from core.handover import Extent
from kernel.mem.layout import KERNEL_IMAGE, PhysAddr, VirtAddr
from lang import Array, symbol_address


def extent() -> Extent:
    """Return where the image is; it is loaded where it is linked for."""
    start, end = symbol_address("__image_start"), symbol_address("__image_end")
    return Extent(physical(start), end - start)


def segments() -> Array[VirtAddr, 5]:
    """Return where constants, code, data and symbols begin, and where the symbols end, all by pages."""
    return Array[VirtAddr, 5](
        symbol_address("__image_start"),
        symbol_address("__text_start"),
        symbol_address("__data_start"),
        symbol_address("__symbols_start"),
        symbol_address("__image_end"),
    )


def physical(address: VirtAddr) -> PhysAddr:
    """Return the physical address of something in the image."""
    return address - KERNEL_IMAGE
