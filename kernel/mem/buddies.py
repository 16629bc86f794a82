"""Buddies: free memory in blocks of 2**order pages that start at a multiple of their size.

A block that is too large is halved, and a freed block is joined with its other half, its buddy, if that
is free, too; both take at most ORDERS steps, whatever the amount of memory. Each zone has a list of its
free blocks for each order, and a word that says which lists have any.

Memory lies in zones by what can reach it: below 1 MiB processors start, below 4 GiB old devices
reach. A block comes from the highest zone that has one, so that the scarce ones last, and from the
lowest only if asked for.

Invariants: two free buddies of one order do not both exist. No block lies in two zones: page 0 is
never free, so none of 256 pages or more begins below 1 MiB, and 4 GiB is a multiple of the largest.
Lock order: `lock` is innermost: nothing is acquired under it.
Context: with interrupts off, but not from NMI.
Source: Knowlton, "A Fast Storage Allocator", CACM 8(10), 1965.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from kernel.mem.frame_database import FrameState, frame_of
from kernel.sync.spin_lock import SpinLock
from lang import (
    Array,
    holds,
    inline,
    irq_safe,
    leading_zeros,
    no_raise,
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
NONE: Final[u32] = 0  # page 0 is never free, so its number ends a list


@over(u8)
class Zone(IntEnum):
    LOW = 0  # below 1 MiB: real mode
    DMA = 1  # below 4 GiB: 32 bits
    HIGH = 2


ZONES: Final = 3
LOW_END: Final[u32] = 1 << 8  # page numbers, as all that follows
ZONE_ENDS: Final = Array[u64, 3](LOW_END, 1 << 20, 1 << 32)


@struct
class FreeBlocks:
    """The free blocks of one zone."""

    first: Array[u32, ORDERS]
    orders: u32  # bit n: there is a block of order n
    pages: u64  # free in all


lock: SpinLock
blocks: Array[FreeBlocks, ZONES]  # guarded by lock


@holds("lock")
def take(order: u32, highest: Zone) -> u32:
    """Take a block of 2**order pages from the highest zone that has one, and return its first page.

    Raises:
        MemoryError: there is none.
    """
    lowest = Zone.LOW if highest == Zone.LOW else Zone.DMA
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
def add(first: u64, end: u64) -> None:
    """Add free pages, in the largest blocks that fit."""
    page = first
    while page < end:
        order = min(u64(trailing_zeros(page)), u64(ORDERS - 1))
        order = min(order, u64(63 - leading_zeros(end - page)))
        _join(truncate(u32, page), truncate(u32, order))
        page += u64(1) << order


@holds("lock")
def _join(first: u32, order_of_block: u32) -> None:
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


@irq_safe
@no_raise
def zone_of(page: u32) -> usize:
    """Return the number of the zone that a page lies in."""
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


@irq_safe
@no_raise
@holds("lock")
def free_pages() -> u64:
    """Return how many pages are free in all zones."""
    total: u64 = 0
    for zone in blocks:
        total += zone.pages
    return total


@inline
@irq_safe
@no_raise
def order_for(count: u64) -> u32:
    """Return the order of the smallest block that holds `count` pages."""
    return 0 if count <= 1 else u32(64 - leading_zeros(count - 1))
