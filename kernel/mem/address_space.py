"""Address spaces: what a range of virtual addresses leads to, and the operations that change it.

    reserve         pages of zeros, each made when it is first touched; reserve_large: 2 MiB at once
    map_memory      memory that stays where it is: a device's, or what the firmware left
    map_frame       one frame, which the space holds from then on
    put_frame       the same, in the place of a page of a reservation that nobody may touch yet
    put_memory      memory that stays where it is, and that nobody changes, in the place of such pages
    protect         what may be done
    unmap           nothing any more
    fault           makes a promised page

There is one for the kernel's own mappings and one for each process; a process's has the kernel's
regions, too, by the entries of its top table. The page tables are the only record (page_table.py), so
that each operation costs constant time per page, and a promise of any size costs a few entries.

What others have, too, and a space may only read, no `protect` makes writable: its entries say so (NEVER_WRITTEN).

An operation first makes entries end where its range ends (`cut`), which may fail for want of memory and
changes nothing that a program could see; what follows cannot fail, except where single pages are mapped.

Locks: `lock` guards the tables below `root`; `buddies.lock` is taken under it. Context: not from NMI.
"""

from __future__ import annotations

from enum import IntFlag
from typing import Final

from core.errors import BadAddress
from kernel.mem import frames, kernel_map, page_table
from kernel.mem.layout import (
    PAGE_SIZE,
    PHYSICAL_LIMIT,
    USER_END,
    USER_START,
    PhysAddr,
    VirtAddr,
    bytes_at,
    round_down,
    round_up,
)
from kernel.mem.page_table import (
    DIRECTORY,
    ENTRIES,
    POINTERS,
    TABLE,
    TOP,
    Entry,
    Walk,
    is_table,
    page_of,
    span_of,
    table_at,
)
from kernel.mem.tlb import Gather
from kernel.sync.spin_lock import SpinLock
from lang import (
    Ptr,
    Slice,
    holds,
    irq_safe,
    no_raise,
    over,
    struct,
    u8,
    u32,
    u64,
    usize,
    wrapping_add,
    wrapping_sub,
)


@over(u8)
class Protection(IntFlag):
    """What may be done with a page. Nothing is both written and executed."""

    READ = 1 << 0
    WRITE = 1 << 1
    EXECUTE = 1 << 2


@over(u8)
class MemoryType(IntFlag):
    """How the processor caches a mapping. Intel SDM volume 3A, section 11.3."""

    WRITE_BACK = 0  # memory
    WRITE_COMBINING = 1  # frame buffers: writes are gathered, reads are slow
    UNCACHED = 2  # registers


# What the bits of an entry say of its protection.
PROTECTION: Final[u64] = Entry.PRESENT | Entry.WRITABLE | Entry.HIDDEN | Entry.NO_EXECUTE
UNMAPPED: Final[u32] = TOP + 1  # above all levels
REFUSED: Final[u32] = TOP + 2
KERNEL_HALF: Final = 256  # the first entry of a top table for the kernel's regions


