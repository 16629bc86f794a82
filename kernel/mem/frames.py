"""Frames: the pages of physical memory, and who has which.

Free memory is kept in blocks of 2**order pages that start at a multiple of their size (buddies). A block
that is too large is halved, and a freed block is joined with its other half if that is free, too; both
take at most ORDERS steps, whatever the amount of memory. In front of the blocks each processor has a
cache of single pages, so that most allocations take no lock and touch no memory of another processor;
it is filled and emptied by BATCH pages at a time, so that the cost per page is constant.

Every page has a Frame in the database, an array by page number that is mapped where there is memory:

    UNTRACKED    no memory of ours, or inside a block: the block's first frame speaks for it
    FREE         the first of a free block of 2**order pages, linked with others of that order
    CACHED       in a processor's cache
    USED         somebody's; `references` says how many hold it

Memory lies in zones by what can reach it: below 1 MiB processors start, below 4 GiB old devices
reach. Allocations take from the highest zone that has room, so the scarce ones last, and from the lowest
only if they ask for it.

The database covers all page numbers up to the highest, rounded up to the largest block, so that a
buddy can always be looked at; where there is no memory it reads as zeros.

Invariants: two free buddies of one order do not both exist. The frames of a used block are USED each,
so that pages of it can be shared and freed one by one.
Lock order: `lock` is innermost: nothing is acquired under it.
Context: callable with interrupts off, but not from NMI.
Source: Knowlton, "A Fast Storage Allocator", CACM 8(10), 1965; the caches: Bonwick and Adams,
"Magazines and Vmem", USENIX 2001.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from kernel.cpu.interrupts import interrupts_disabled
from kernel.mem.layout import FRAME_DATABASE, PAGE_SHIFT, PAGE_SIZE, PhysAddr, bytes_at
from kernel.sync.spin_lock import SpinLock
from lang import (
    Array,
    PerCpu,
    Ptr,
    Slice,
    cold,
    holds,
    inline,
    irq_safe,
    leading_zeros,
    no_raise,
    noinline,
    over,
    struct,
    trailing_zeros,
    truncate,
    u8,
    u32,
    u64,
    usize,
)

ORDERS: Final = 19  # blocks of 4 KiB to 1 GiB
CACHE_CAPACITY: Final = 128
BATCH_ORDER: Final = 6
BATCH: Final = 1 << BATCH_ORDER
NONE: Final[u32] = 0  # page 0 is never free, so its number ends a list


@over(u8)
class FrameState(IntEnum):
    UNTRACKED = 0
    FREE = 1
    CACHED = 2
    USED = 3


@struct
class Frame:
    """What is known of one page; a number of a page stands for it."""

    next: u32  # FREE: the others of its order and zone
    previous: u32
    references: u32  # USED: how many hold the page
    order: u8  # FREE: of the block
    state: FrameState


@over(u8)
class Zone(IntEnum):
    LOW = 0  # below 1 MiB: real mode
    DMA = 1  # below 4 GiB: 32 bits
    HIGH = 2


ZONES: Final = 3
ZONE_ENDS: Final = Array[u64, 3](1 << 8, 1 << 20, 1 << 32)  # page numbers


@struct
class FreeBlocks:
    """The free blocks of one zone."""

    first: Array[u32, ORDERS]
    orders: u32  # bit n: there is a block of order n
    pages: u64  # free in all


@struct
class Cache:
    """Pages that one processor has at hand, the last freed on top."""

    count: usize
    pages: Array[u32, CACHE_CAPACITY]


@struct
class Statistics:
    """Amounts of pages."""

    total: u64
    free: u64


lock: SpinLock
blocks: Array[FreeBlocks, ZONES]  # guarded by lock
cache: PerCpu[Cache]
total_pages: u64 = 0  # guarded by lock


# Pages by ones ----------------------------------------------------------------------------------


@irq_safe
def allocate() -> PhysAddr:
    """Return a page with whatever it held last.

    Raises:
        MemoryError: there is none.
    """
    with interrupts_disabled():
        mine = cache.here()
        if mine.count == 0:
            _refill(mine)
        mine.count -= 1
        page = mine.pages[mine.count]
        frame = frame_of(page)
        frame.state = FrameState.USED
        frame.references = 1
        return u64(page) << PAGE_SHIFT


@irq_safe
def allocate_zeroed() -> PhysAddr:
    """Return a page of zeros.

    Raises:
        MemoryError: there is none.
    """
    address = allocate()
    Slice[u8](bytes_at(address), PAGE_SIZE).fill(0)
    return address


@irq_safe
@no_raise
def retain(address: PhysAddr) -> None:
    """Let one more hold a page that is held."""
    frame = frame_of(number_of(address))
    with lock:
        assert frame.state == FrameState.USED, "a page that nobody has"
        frame.references += 1


@irq_safe
@no_raise
def free(address: PhysAddr) -> None:
    """Let go of a page; the last to hold it frees it."""
    page = number_of(address)
    frame = frame_of(page)
    assert frame.state == FrameState.USED, "a page that nobody has"
    if frame.references > 1 and not _release_shared(frame):
        return
    with interrupts_disabled():
        mine = cache.here()
        if mine.count == CACHE_CAPACITY:
            _drain(mine)
        frame.state = FrameState.CACHED
        mine.pages[mine.count] = page
        mine.count += 1


# Pages in a row ---------------------------------------------------------------------------------


@irq_safe
def allocate_contiguous(count: u64, alignment: u64 = 1, highest: Zone = Zone.HIGH) -> PhysAddr:
    """Return pages that follow each other, with whatever they held last.

    alignment: of the first page's number, a power of two. highest: the last zone they may lie in.

    Raises:
        MemoryError: there is no such run; free memory may be in pieces.
    """
    order = order_for(max(count, alignment))
    if count == 0 or order >= ORDERS:
        raise MemoryError
    with lock:
        page = _take_block(order, highest, _lowest(highest))
        for each in range(u64(page), page + count):
            _use(frame_of(truncate(u32, each)))
        _add(page + count, page + (u64(1) << order))
    return u64(page) << PAGE_SHIFT


@irq_safe
@no_raise
def free_contiguous(address: PhysAddr, count: u64) -> None:
    """Free pages that follow each other and that nobody else holds."""
    first = u64(number_of(address))
    with lock:
        for page in range(first, first + count):
            frame = frame_of(truncate(u32, page))
            assert frame.state == FrameState.USED, "a page that nobody has"
            assert frame.references == 1, "a page that somebody else has, too"
            frame.state = FrameState.UNTRACKED
        _add(first, first + count)


@irq_safe
@no_raise
def add(address: PhysAddr, count: u64) -> None:
    """Bring pages under management, free. Their frames in the database are zero."""
    global total_pages
    first = max(u64(number_of(address)), u64(1))
    end = (address >> PAGE_SHIFT) + count
    if first >= end:
        return
    with lock:
        total_pages += end - first
        _add(first, end)


@irq_safe
@no_raise
def drain_cache() -> None:
    """Give back all pages that this processor has at hand, so that they can be joined."""
    with interrupts_disabled():
        mine = cache.here()
        while mine.count > 0:
            _drain(mine)


@irq_safe
@no_raise
def statistics() -> Statistics:
    """Count the pages; those in the caches of other processors count as used."""
    with lock:
        free = blocks[0].pages + blocks[1].pages + blocks[2].pages + cache.here().count
        return Statistics(total_pages, free)


# Frames -----------------------------------------------------------------------------------------


@inline
@irq_safe
@no_raise
def number_of(address: PhysAddr) -> u32:
    return truncate(u32, address >> PAGE_SHIFT)


@inline
@irq_safe
@no_raise
def frame_of(page: u32) -> Ptr[Frame]:
    """Return the frame of a page that is in the database."""
    return Ptr[Frame](FRAME_DATABASE) + page


@inline
@irq_safe
@no_raise
def order_for(count: u64) -> u32:
    """Return the order of the smallest block that holds `count` pages."""
    return 0 if count <= 1 else u32(64 - leading_zeros(count - 1))


# Caches -----------------------------------------------------------------------------------------


@cold
@noinline
def _refill(mine: Ptr[Cache]) -> None:
    """Fill an empty cache with a batch of pages, or as many as there are, at least one."""
    with lock:
        try:
            _put_block(mine, _take_block(BATCH_ORDER, Zone.HIGH, Zone.DMA), BATCH)
        except MemoryError:
            _put_singles(mine)


@holds("lock")
def _put_singles(mine: Ptr[Cache]) -> None:
    """Fill a cache with single pages, since there is no block of a batch."""
    _put_block(mine, _take_block(0, Zone.HIGH, Zone.DMA), 1)
    while mine.count < BATCH:
        try:
            _put_block(mine, _take_block(0, Zone.HIGH, Zone.DMA), 1)
        except MemoryError:
            break


@no_raise
def _put_block(mine: Ptr[Cache], first: u32, count: u32) -> None:
    """Put pages that follow each other into a cache, the first on top."""
    for index in range(count):
        page = first + (count - 1 - index)
        frame_of(page).state = FrameState.CACHED
        mine.pages[mine.count] = page
        mine.count += 1


@cold
@noinline
@no_raise
def _drain(mine: Ptr[Cache]) -> None:
    """Give back up to a batch of pages, the ones that were freed last."""
    with lock:
        for _ in range(min(usize(BATCH), mine.count)):
            mine.count -= 1
            page = u64(mine.pages[mine.count])
            frame_of(truncate(u32, page)).state = FrameState.UNTRACKED
            _add(page, page + 1)


@cold
@noinline
@no_raise
def _release_shared(frame: Ptr[Frame]) -> bool:
    """Let one holder of a shared page go; return whether it was the last."""
    with lock:
        if frame.references > 1:
            frame.references -= 1
            return False
        return True


# Blocks -----------------------------------------------------------------------------------------


def _lowest(highest: Zone) -> Zone:
    """Return the lowest zone to take from: the one below 1 MiB serves only whoever asks for it."""
    return Zone.LOW if highest == Zone.LOW else Zone.DMA


def _use(frame: Ptr[Frame]) -> None:
    frame.state = FrameState.USED
    frame.references = 1


@holds("lock")
def _take_block(order: u32, highest: Zone, lowest: Zone) -> u32:
    """Take a block of 2**order pages from the highest of the zones that has one; return its first page.

    Raises:
        MemoryError: there is none.
    """
    for below in range(usize(highest) + 1 - usize(lowest)):
        zone = blocks[usize(highest) - below]
        orders = zone.orders >> order
        if orders != 0:
            found = order + u32(trailing_zeros(orders))
            page = zone.first[found]
            _remove(zone, page)
            _split(zone, page, found, order)
            return page
    raise MemoryError


def _split(zone: FreeBlocks, page: u32, found: u32, wanted: u32) -> None:
    """Return to the free blocks what a block of order `found` has beyond the first 2**wanted pages."""
    order = found
    while order > wanted:
        order -= 1
        _insert(zone, page + (u32(1) << order), order)


@no_raise
@holds("lock")
def _add(first: u64, end: u64) -> None:
    """Add free pages, in the largest blocks that fit."""
    page = first
    while page < end:
        order = min(u64(trailing_zeros(page)), u64(ORDERS - 1))
        order = min(order, u64(63 - leading_zeros(end - page)))
        _add_block(truncate(u32, page), truncate(u32, order))
        page += u64(1) << order


@holds("lock")
def _add_block(first: u32, order_of_block: u32) -> None:
    """Add a free block, joined with its buddy as long as that is free."""
    page, order = first, order_of_block
    zone = blocks[zone_of(page)]
    while order < ORDERS - 1:
        buddy = page ^ (u32(1) << order)
        frame = frame_of(buddy)
        if frame.state != FrameState.FREE or frame.order != order:
            break
        _remove(zone, buddy)
        page &= buddy
        order += 1
    _insert(zone, page, order)


def zone_of(page: u32) -> usize:
    """Return the zone of a page. Zones end at multiples of the largest block that crosses none."""
    for zone in range(usize(ZONES - 1)):
        if page < ZONE_ENDS[zone]:
            return zone
    return ZONES - 1


def _insert(zone: FreeBlocks, page: u32, order: u32) -> None:
    frame = frame_of(page)
    frame.state = FrameState.FREE
    frame.order = truncate(u8, order)
    frame.previous = NONE
    frame.next = zone.first[order]
    if frame.next != NONE:
        frame_of(frame.next).previous = page
    zone.first[order] = page
    zone.orders |= u32(1) << order
    zone.pages += u64(1) << order


def _remove(zone: FreeBlocks, page: u32) -> None:
    """Take a block out of the list of its order."""
    frame = frame_of(page)
    order = u32(frame.order)
    if frame.previous != NONE:
        frame_of(frame.previous).next = frame.next
    else:
        zone.first[order] = frame.next
        if frame.next == NONE:
            zone.orders &= ~(u32(1) << order)
    if frame.next != NONE:
        frame_of(frame.next).previous = frame.previous
    frame.state = FrameState.UNTRACKED
    zone.pages -= u64(1) << order
