"""Page tables: what the processor translates addresses with, and where the kernel notes what it promised.

Four levels of tables with 512 entries each:

    level 3   PML4         an entry covers 512 GiB
    level 2   pointers     1 GiB, or is a page of that size
    level 1   directory    2 MiB, or is a page of that size
    level 0   table        a page of 4 KiB

No other structure says what is mapped. An entry at any level is one of

    0                      nothing
    PRESENT, a table       the next level has more
    PRESENT, a page        mapped; the frame is held by the entry if OWNED
    PROMISED               a page of zeros, made when it is first touched; LARGE: 2 MiB of them, if they fit
    HIDDEN, a page         held, but nobody may touch it; HIDDEN with PROMISED likewise

An entry that is not PRESENT means nothing to the processor, so that its bits are ours; it has those of
its protection where a present one has them. A promise above level 0 is one for all that it covers,
and becomes a table of promises where a part of it changes: reserving a terabyte writes a few entries.

Each table knows how many of its entries are not 0, in the frame of its page, and is freed with the last;
but the early ones, made before there are frames, and those of level 2 for the kernel's regions, stay.

    cut       makes entries end where a range does, so that each lies inside or outside of it
    find      leads to the entry that says what an address is

Source: Intel SDM volume 3A, sections 4.5 (4-level paging) and 11.12 (page attribute table).
"""

from __future__ import annotations

from enum import IntFlag
from typing import Final

from kernel.mem import early, frames
from kernel.mem.frame_database import frame_of, number_of
from kernel.mem.layout import PAGE_SHIFT, PAGE_SIZE, PhysAddr, VirtAddr, bytes_at
from lang import (
    Array,
    Ptr,
    address_of,
    inline,
    irq_safe,
    no_raise,
    over,
    struct,
    u32,
    u64,
    usize,
)

ENTRIES: Final = 512
INDEX_BITS: Final = 9
LEVELS: Final = 4
TOP: Final = 3

TABLE: Final = 0  # levels by their names
DIRECTORY: Final = 1
POINTERS: Final = 2


@over(u64)
class Entry(IntFlag):
    PRESENT = 1 << 0
    WRITABLE = 1 << 1
    USER = 1 << 2
    WRITE_THROUGH = 1 << 3
    UNCACHED = 1 << 4
    ACCESSED = 1 << 5
    DIRTY = 1 << 6
    LARGE = 1 << 7  # above level 0: a page, not a table; at level 0: ATTRIBUTE
    GLOBAL = 1 << 8
    OWNED = 1 << 9
    PROMISED = 1 << 10
    HIDDEN = 1 << 11
    LARGE_ATTRIBUTE = 1 << 12
    NEVER_WRITTEN = 1 << 52  # others have the page, too, and it is not this space's to change
    NO_EXECUTE = 1 << 63


ATTRIBUTE: Final[u64] = 1 << 7
ADDRESS: Final[u64] = 0x000F_FFFF_FFFF_F000
LARGE_ADDRESS: Final[u64] = 0x000F_FFFF_FFFF_E000  # LARGE_ATTRIBUTE is the lowest bit otherwise

# What an entry for a table has: the pages below it decide.
TO_TABLE: Final[u64] = 0x7


@struct(align=4096)
class Table:
    entries: Array[u64, ENTRIES]


@struct
class Walk:
    """The way to an entry: the one of each level from TOP down to `level`."""

    path: Array[Ptr[u64] | None, LEVELS]
    level: u32

    @property
    @irq_safe
    @no_raise
    def entry(self) -> Ptr[u64]:
        return entry_on(self, self.level)


@inline
@irq_safe
@no_raise
def entry_on(walk: Walk, level: u32) -> Ptr[u64]:
    """Return the entry of a level that a walk came through."""
    entry = walk.path[level]
    assert entry is not None, "the walk did not come through this level"
    return entry


@inline
@irq_safe
@no_raise
def span_of(level: u32) -> u64:
    """Return how many bytes an entry covers."""
    return u64(PAGE_SIZE) << INDEX_BITS * level


@inline
@irq_safe
@no_raise
def table_at(address: PhysAddr) -> Ptr[Table]:
    return bytes_at(address).cast(Table)


