"""Frames: the pages of physical memory, to take and to give back.

In front of the buddies (buddies.py) each processor has a cache of single pages, so that most allocations
take no lock and touch no memory of another processor; it is filled and emptied by BATCH pages at a time,
so that the cost per page is constant.

Invariants: the frames of memory that is taken are USED each, so that pages of it can be shared, and
freed one by one. No cache holds a page below 1 MiB.
Locks: takes `buddies.lock`. Context: callable with interrupts off, but not from NMI.
Source: the caches: Bonwick and Adams, "Magazines and Vmem", USENIX 2001.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu.interrupts import interrupts_disabled
from kernel.mem import buddies, refusal
from kernel.mem.buddies import LOW_END, ORDERS, Zone
from kernel.mem.frame_database import Frame, FrameState, frame_of, number_of
from kernel.mem.layout import PAGE_SHIFT, PAGE_SIZE, PhysAddr, bytes_at
from lang import (
    Array,
    PerCpu,
    Ptr,
    Slice,
    cold,
    holds,
    irq_safe,
    no_raise,
    noinline,
    struct,
    truncate,
    u8,
    u32,
    u64,
    usize,
)

CACHE_CAPACITY: Final = 128
BATCH_ORDER: Final = 6
BATCH: Final = 1 << BATCH_ORDER


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


cache: PerCpu[Cache]
total_pages: u64 = 0  # guarded by buddies.lock


# Pages by ones ----------------------------------------------------------------------------------


@irq_safe
def allocate() -> PhysAddr:
    """Return a page with whatever it held last.

    Raises:
        MemoryError: there is none.
    """
    if refusal.is_due():
        raise MemoryError
    with interrupts_disabled():
        mine = cache.here()
        if mine.count == 0:
            _refill(mine)
        mine.count -= 1
        page = mine.pages[mine.count]
        _use(frame_of(page))
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
    with buddies.lock:
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
    if page < LOW_END:
        free_contiguous(address, 1)
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
    order = buddies.order_for(max(count, alignment))
    if count == 0 or order >= ORDERS or refusal.is_due():
        raise MemoryError
    with buddies.lock:
        page = buddies.take(order, highest)
        for each in range(u64(page), page + count):
            _use(frame_of(truncate(u32, each)))
        buddies.add(page + count, page + (u64(1) << order))
    return u64(page) << PAGE_SHIFT


@irq_safe
@no_raise
def free_contiguous(address: PhysAddr, count: u64) -> None:
    """Free pages that follow each other and that nobody else holds."""
    first = u64(number_of(address))
    with buddies.lock:
        for page in range(first, first + count):
            frame = frame_of(truncate(u32, page))
            assert frame.state == FrameState.USED, "a page that nobody has"
            assert frame.references == 1, "a page that somebody else has, too"
            frame.state = FrameState.UNTRACKED
        buddies.add(first, first + count)


@irq_safe
@no_raise
def add(address: PhysAddr, count: u64) -> None:
    """Bring pages under management, free. Their frames in the database are zero."""
    global total_pages
    first = max(u64(number_of(address)), u64(1))
    end = (address >> PAGE_SHIFT) + count
    if first >= end:
        return
    with buddies.lock:
        total_pages += end - first
        buddies.add(first, end)


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
    with buddies.lock:
        free = buddies.free_pages() + cache.here().count
        return Statistics(total_pages, free)


# Caches -----------------------------------------------------------------------------------------


@cold
@noinline
def _refill(mine: Ptr[Cache]) -> None:
    """Fill an empty cache with a batch of pages, or as many as there are, at least one."""
    with buddies.lock:
        try:
            _put_block(mine, buddies.take(BATCH_ORDER, Zone.HIGH), BATCH)
        except MemoryError:
            _put_singles(mine)


@holds("kernel.mem.buddies.lock")
def _put_singles(mine: Ptr[Cache]) -> None:
    """Fill a cache with single pages, since there is no block of a batch."""
    _put_block(mine, buddies.take(0, Zone.HIGH), 1)
    while mine.count < BATCH:
        try:
            _put_block(mine, buddies.take(0, Zone.HIGH), 1)
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
    with buddies.lock:
        for _ in range(min(usize(BATCH), mine.count)):
            mine.count -= 1
            page = u64(mine.pages[mine.count])
            frame_of(truncate(u32, page)).state = FrameState.UNTRACKED
            buddies.add(page, page + 1)


@cold
@noinline
@no_raise
def _release_shared(frame: Ptr[Frame]) -> bool:
    """Let one holder of a shared page go; return whether it was the last."""
    with buddies.lock:
        if frame.references > 1:
            frame.references -= 1
            return False
        return True


def _use(frame: Ptr[Frame]) -> None:
    frame.state = FrameState.USED
    frame.references = 1
