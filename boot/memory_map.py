"""The firmware's memory map, and the end of its services.

What the firmware used until then is memory of kind BOOT for the kernel, as is what the loader leaves
behind: usable, once the kernel has taken what it needs from there.

Between the last look at the map and the end of boot services nothing may be allocated, so the room for
both the firmware's list and the kernel's is made before, with some to spare. Where the end is refused,
since the map has changed meanwhile, only these two calls may be repeated.

Source: UEFI Specification 2.10, sections 7.2.3 and 7.4.6.
"""

from __future__ import annotations

from typing import Final

from boot import efi, firmware
from boot.efi import MemoryDescriptor, MemoryType
from core.handover import MemoryKind, MemoryRegion
from lang import Ptr, Slice, address_of, no_raise, sizeof, struct, u32, u64

PAGE_SIZE: Final[u64] = 4096
SPARE: Final[u64] = (
    64  # descriptors that may come in, by allocations of the loader's and the firmware's
)
ATTEMPTS: Final = 8


@struct
class FirmwareMap:
    """The firmware's list of memory, in its own room."""

    address: u64
    capacity: u64  # in bytes
    size: u64
    key: u64
    descriptor_size: u64
    version: u32


@no_raise
def prepare(map: FirmwareMap) -> None:
    """Make room for the firmware's list."""
    read(map)
    map.capacity = map.size + SPARE * map.descriptor_size
    map.address = firmware.allocate(map.capacity)


@no_raise
def read(map: FirmwareMap) -> u64:
    """Read the list, as far as there is room; return the firmware's status."""
    map.size = map.capacity
    return firmware.services().get_memory_map(
        address_of(map.size),
        map.address,
        address_of(map.key),
        address_of(map.descriptor_size),
        address_of(map.version),
    )


@no_raise
def most_regions(map: FirmwareMap) -> u64:
    """Return how many regions `regions_of` may make of a map that was prepared."""
    return map.capacity // max(map.descriptor_size, u64(sizeof(MemoryDescriptor)))


@no_raise
def leave(map: FirmwareMap) -> bool:
    """End boot services with the last map read; return whether they have ended.

    After a first attempt there is no console to say anything on.
    """
    for _ in range(ATTEMPTS):
        if read(map) != efi.SUCCESS:
            return False
        if firmware.services().exit_boot_services(firmware.image(), map.key) == efi.SUCCESS:
            return True
    return False


@no_raise
def regions_of(map: FirmwareMap, into: Slice[MemoryRegion]) -> u64:
    """Write the kernel's list; return how many regions it has."""
    count: u64 = 0
    at = map.address
    end = map.address + map.size
    while at + sizeof(MemoryDescriptor) <= end and count < len(into):
        descriptor = Ptr[MemoryDescriptor](at)
        into[count] = MemoryRegion(
            descriptor.physical_start,
            bytes_of(descriptor.page_count),
            kind_of(descriptor.type),
        )
        count += 1
        at += map.descriptor_size
    return count


@no_raise
def bytes_of(pages: u64) -> u64:
    """Return a count of pages in bytes, all there can be for one that makes no sense."""
    return pages * PAGE_SIZE if pages < 1 << 51 else (1 << 63)


@no_raise
def kind_of(type: u32) -> MemoryKind:
    """Return what memory of a type is for the kernel; unknown types are nobody's."""
    match type:
        case MemoryType.CONVENTIONAL:
            return MemoryKind.USABLE
        case MemoryType.LOADER_CODE | MemoryType.LOADER_DATA:
            return MemoryKind.BOOT
        case MemoryType.BOOT_SERVICES_CODE | MemoryType.BOOT_SERVICES_DATA:
            return MemoryKind.BOOT
        case MemoryType.RUNTIME_SERVICES_CODE | MemoryType.RUNTIME_SERVICES_DATA:
            return MemoryKind.FIRMWARE_RUNTIME
        case MemoryType.ACPI_RECLAIM:
            return MemoryKind.ACPI_RECLAIMABLE
        case MemoryType.ACPI_NVS:
            return MemoryKind.ACPI_NVS
        case MemoryType.UNUSABLE:
            return MemoryKind.BAD
        case MemoryType.PERSISTENT:
            return MemoryKind.PERSISTENT
    return MemoryKind.RESERVED
