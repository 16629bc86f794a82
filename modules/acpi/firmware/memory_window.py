"""Memory that AML names by its physical address: registers of devices, and what the firmware keeps for itself.

Pages are mapped when they are first used, and the first of them forgotten when there are too many. What the kernel has
for itself and its programs is refused: firmware has no business there.

Locks: whoever is in AML, one at a time.
"""

from __future__ import annotations

from typing import Final

from core.errors import BadAddress
from core.handover import MemoryKind
from kernel.mem import kernel_space, memory_map
from kernel.mem.address_space import MemoryType
from kernel.mem.layout import PAGE_SIZE, PhysAddr, VirtAddr, round_down
from lang import Array, no_raise, struct, u64, usize
from modules.acpi.aml.errors import NoHandler, OutOfRange
from modules.acpi.firmware import access

WINDOWS: Final = 32


@struct
class Window:
    page: PhysAddr
    address: VirtAddr  # 0: it shows nothing


windows: Array[Window, WINDOWS]
oldest: usize = 0


def read(address: PhysAddr, size: u64) -> u64:
    """Read 1, 2, 4 or 8 bytes, with one access where they are aligned, else byte by byte.

    Raises:
        OutOfRange: the memory is not the firmware's.
        NoHandler: it cannot be mapped.
    """
    if address % size == 0:
        return access.read(place_of(address), size)
    result: u64 = 0
    for index in range(size):
        result |= access.read(place_of(address + index), 1) << (8 * index)
    return result


def write(address: PhysAddr, size: u64, value: u64) -> None:
    """Write 1, 2, 4 or 8 bytes; as `read`."""
    if address % size == 0:
        access.write(place_of(address), size, value)
        return
    for index in range(size):
        access.write(place_of(address + index), 1, value >> (8 * index) & 0xFF)


def place_of(address: PhysAddr) -> VirtAddr:
    """Return where a physical address is mapped."""
    global oldest
    page = round_down(address, PAGE_SIZE)
    for window in windows[:]:
        if window.address != 0 and window.page == page:
            return window.address + (address - page)
    type = type_of(page)
    victim = windows[oldest]
    forget(victim)
    try:
        victim.address = kernel_space.map_device(page, PAGE_SIZE, type)
    except (BadAddress, ValueError, MemoryError):
        raise NoHandler
    victim.page = page
    oldest = (oldest + 1) % WINDOWS
    return victim.address + (address - page)


def type_of(page: PhysAddr) -> MemoryType:
    """Return how a page is to be cached: as memory, where the firmware's list says that it is.

    Raises:
        OutOfRange: it is the kernel's.
    """
    for region in memory_map.of_machine.regions:
        if region.start <= page < region.end:
            match region.kind:
                case MemoryKind.RESERVED | MemoryKind.BAD | MemoryKind.ABSENT:
                    return MemoryType.UNCACHED
                case MemoryKind.ACPI_NVS | MemoryKind.FIRMWARE_RUNTIME | MemoryKind.PERSISTENT:
                    return MemoryType.WRITE_BACK
                case _:
                    raise OutOfRange
    return MemoryType.UNCACHED


@no_raise
def forget(window: Window) -> None:
    if window.address == 0:
        return
    try:
        kernel_space.space.unmap(window.address, PAGE_SIZE)
    except (BadAddress, ValueError, MemoryError):
        assert False, "what was mapped can be unmapped"
    window.address = 0
