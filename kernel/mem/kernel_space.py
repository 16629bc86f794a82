"""The kernel's own mappings: devices, and buffers that need addresses in a row but not frames in a row.

They lie in a region that all address spaces share (layout.py), so that any of them may be in use. Another
such region is for modules, near the kernel's image, since their code reaches no further.
"""

from __future__ import annotations

from kernel.mem.address_space import AddressSpace, MemoryType, Protection
from kernel.mem.layout import (
    MAPPINGS,
    MAPPINGS_END,
    MODULES,
    MODULES_END,
    PAGE_SIZE,
    PhysAddr,
    VirtAddr,
)
from lang import no_raise, u64

space: AddressSpace
of_modules: AddressSpace


@no_raise
def begin() -> None:
    space.create_for_kernel(MAPPINGS, MAPPINGS_END)
    of_modules.create_for_kernel(MODULES, MODULES_END)


def map_device(physical: PhysAddr, size: u64, type: MemoryType) -> VirtAddr:
    """Map the registers or the memory of a device, and return where `physical` is then.

    Raises:
        ValueError: the size is 0.
        BadAddress: no processor has so high an address.
        MemoryError: there is no room, or no memory for the tables.
    """
    return space.map_memory(physical, size, Protection.READ | Protection.WRITE, type)


def unmap_device(address: VirtAddr, size: u64) -> None:
    """Map no longer what `map_device` has mapped there.

    Raises:
        MemoryError: there is no memory to take it out of a larger mapping.
    """
    start = address & ~u64(PAGE_SIZE - 1)
    space.unmap(start, address + size - start)
