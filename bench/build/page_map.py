"""Page tables in memory: three levels of 64 entries map page numbers to frames.

An entry is a frame number shifted by 12, or the index of the next table, and flags below. Tables
come from a fixed store and go back when their last entry is cleared.

Invariant: a table's entry count is the number of its entries that are present.
"""

from __future__ import annotations

from enum import IntFlag

from lang import Array, over, struct, u32, u64

TABLES = 24  # or 40, 56
LEVELS = 3
ENTRIES = 64
INDEX_BITS = 6
SPACE_PAGES = 1 << 18


@over(u64)
class Flags(IntFlag):
    PRESENT = 1 << 0
    WRITABLE = 1 << 1
    USER = 1 << 2
    ACCESSED = 1 << 5
    DIRTY = 1 << 6
    NO_EXECUTE = 1 << 9


@struct(pinned=True)
class Table:
    entries: Array[u64, ENTRIES]
    count: u32
    next_free: u32


@struct(pinned=True)
class AddressSpace:
    tables: Array[Table, TABLES]
    free: u32  # first free table; TABLES: there is none
    mapped: u64

    def prepare(self) -> None:
        """Make table 0 the empty root and all others free."""
        for i in range(TABLES):
            self.tables[i].entries[:].fill(0)
            self.tables[i].count = 0
            self.tables[i].next_free = u32(i + 1)
        self.free = 1
        self.mapped = 0

    def new_table(self) -> u32:
        """Return an empty table.

        Raises:
            MemoryError: there is none.
        """
        table = self.free
        if table == TABLES:
            raise MemoryError
        self.free = self.tables[table].next_free
        return table

    def descend(self, page: u64, level: u32, table: u32) -> u32:
        """Return the next table on a page's way, new if need be."""
        index = index_at(page, level)
        entry = self.tables[table].entries[index]
        if entry & Flags.PRESENT:
            return u32(entry >> 12)
        below = self.new_table()
        self.tables[table].entries[index] = u64(below) << 12 | Flags.PRESENT
        self.tables[table].count += 1
        return below

    def map(self, page: u64, frame: u64, flags: Flags) -> None:
        """Map a page to a frame.

        Raises:
            ValueError: the page is outside the space.
            FileExistsError: it is mapped already.
            MemoryError: there is no table left.
        """
        if page >= SPACE_PAGES:
            raise ValueError
        table = u32(0)
        for level in range(u32(LEVELS - 1)):
            table = self.descend(page, level, table)
        index = index_at(page, LEVELS - 1)
        if self.tables[table].entries[index] & Flags.PRESENT:
            raise FileExistsError
        self.tables[table].entries[index] = frame << 12 | flags | Flags.PRESENT
        self.tables[table].count += 1
        self.mapped += 1

    def find(self, page: u64) -> u64:
        """Return a page's entry, 0 if it is not mapped."""
        table = u32(0)
        for level in range(u32(LEVELS - 1)):
            entry = self.tables[table].entries[index_at(page, level)]
            if entry & Flags.PRESENT == 0:
                return 0
            table = u32(entry >> 12)
        return self.tables[table].entries[index_at(page, LEVELS - 1)]

    def unmap(self, page: u64) -> bool:
        """Unmap a page and free the tables that become empty; return whether it was mapped."""
        way = Array[u32, LEVELS]()
        for level in range(u32(LEVELS - 1)):
            entry = self.tables[way[level]].entries[index_at(page, level)]
            if entry & Flags.PRESENT == 0:
                return False
            way[level + 1] = u32(entry >> 12)
        if self.tables[way[LEVELS - 1]].entries[index_at(page, LEVELS - 1)] == 0:
            return False

        self.mapped -= 1
        for above in range(u32(LEVELS)):
            level = LEVELS - 1 - above
            table = way[level]
            self.tables[table].entries[index_at(page, level)] = 0
            self.tables[table].count -= 1
            if self.tables[table].count > 0 or level == 0:
                break
            self.tables[table].next_free = self.free
            self.free = table
        return True


space: AddressSpace


def index_at(page: u64, level: u32) -> u64:
    """Return which entry of a table at `level` is on the page's way; level 0 is the root."""
    return page >> (LEVELS - 1 - level) * INDEX_BITS & (ENTRIES - 1)


def touch(page: u64, is_write: bool) -> u64:
    """Do what the processor does on an access; return the frame, 0 for a fault."""
    entry = space.find(page)
    if entry & Flags.PRESENT == 0:
        return 0
    if is_write and entry & Flags.WRITABLE == 0:
        return 0
    return entry >> 12


def exercise(seed: u64) -> u64:
    """Map, touch and unmap pages; return a checksum."""
    space.prepare()
    total = seed % 1000
    for i in range(u64(60)):
        page = (seed + i * i * 37) % 4096 * 5
        flags = Flags.WRITABLE | Flags.USER if i % 3 == 0 else Flags.USER
        try:
            space.map(page, i + 1, flags)
        except FileExistsError:
            total += 1
        except MemoryError:
            space.prepare()
        except ValueError:
            total += 3
        total = total * 3 % 65537 + touch(page, i % 2 == 0)
        if i % 4 == 3:
            total += u64(space.unmap((seed + (i - 2) * (i - 2) * 37) % 4096 * 5))
    return total + space.mapped