@struct(pinned=True)
class AddressSpace:
    # Set at creation, then constant.
    root: PhysAddr
    start: VirtAddr
    end: VirtAddr
    flags: u64  # of all its entries: USER, or GLOBAL
    kept_level: u32  # tables of this level and above stay, even with nothing in them

    # Guarded by lock.
    lock: SpinLock
    next: VirtAddr  # where to look first for room
    pages: u64  # that the space holds

    # Making and ending -------------------------------------------------------------------------

    def create(self) -> None:
        """Become the address space of a new process, with nothing in it but the kernel's regions.

        Raises:
            MemoryError: there is no page for the top table.
        """
        self.root = frames.allocate_zeroed()
        own, kernels = table_at(self.root), table_at(kernel_map.root)
        own.entries[KERNEL_HALF:].copy_from(kernels.entries[KERNEL_HALF:])
        self._begin(USER_START, USER_END, Entry.USER, TOP)

    @no_raise
    def create_for_kernel(self, start: VirtAddr, end: VirtAddr) -> None:
        """Become the address space of one of the kernel's regions."""
        self.root = kernel_map.root
        self._begin(start, end, Entry.GLOBAL, POINTERS)

    @no_raise
    def _begin(self, start: VirtAddr, end: VirtAddr, flags: u64, kept_level: u32) -> None:
        self.start = start
        self.end = end
        self.flags = flags
        self.kept_level = kept_level
        self.next = start
        self.pages = 0

    @no_raise
    def destroy(self) -> None:
        """Free all that the space of a process holds. No processor uses it any more."""
        with self.lock:
            self._clear(self.start, self.end)
        frames.free(self.root)
        self.root = 0

    # Mapping ------------------------------------------------------------------------------------

    def reserve(
        self, size: u64, protection: Protection, address: VirtAddr | None = None
    ) -> VirtAddr:
        """Promise pages of zeros, and return where they start.

        size: rounded up to pages. address: where, in whole pages; None for wherever there is room.

        Raises:
            ValueError: the size is 0, the address is not a page's, or both WRITE and EXECUTE are asked for.
            BadAddress: the range lies outside of the space.
            FileExistsError: something is mapped there already.
            MemoryError: there is no room, or no memory for the tables.
        """
        return self._reserve(size, protection, address, self._bits(protection))

    def reserve_large(self, size: u64, protection: Protection) -> VirtAddr:
        """Promise zeros where there is room, in pages of 2 MiB where they fit; return where they start.

        A first touch makes 2 MiB at once while there is so much in a row, and else a page of 4 KiB.

        Raises:
            ValueError: the size is 0, or both WRITE and EXECUTE are asked for.
            MemoryError: there is no room, or no memory for the tables.
        """
        return self._reserve(size, protection, None, self._bits(protection) | Entry.LARGE)

    def _reserve(
        self, size: u64, protection: Protection, address: VirtAddr | None, bits: u64
    ) -> VirtAddr:
        length = _length_of(size)
        _check_protection(protection)
        with self.lock:
            start = self._place(length, address)
            self._cut(start, start + length)
            try:
                self._fill_promises(start, start + length, bits)
            except MemoryError:
                self._clear(start, start + length)
                raise
            return start

    @no_raise
    def look_for_room_from(self, address: VirtAddr) -> None:
        """Let what is mapped wherever there is room begin at an address, or behind it."""
        with self.lock:
            self.next = address

    def map_memory(
        self, physical: PhysAddr, size: u64, protection: Protection, type: MemoryType
    ) -> VirtAddr:
        """Map memory that is nobody's to free, and return where `physical` is then.

        Raises:
            ValueError: the size is 0, or both WRITE and EXECUTE are asked for.
            BadAddress: no processor has so high an address.
            MemoryError: there is no room, or no memory for the tables.
        """
        _check_protection(protection)
        if size == 0:
            raise ValueError
        if physical >= PHYSICAL_LIMIT or size > PHYSICAL_LIMIT - physical:
            raise BadAddress
        offset = physical & (PAGE_SIZE - 1)
        length = _length_of(offset + size)
        with self.lock:
            start = self._find_room(length, physical - offset)
            self._cut(start, start + length)
            try:
                self._map(start, physical - offset, length, self._bits(protection), type)
            except MemoryError:
                self._clear(start, start + length)
                raise
            return start + offset

    def map_frame(self, address: VirtAddr, frame: PhysAddr, protection: Protection) -> None:
        """Map a frame, one of whose holders becomes the space.

        Raises:
            ValueError: the address is not a page's, or both WRITE and EXECUTE are asked for.
            BadAddress: it lies outside of the space.
            FileExistsError: something is mapped there already.
            MemoryError: there is no memory for the tables.
        """
        _check_protection(protection)
        with self.lock:
            start = self._place(PAGE_SIZE, address)
            self._cut(start, start + PAGE_SIZE)
            walk = Walk()
            self._find_page(start, walk)
            walk.entry[0] = frame | self._bits(protection) | Entry.OWNED
            page_table.count_entries(walk, 1)
            self.pages += 1

    def put_frame(
        self, address: VirtAddr, frame: PhysAddr, protection: Protection, may_write: bool
    ) -> None:
        """Map a frame, one of whose holders becomes the space, where a page was reserved without any protection.

        may_write: the page may become writable.

        Raises:
            ValueError: the address is not a page's, or both WRITE and EXECUTE are asked for.
            BadAddress: there is no such page.
            MemoryError: there is no memory for the tables.
        """
        _check_protection(protection)
        self._check_range(address, PAGE_SIZE)
        limit = 0 if may_write else u64(Entry.NEVER_WRITTEN)
        with self.lock:
            self._put(address, frame | self._bits(protection) | Entry.OWNED | limit)
            self.pages += 1

    def put_memory(
        self, address: VirtAddr, physical: PhysAddr, size: u64, protection: Protection
    ) -> None:
        """Map memory that is nobody's to free or to change, where pages were reserved without any protection.

        physical, size: whole pages. protection: without WRITE.

        Raises:
            ValueError: the address is not a page's, or both WRITE and EXECUTE are asked for.
            BadAddress: there are no such pages.
            MemoryError: there is no memory for the tables.
        """
        if protection & Protection.WRITE != 0:
            raise ValueError
        self._check_range(address, size)
        bits = self._bits(protection) | Entry.NEVER_WRITTEN
        with self.lock:
            for offset in range(u64(0), size, u64(PAGE_SIZE)):
                self._put(address + offset, physical + offset | bits)

    def unmap(self, address: VirtAddr, size: u64) -> None:
        """Map nothing in a range any more. What was there before, if anything, makes no difference.

        Raises:
            ValueError: the size is 0, or the address is not a page's.
            BadAddress: the range lies outside of the space.
            MemoryError: a large page or promise lies across an end, and there is no memory to split it.
        """
        length = _length_of(size)
        self._check_range(address, length)
        with self.lock:
            self._cut(address, address + length)
            self._clear(address, address + length)
            if self.next == address + length:
                self.next = address  # in a table that there may be for what lies before

    def protect(self, address: VirtAddr, size: u64, protection: Protection) -> None:
        """Change what may be done in a range that is mapped.

        Raises:
            ValueError: the size is 0, the address is not a page's, or both WRITE and EXECUTE are asked for.
            BadAddress: part of the range lies outside of the space, or is not mapped.
            PermissionError: WRITE is asked for where the space may only read.
            MemoryError: a large page or promise lies across an end, and there is no memory to split it.
        """
        length = _length_of(size)
        _check_protection(protection)
        self._check_range(address, length)
        with self.lock:
            refused = u64(Entry.NEVER_WRITTEN) if protection & Protection.WRITE != 0 else u64(0)
            level = self._highest_level(address, address + length, refused)
            if level == UNMAPPED:
                raise BadAddress
            if level == REFUSED:
                raise PermissionError
            if level > TABLE:  # otherwise each page has an entry of its own
                self._cut(address, address + length)
            self._change(address, address + length, self._bits(protection))

    # Faults -------------------------------------------------------------------------------------

    @irq_safe
    def fault(self, address: VirtAddr, needed: Protection) -> bool:
        """Make the promised page at an address; return whether the access may be tried again.

        needed: the access: READ, WRITE or EXECUTE.

        Raises:
            MemoryError: there is no memory for it.
        """
        if not self.start <= address < self.end:
            return False
        with self.lock:
            walk = Walk()
            page_table.find(self.root, address, walk)
            entry = walk.entry[0]
            if not _allows(entry, needed):
                return False
            if entry & Entry.PRESENT != 0:
                return True  # another processor was faster
            while walk.level > DIRECTORY:
                page_table.descend(walk, address)
            if walk.level == DIRECTORY:
                if entry & Entry.LARGE != 0 and self._make_large(walk.entry):
                    return True
                page_table.descend(walk, address)
            frame = frames.allocate_zeroed()
            kept = walk.entry[0] & (PROTECTION | self.flags)
            walk.entry[0] = frame | kept | Entry.PRESENT | Entry.OWNED
            self.pages += 1
            return True

    @holds("lock")
    @irq_safe
    @no_raise
    def _make_large(self, entry: Ptr[u64]) -> bool:
        """Make the 2 MiB that an entry promises; return False if there is not so much in a row."""
        try:
            start = frames.allocate_contiguous(ENTRIES, ENTRIES)
        except MemoryError:
            return False
        Slice[u8](bytes_at(start), span_of(DIRECTORY)).fill(0)
        kept = entry[0] & (PROTECTION | self.flags)
        entry[0] = start | kept | Entry.PRESENT | Entry.OWNED | Entry.LARGE
        self.pages += ENTRIES
        return True

    @irq_safe
    @no_raise
    def entry_of(self, address: VirtAddr) -> u64:
        """Return the entry that says what an address is, 0 for nothing."""
        with self.lock:
            walk = Walk()
            page_table.find(self.root, address, walk)
            return walk.entry[0]

    # Room ---------------------------------------------------------------------------------------

    @holds("lock")
    def _place(self, length: u64, address: VirtAddr | None) -> VirtAddr:
        """Return where a mapping starts: at an address that was asked for, or where there is room."""
        if address is None:
            return self._find_room(length, 0)
        self._check_range(address, length)
        if self._free_until(address, address + length) < address + length:
            raise FileExistsError
        return address

    @no_raise
    def _is_inside(self, address: VirtAddr, length: u64) -> bool:
        return self.start <= address < self.end and length <= self.end - address

    def _check_range(self, address: VirtAddr, length: u64) -> None:
        if address & (PAGE_SIZE - 1) != 0:
            raise ValueError
        if not self._is_inside(address, length):
            raise BadAddress

    @holds("lock")
    def _find_room(self, length: u64, like: PhysAddr) -> VirtAddr:
        """Return the first free range after the last one found, or else the first of all.

        like: the range may have large pages where memory that starts there may.
        """
        found = self._search(self.next, length, like)
        if found is None:
            found = self._search(self.start, length, like)
        if found is None:
            raise MemoryError
        self.next = found + length
        return found

    @holds("lock")
    @no_raise
    def _search(self, first: VirtAddr, length: u64, like: PhysAddr) -> VirtAddr | None:
        alignment = span_of(kernel_map.fitting(0, length))
        offset = like & (alignment - 1)
        start = _next_like(first, offset, alignment)
        while self._is_inside(start, length):
            end = self._free_until(start, start + length)
            if end == start + length:
                return start
            start = _next_like(self._used_until(end), offset, alignment)
        return None

    @holds("lock")
    @no_raise
    def _free_until(self, start: VirtAddr, end: VirtAddr) -> VirtAddr:
        """Return how far from `start` nothing is mapped, `end` at most."""
        walk = Walk()
        at = start
        while at < end:
            page_table.find(self.root, at, walk)
            if walk.entry[0] != 0:
                return at
            at = after(at, walk.level)
        return end

    @holds("lock")
    @no_raise
    def _used_until(self, start: VirtAddr) -> VirtAddr:
        """Return how far from `start`, which is mapped, something is."""
        walk = Walk()
        at = start
        while at < self.end:
            page_table.find(self.root, at, walk)
            if walk.entry[0] == 0:
                return at
            if walk.level == TABLE and page_table.used(page_table.table_of(walk, TABLE)) == ENTRIES:
                at = after(at, DIRECTORY)
            else:
                at = after(at, walk.level)
        return self.end

    # Changing entries ---------------------------------------------------------------------------

    @holds("lock")
    def _put(self, address: VirtAddr, entry: u64) -> None:
        """Store the entry of a page that was reserved without any protection."""
        walk = Walk()
        page_table.find(self.root, address, walk)
        if walk.entry[0] & (Entry.HIDDEN | Entry.PROMISED) != Entry.HIDDEN | Entry.PROMISED:
            raise BadAddress
        self._find_page(address, walk)
        walk.entry[0] = entry

    @no_raise
    def _bits(self, protection: Protection) -> u64:
        """Return what an entry for a page of some protection has."""
        bits = self.flags | (Entry.PRESENT if protection != 0 else Entry.HIDDEN)
        if protection & Protection.WRITE != 0:
            bits |= Entry.WRITABLE
        if protection & Protection.EXECUTE == 0:
            bits |= Entry.NO_EXECUTE
        return kernel_map.supported(bits)

    @holds("lock")
    def _cut(self, start: VirtAddr, end: VirtAddr) -> None:
        """Make each entry lie inside or outside of a range."""
        walk = Walk()
        try:
            page_table.cut(self.root, start, walk)
            if walk.level == TABLE and end <= after(start, DIRECTORY):
                return  # one table has an entry for each page
            if end & (span_of(TOP) - 1) != 0:  # otherwise the next entry may be another space's
                page_table.cut(self.root, end, walk)
        except MemoryError:
            self._prune(start)
            self._prune(end - PAGE_SIZE)
            raise

    @holds("lock")
    def _find_page(self, address: VirtAddr, walk: Walk) -> None:
        """Lead a walk to the entry for a single page."""
        page_table.find(self.root, address, walk)
        while walk.level > TABLE:
            page_table.descend(walk, address)

    @holds("lock")
    def _fill_promises(self, start: VirtAddr, end: VirtAddr, bits: u64) -> None:
        """Promise all pages of a range in which nothing is mapped, and at whose ends entries end."""
        promise = bits & ~u64(Entry.PRESENT) | Entry.PROMISED
        walk = Walk()
        at = start
        while at < end:
            page_table.find(self.root, at, walk)
            while walk.level > POINTERS:
                page_table.descend(walk, at)
            count = entries_until(walk, at, end)
            entry = walk.entry
            for index in range(count):
                if is_table(entry[index], walk.level):
                    count = index
                    break
                entry[index] = promise
            page_table.count_entries(walk, u32(count))
            at += count * span_of(walk.level)

    @holds("lock")
    def _map(
        self, start: VirtAddr, physical: PhysAddr, length: u64, bits: u64, type: MemoryType
    ) -> None:
        """Map memory in the largest pages that fit, where nothing is mapped."""
        walk = Walk()
        at, to = start, physical
        end = start + length
        while at < end:
            level = kernel_map.fitting(at | to, end - at)
            page_table.find(self.root, at, walk)
            while walk.level > level:
                page_table.descend(walk, at)
            walk.entry[0] = to | bits | _caching(type, walk.level)
            page_table.count_entries(walk, 1)
            at += span_of(walk.level)
            to += span_of(walk.level)

    @holds("lock")
    @no_raise
    def _highest_level(self, start: VirtAddr, end: VirtAddr, refused: u64) -> u32:
        """Return the level of the entry in a range that covers most; UNMAPPED if there is none somewhere, and
        REFUSED if one has certain bits."""
        walk = Walk()
        highest: u32 = TABLE
        at = start
        while at < end:
            page_table.find(self.root, at, walk)
            if walk.entry[0] == 0:
                return UNMAPPED
            if walk.entry[0] & refused != 0:
                return REFUSED
            highest = max(highest, walk.level)
            at = after(at, walk.level)
        return highest

    @holds("lock")
    @no_raise
    def _change(self, start: VirtAddr, end: VirtAddr, bits: u64) -> None:
        """Change the protection of a range at whose ends entries end."""
        gather = Gather()
        walk = Walk()
        at = start
        while at < end:
            page_table.find(self.root, at, walk)
            entry = walk.entry
            value = entry[0]
            wanted = bits if value & Entry.PROMISED == 0 else bits & ~u64(Entry.PRESENT)
            entry[0] = value & ~PROTECTION | wanted
            if value & Entry.PRESENT != 0:
                gather.forget(at, after(at, walk.level))
            at = after(at, walk.level)
        gather.flush()

    @holds("lock")
    @no_raise
    def _clear(self, start: VirtAddr, end: VirtAddr) -> None:
        """Let go of all that is mapped in a range at whose ends entries end."""
        gather = Gather()
        walk = Walk()
        at = start
        while at < end:
            page_table.find(self.root, at, walk)
            if walk.level == TOP:
                at = after(at, TOP)
            else:
                at = self._clear_entries(walk, at, end, gather)
        gather.flush()

    @holds("lock")
    @no_raise
    def _clear_entries(
        self, walk: Walk, start: VirtAddr, end: VirtAddr, gather: Gather
    ) -> VirtAddr:
        """Clear the entries of one table from where a walk leads, up to one that is a table itself;
        return where that is, or the table's end."""
        level = walk.level
        entry = walk.entry
        at = start
        cleared: u32 = 0
        for index in range(entries_until(walk, start, end)):
            value = entry[index]
            if is_table(value, level):
                break
            if value != 0:
                entry[index] = 0
                cleared += 1
                self._let_go(value, level, at, gather)
            at = after(at, level)
        page_table.uncount_entries(walk, cleared)
        self._free_tables(walk, start, gather)
        return min(at, end)

    @holds("lock")
    @no_raise
    def _let_go(self, entry: u64, level: u32, at: VirtAddr, gather: Gather) -> None:
        """Put the page of an entry aside that is cleared."""
        if entry & Entry.PRESENT != 0:
            gather.forget(at, at + span_of(level))
        if entry & Entry.OWNED != 0:
            gather.add(page_of(entry, level), level)
            self.pages -= span_of(level) // PAGE_SIZE

    @holds("lock")
    @no_raise
    def _free_tables(self, walk: Walk, at: VirtAddr, gather: Gather) -> None:
        """Free the table that a walk is in if nothing is in it, and so on upwards."""
        while walk.level < self.kept_level:
            table = page_table.table_of(walk, walk.level)
            if page_table.used(table) != 0:
                return
            walk.level += 1
            walk.entry[0] = 0
            gather.forget(at, at + PAGE_SIZE)
            gather.add(table, TABLE)
            if walk.level < TOP:
                page_table.uncount_entries(walk, 1)

    @holds("lock")
    @no_raise
    def _prune(self, address: VirtAddr) -> None:
        """Free the tables on the way to an address that have nothing in them."""
        gather = Gather()
        walk = Walk()
        page_table.find(self.root, address, walk)
        self._free_tables(walk, address, gather)
        gather.flush()


