"""The kernel's own page tables, made once from the memory map.

    physical map      what the memory map lists, in the largest pages; never executable, and read-only
                      where the image's code and constants lie
    frame database    pages of zeros that are read-only and the same everywhere, but for the frames of
                      memory that there is
    image             by its sections: code is not writable, data is not executable
    mappings, stacks  empty, but with their tables of level 2, so that all address spaces share them

The first page tables, which mapped low memory at its own addresses and everything writable, go out of use.

    begin             the physical map and the image, in pages that the first tables reach
    add_frames        the frame database, then all memory to the frame allocator
"""

from __future__ import annotations

from typing import Final

from core.handover import MemoryKind, MemoryRegion
from kernel.cpu import instructions
from kernel.cpu.cpuid import Feature, Identity
from kernel.mem import early, frames, image, layout, memory_map, page_table
from kernel.mem.frame_database import Frame
from kernel.mem.layout import (
    FRAME_DATABASE,
    MAPPINGS,
    PAGE_SHIFT,
    PAGE_SIZE,
    PHYSICAL_LIMIT,
    STACKS,
    PhysAddr,
    VirtAddr,
    round_down,
    round_up,
    to_virtual,
)
from kernel.mem.page_table import (
    ADDRESS,
    DIRECTORY,
    POINTERS,
    TABLE,
    TO_TABLE,
    TOP,
    Entry,
    Walk,
    slot,
    span_of,
    table_at,
)
from lang import Array, Ptr, copy, no_raise, sizeof, u32, u64, usize

LOW_END: Final[u64] = 1 << 20  # below, memory types change every few pages: no large ones there
LARGEST_BLOCK: Final[u64] = 1 << 30  # of the frame allocator, which looks at all frames of one

READ_ONLY: Final[u64] = Entry.PRESENT | Entry.GLOBAL | Entry.NO_EXECUTE
READ_WRITE: Final[u64] = READ_ONLY | Entry.WRITABLE
EXECUTABLE: Final[u64] = Entry.PRESENT | Entry.GLOBAL

root: PhysAddr = 0
largest_page: u32 = DIRECTORY  # the highest level at which this processor has pages
has_no_execute: bool = False

# For the parts of the frame database where no memory is: a directory, a table and a page.
_empty_directory: PhysAddr = 0
_empty_table: PhysAddr = 0
_no_frames: PhysAddr = 0


def begin(identity: Identity) -> None:
    """Make the tables and go over to them.

    Raises:
        MemoryError: there is no memory for them.
    """
    global root, largest_page, has_no_execute
    largest_page = POINTERS if identity.has(Feature.HUGE_PAGES) else DIRECTORY
    has_no_execute = identity.has(Feature.NX)

    early.begin(memory_map.of_machine, layout.FIRST_MAPPED)
    root = page_table.allocate()
    _map_memory()
    _map_image()
    for region in Array[u64, 2](MAPPINGS, STACKS):
        _share_table_of(region)
    instructions.write_cr3(root)


