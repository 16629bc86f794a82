"""Target code for native tests: the frame allocator as it is before it has any memory, or little of it."""

from __future__ import annotations

from kernel.mem import buddies, frames
from kernel.mem.layout import PAGE_SIZE, bytes_at
from lang import holds, u64, usize


@holds("preemption")
def forget() -> None:
    """Forget all pages."""
    for zone in buddies.blocks:
        for order in range(usize(buddies.ORDERS)):
            zone.first[order] = 0
        zone.orders = 0
        zone.pages = 0
    frames.cache.here().count = 0
    frames.total_pages = 0


@holds("preemption")
def begin(first: u64, count: u64) -> None:
    """Start over with these pages of memory."""
    forget()
    frames.add(first * PAGE_SIZE, count)


def available() -> u64:
    """Return how many pages are free."""
    return frames.statistics().free


def take_all_but(count: u64) -> u64:
    """Take pages until `count` are free; return the last one, each leading to the one before."""
    last: u64 = 0
    while available() > count:
        page = frames.allocate()
        bytes_at(page).cast(u64)[0] = last
        last = page
    return last


def give_back(first: u64) -> None:
    """Free what `take_all_but` took."""
    page = first
    while page != 0:
        following = bytes_at(page).cast(u64)[0]
        frames.free(page)
        page = following