# Helpers ----------------------------------------------------------------------------------------


@irq_safe
@no_raise
def after(address: VirtAddr, level: u32) -> VirtAddr:
    """Return where the next entry of a level begins."""
    last = address | (span_of(level) - 1)
    return max(wrapping_add(last, 1), last)  # of the last of all pages, that is the last address


@no_raise
def _next_like(address: VirtAddr, offset: u64, alignment: u64) -> VirtAddr:
    """Return the first address, from `address` on, that is `offset` beyond a multiple of `alignment`."""
    return address + (wrapping_sub(offset, address) & (alignment - 1))


@no_raise
def entries_until(walk: Walk, at: VirtAddr, end: VirtAddr) -> usize:
    """Return how many entries, from the one that a walk leads to on, lie in its table and before `end`."""
    span = span_of(walk.level)
    start = round_down(at, span)
    stop = min(end, after(at, walk.level + 1))
    return (stop - start + span - 1) // span


def _length_of(size: u64) -> u64:
    """Return the length of a mapping."""
    if size == 0:
        raise ValueError
    if size > USER_END:
        raise MemoryError
    return round_up(size, PAGE_SIZE)


def _check_protection(protection: Protection) -> None:
    if protection & Protection.WRITE != 0 and protection & Protection.EXECUTE != 0:
        raise ValueError


@irq_safe
@no_raise
def _allows(entry: u64, needed: Protection) -> bool:
    """Return whether what an entry has, or promises, may be accessed so."""
    if entry & (Entry.PRESENT | Entry.PROMISED) == 0 or entry & Entry.HIDDEN != 0:
        return False
    if needed & Protection.WRITE != 0 and entry & Entry.WRITABLE == 0:
        return False
    return needed & Protection.EXECUTE == 0 or entry & Entry.NO_EXECUTE == 0


@no_raise
def _caching(type: MemoryType, level: u32) -> u64:
    """Return the bits for a memory type, an index into the page attribute table (control.py)."""
    large: u64 = 0 if level == TABLE else Entry.LARGE
    match type:
        case MemoryType.WRITE_COMBINING:
            return large | (page_table.ATTRIBUTE if level == TABLE else Entry.LARGE_ATTRIBUTE)
        case MemoryType.UNCACHED:
            return large | Entry.WRITE_THROUGH | Entry.UNCACHED
    return large