@inline
@irq_safe
@no_raise
def is_table(entry: u64, level: u32) -> bool:
    """Return whether an entry leads to the next level."""
    return level > TABLE and entry & (Entry.PRESENT | Entry.LARGE) == Entry.PRESENT


@inline
@irq_safe
@no_raise
def page_of(entry: u64, level: u32) -> PhysAddr:
    """Return the address of the page that an entry has."""
    return entry & (ADDRESS if level == TABLE else LARGE_ADDRESS)


@inline
@irq_safe
@no_raise
def slot(table: Ptr[Table], address: VirtAddr, level: u32) -> Ptr[u64]:
    """Return the entry of a table that is for an address."""
    index = address >> (PAGE_SHIFT + INDEX_BITS * level) & (ENTRIES - 1)
    return address_of(table.entries[index])


@irq_safe
@no_raise
def find(root: PhysAddr, address: VirtAddr, walk: Walk) -> None:
    """Lead a walk to the entry that says what an address is."""
    level = u32(TOP)
    table = root
    while True:
        entry = slot(table_at(table), address, level)
        walk.path[level] = entry
        walk.level = level
        if not is_table(entry[0], level):
            return
        table = entry[0] & ADDRESS
        level -= 1


# Tables ------------------------------------------------------------------------------------------


def allocate() -> PhysAddr:
    """Return a page for a table, of zeros: before there are frames, from early memory.

    Raises:
        MemoryError: there is none.
    """
    return early.allocate() if early.is_active() else frames.allocate_zeroed()


def descend(walk: Walk, address: VirtAddr) -> None:
    """Put a table in place of the entry that a walk leads to, meaning the same, and step into it.

    Raises:
        MemoryError: there is no page for it; nothing has changed.
    """
    entry = walk.entry
    level = walk.level
    table = allocate()
    if entry[0] != 0:
        _fill(table_at(table), entry[0], level)
    if not early.is_active():
        set_used(table, 0 if entry[0] == 0 else ENTRIES)
        if entry[0] == 0 and level < TOP:
            count_entries(walk, 1)
    entry[0] = table | TO_TABLE
    walk.level = level - 1
    walk.path[level - 1] = slot(table_at(table), address, level - 1)


def _fill(table: Ptr[Table], entry: u64, level: u32) -> None:
    """Fill a table with what one entry meant."""
    if entry & Entry.PROMISED != 0:
        for index in range(usize(ENTRIES)):
            table.entries[index] = entry
        return
    page = page_of(entry, level)
    kept = entry & ~LARGE_ADDRESS
    if level == DIRECTORY:
        kept &= ~u64(Entry.LARGE | Entry.LARGE_ATTRIBUTE)
        if entry & Entry.LARGE_ATTRIBUTE != 0:
            kept |= ATTRIBUTE
    for index in range(usize(ENTRIES)):
        table.entries[index] = page + index * span_of(level - 1) | kept


def cut(root: PhysAddr, address: VirtAddr, walk: Walk) -> None:
    """Make an entry begin at an address, by putting tables where one goes across it.

    Raises:
        MemoryError: there is no page for a table; the tables made so far mean what was there before.
    """
    find(root, address, walk)
    while address & (span_of(walk.level) - 1) != 0:
        descend(walk, address)


@irq_safe
@no_raise
def used(table: PhysAddr) -> u32:
    """Return how many entries of a table are not 0."""
    return frame_of(number_of(table)).next


@irq_safe
@no_raise
def set_used(table: PhysAddr, count: u32) -> None:
    frame_of(number_of(table)).next = count


@irq_safe
@no_raise
def count_entries(walk: Walk, more: u32) -> None:
    """Note that `more` entries of the table that a walk is in have come into use."""
    table = table_of(walk, walk.level)
    set_used(table, used(table) + more)


@irq_safe
@no_raise
def uncount_entries(walk: Walk, fewer: u32) -> None:
    """Note that `fewer` entries of the table that a walk is in are in use."""
    table = table_of(walk, walk.level)
    set_used(table, used(table) - fewer)


@inline
@irq_safe
@no_raise
def table_of(walk: Walk, level: u32) -> PhysAddr:
    """Return the table that a walk came through at a level below TOP."""
    return entry_on(walk, level + 1)[0] & ADDRESS
