"""Start info: what a virtual machine monitor hands over at a direct boot (PVH), as a Handover.

Nothing in it is believed: a pointer that cannot be one, a table without end or a version without a
memory map ends in BadStartInfo, since without a list of its memory a kernel cannot run.

Source: Xen, "x86/HVM direct boot ABI" and public/arch-x86/hvm/start_info.h.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core.handover import Extent, Handover, MemoryKind, MemoryRegion
from kernel.mem import image
from kernel.mem.layout import FIRST_MAPPED, bytes_at
from lang import Array, Ptr, address_of, over, sizeof, struct, u8, u32, u64, usize

MAGIC: Final[u32] = 0x336E_C578
LEAST_VERSION: Final[u32] = 1  # the first with a memory map
MOST_ENTRIES: Final[u32] = 128
LONGEST_COMMAND_LINE: Final[u64] = 4096
OUR_REGIONS: Final = 6  # start info, kernel, module and its entry, command line, memory map


class BadStartInfo(Exception):
    """What the monitor handed over makes no sense."""


@struct
class StartInfo:
    magic: u32
    version: u32
    flags: u32
    module_count: u32
    modules: u64  # Modules
    command_line: u64  # ended by a 0; 0: none
    rsdp: u64
    memory_map: u64  # MemoryEntries
    memory_map_count: u32
    reserved: u32


@struct
class Module:
    start: u64
    length: u64
    command_line: u64
    reserved: u64


@over(u32)
class EntryKind(IntEnum):
    """Kinds of memory, as in the E820 map. ACPI 6.5, section 15."""

    USABLE = 1
    RESERVED = 2
    ACPI_RECLAIMABLE = 3
    ACPI_NVS = 4
    BAD = 5
    DISABLED = 6
    PERSISTENT = 7


@struct
class MemoryEntry:
    start: u64
    length: u64
    kind: u32  # EntryKind
    reserved: u32


regions: Array[MemoryRegion, MOST_ENTRIES + OUR_REGIONS]
region_count: usize = 0


def read(address: u64, into: Handover) -> None:
    """Fill a handover from the start info at a physical address.

    Raises:
        BadStartInfo: it is none, or says nothing of memory.
    """
    global region_count
    region_count = 0
    info = memory(address, sizeof(StartInfo)).cast(StartInfo)
    if info.magic != MAGIC or info.version < LEAST_VERSION:
        raise BadStartInfo
    add_region(address, sizeof(StartInfo), MemoryKind.BOOT)
    into.kernel = image.extent()
    add_region(into.kernel.start, into.kernel.length, MemoryKind.KERNEL)
    into.initial_files = module(info)
    into.command_line = command_line(info)
    into.rsdp = info.rsdp
    add_memory_map(info)
    size = region_count * sizeof(MemoryRegion)
    into.regions = Extent(image.physical(address_of(regions[0]).address), size)


def module(info: Ptr[StartInfo]) -> Extent:
    """Return where the file is that was loaded beside the kernel, of which there is one at most."""
    if info.module_count == 0:
        return Extent(0, 0)
    if info.module_count > 1:
        raise BadStartInfo
    module = memory(info.modules, sizeof(Module)).cast(Module)
    memory(module.start, module.length)
    add_region(info.modules, sizeof(Module), MemoryKind.BOOT)
    add_region(module.start, module.length, MemoryKind.INITIAL_FILES)
    return Extent(module.start, module.length)


def command_line(info: Ptr[StartInfo]) -> Extent:
    """Return where the command line is, without the 0 at its end."""
    if info.command_line == 0:
        return Extent(0, 0)
    text = memory(info.command_line, LONGEST_COMMAND_LINE)
    length: u64 = 0
    while text[length] != 0:
        length += 1
        if length == LONGEST_COMMAND_LINE:
            raise BadStartInfo
    add_region(info.command_line, length + 1, MemoryKind.KERNEL)  # stays where it is
    return Extent(info.command_line, length)


def add_memory_map(info: Ptr[StartInfo]) -> None:
    """Take over the memory map, which says nothing of what the monitor put into the memory."""
    count = info.memory_map_count
    if count == 0 or count > MOST_ENTRIES:
        raise BadStartInfo
    size = count * sizeof(MemoryEntry)
    entries = memory(info.memory_map, size).cast(MemoryEntry)
    add_region(info.memory_map, size, MemoryKind.BOOT)
    for index in range(count):
        entry = entries[index]
        add_region(entry.start, entry.length, kind_of(entry.kind))


def add_region(start: u64, length: u64, kind: MemoryKind) -> None:
    global region_count
    regions[region_count] = MemoryRegion(start, length, kind)
    region_count += 1


def kind_of(kind: u32) -> MemoryKind:
    match kind:
        case EntryKind.USABLE:
            return MemoryKind.USABLE
        case EntryKind.ACPI_RECLAIMABLE:
            return MemoryKind.ACPI_RECLAIMABLE
        case EntryKind.ACPI_NVS:
            return MemoryKind.ACPI_NVS
        case EntryKind.BAD:
            return MemoryKind.BAD
        case EntryKind.PERSISTENT:
            return MemoryKind.PERSISTENT
    return MemoryKind.RESERVED


def memory(address: u64, size: u64) -> Ptr[u8]:
    """Return physical memory that the first page tables map.

    Raises:
        BadStartInfo: they do not map all of it, or there is nothing at address 0 to point at.
    """
    if address == 0 or address >= FIRST_MAPPED or size > FIRST_MAPPED - address:
        raise BadStartInfo
    return bytes_at(address)