def add_frames() -> None:
    """Make the frame database, and give all memory that nobody uses to the frame allocator.

    Raises:
        MemoryError: there is no memory for the database.
    """
    early.begin(memory_map.of_machine, PHYSICAL_LIMIT)
    _map_database()
    early.end()
    for region in memory_map.of_machine.regions:
        if region.kind == MemoryKind.USABLE:
            frames.add(region.start, region.length // PAGE_SIZE)


@no_raise
def reclaim(kind: MemoryKind) -> None:
    """Give the memory of a kind, which nobody needs any more, to the frame allocator."""
    for region in memory_map.of_machine.regions:
        if region.kind == kind:
            frames.add(region.start, region.length // PAGE_SIZE)
            region.kind = MemoryKind.USABLE


# The physical map ----------------------------------------------------------------------------------


@no_raise
def is_memory(region: MemoryRegion) -> bool:
    """Return whether a region is memory, which may be read and written like any other."""
    return region.kind != MemoryKind.RESERVED and region.kind != MemoryKind.BAD


def _map_memory() -> None:
    """Map all memory, joined to spans, since regions end where no large page does.

    Regions may shrink and come in meanwhile, by what the tables take. All that has been seen of the
    memory then is seen again, or was seen already.
    """
    start: u64 = 0
    end: u64 = 0
    index: usize = 0
    while index < memory_map.of_machine.count:
        region = memory_map.of_machine.storage[index]
        index += 1
        if not is_memory(region):
            continue
        first, last = region.start, region.end
        if first > end:
            _map_span(start, end)
            start = first
        end = max(end, last)
    _map_span(start, end)


def _map_span(start: PhysAddr, end: PhysAddr) -> None:
    low = max(start, min(end, LOW_END))
    map_pages(to_virtual(start), start, low - start, READ_WRITE, TABLE)
    map_pages(to_virtual(low), low, end - low, READ_WRITE, largest_page)


def map_pages(virtual: VirtAddr, physical: PhysAddr, size: u64, flags: u64, largest: u32) -> None:
    """Map memory in the largest pages that fit, over whatever was mapped there.

    flags: of an Entry. largest: the highest level to use.

    Raises:
        MemoryError: there is no page for a table.
    """
    walk = Walk()
    end = virtual + size
    at, to = virtual, physical
    while at < end:
        level = min(fitting(at | to, end - at), largest)
        page_table.find(root, at, walk)
        while walk.level > level:
            page_table.descend(walk, at)
        large: u64 = 0 if walk.level == TABLE else Entry.LARGE
        walk.entry[0] = to | supported(flags) | large
        at += span_of(walk.level)
        to += span_of(walk.level)


@no_raise
def fitting(aligned: u64, size: u64) -> u32:
    """Return the highest level with a page that is no larger than `size` and may begin there.

    aligned: both the virtual and the physical address, by `|`.
    """
    level = largest_page
    while level > TABLE and (aligned & (span_of(level) - 1) != 0 or size < span_of(level)):
        level -= 1
    return level


@no_raise
def supported(flags: u64) -> u64:
    """Leave out what this processor does not have."""
    return flags if has_no_execute else flags & ~u64(Entry.NO_EXECUTE)


# The image ----------------------------------------------------------------------------------------


def _map_image() -> None:
    """Map each segment, and let the physical map's view of those that do not change be read-only."""
    starts = image.segments()
    _map_segment(starts[0], starts[1], READ_ONLY)
    _map_segment(starts[1], starts[2], EXECUTABLE)
    _map_segment(starts[2], starts[3], READ_WRITE)
    _map_segment(starts[3], starts[4], READ_ONLY)


def _map_segment(start: VirtAddr, end: VirtAddr, flags: u64) -> None:
    physical = image.physical(start)
    map_pages(start, physical, end - start, flags, TABLE)
    if flags & Entry.WRITABLE == 0:
        map_pages(to_virtual(physical), physical, end - start, READ_ONLY, TABLE)


@no_raise
def forbid(address: VirtAddr) -> None:
    """Unmap a page of the image: whoever runs off the stack above it shall notice."""
    walk = Walk()
    page_table.find(root, address, walk)
    assert walk.level == TABLE, "the image is mapped by single pages"
    walk.entry[0] = 0
    instructions.invalidate_page(address)


# The frame database -------------------------------------------------------------------------------


def _map_database() -> None:
    """Map frames for all pages up to the end of memory, or of the allocator's block there."""
    end: PhysAddr = 0
    for region in memory_map.of_machine.regions:
        if is_memory(region):
            end = max(end, region.end)
    _map_no_frames(frames_of(round_up(end, LARGEST_BLOCK)))
    index: usize = 0
    while index < memory_map.of_machine.count:  # there may be more of them meanwhile
        region = memory_map.of_machine.storage[index]
        if is_memory(region):
            _map_frames(frames_of(region.start), frames_of(region.end))
        index += 1


@no_raise
def frames_of(address: PhysAddr) -> VirtAddr:
    """Return where the frame of a page is."""
    return FRAME_DATABASE + (address >> PAGE_SHIFT) * sizeof(Frame)


def _map_no_frames(end: VirtAddr) -> None:
    """Map the database as one page of zeros, over and over, by one table and one directory."""
    global _no_frames, _empty_table, _empty_directory
    _no_frames = page_table.allocate()
    _empty_table = page_table.allocate()
    _empty_directory = page_table.allocate()
    table_at(_empty_table).entries[:].fill(_no_frames | supported(READ_ONLY))
    table_at(_empty_directory).entries[:].fill(_empty_table | TO_TABLE)

    _share_table_of(FRAME_DATABASE)
    at: VirtAddr = FRAME_DATABASE
    while at < end:
        _slot_of_directory(at)[0] = _empty_directory | TO_TABLE
        at += span_of(POINTERS)


def _map_frames(start: VirtAddr, end: VirtAddr) -> None:
    """Put pages of their own under the frames of memory."""
    at = round_down(start, PAGE_SIZE)
    while at < end:
        directory = _own(_slot_of_directory(at), _empty_directory, TO_TABLE)
        table = _own(slot(table_at(directory), at, DIRECTORY), _empty_table, TO_TABLE)
        _own(slot(table_at(table), at, TABLE), _no_frames, supported(READ_WRITE))
        at += PAGE_SIZE


def _slot_of_directory(address: VirtAddr) -> Ptr[u64]:
    pointers = slot(table_at(root), address, TOP)[0] & ADDRESS
    return slot(table_at(pointers), address, POINTERS)


def _own(entry: Ptr[u64], shared: PhysAddr, flags: u64) -> PhysAddr:
    """Return what an entry leads to; if that is what all have, make a copy first."""
    if entry[0] & ADDRESS == shared:
        own = page_table.allocate()
        table_at(own).entries = copy(table_at(shared).entries)
        entry[0] = own | flags
    return entry[0] & ADDRESS


def _share_table_of(region: VirtAddr) -> None:
    """Give the entry of level 3 for a region, which address spaces copy, the table that it will keep."""
    walk = Walk()
    page_table.find(root, region, walk)
    assert walk.level == TOP, "the region is in use"
    walk.entry[0] = page_table.allocate() | TO_TABLE
