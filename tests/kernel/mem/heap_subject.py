"""Target code for the tests of the heap and of the objects of classes."""

from __future__ import annotations

from kernel.cpu import processor  # noqa: F401 - the lock's
from kernel.mem import buddies, frames, heap, object_cache
from kernel.mem.layout import to_virtual
from lang import Ptr, Slice, holds, u8, u32, u64, usize

PAGE = 4096


@holds("preemption")
def begin(first: u64, count: u64) -> None:
    """Start over with these pages of memory, and a heap with nothing in it."""
    for zone in buddies.blocks:
        for order in range(usize(buddies.ORDERS)):
            zone.first[order] = 0
        zone.orders = 0
        zone.pages = 0
    frames.cache.here().count = 0
    frames.total_pages = 0
    frames.add(first * PAGE, count)
    for index in range(usize(object_cache.CACHES)):
        cache = object_cache.caches[index]
        cache.partial = None
        cache.has_empty = False
        cache.slabs = 0
        cache.out = 0
        object_cache.magazines.here().of[index].count = 0
    object_cache.count = 0
    heap._first = 0
    heap.begin()


def allocate(size: u64) -> u64:
    """Return the address of memory, all of which is written."""
    memory = heap.allocate(size)
    Slice[u8](memory, size).fill(0xAB)
    return memory.address


def free(address: u64) -> None:
    heap.free(Ptr[u8](address))


def room_for(size: u64) -> u64:
    """Return how large the objects are from which one of a size comes."""
    return heap.SIZES[heap.index_for(size)]


def make_cache(size: u64) -> u32:
    return object_cache.make(None, size)


def allocate_from(number: u32) -> u64:
    return object_cache.allocate(number).address


def live(number: u32) -> u64:
    return object_cache.live(number)


def live_in_all() -> u64:
    total: u64 = 0
    for number in range(object_cache.count):
        total += object_cache.live(number + 1)
    return total


def slabs() -> u64:
    total: u64 = 0
    for number in range(object_cache.count):
        total += object_cache.caches[number].slabs
    return total


def drain() -> None:
    object_cache.drain()


def available() -> u64:
    return frames.statistics().free


def take_all_but(count: u64) -> u64:
    """Take pages until `count` are free; return the last one, each leading to the one before."""
    last: u64 = 0
    while frames.statistics().free > count:
        page = frames.allocate()
        words = Ptr[u64](page_address(page))
        words[0] = last
        last = page
    return last


def give_back(first: u64) -> None:
    page = first
    while page != 0:
        following = Ptr[u64](page_address(page))[0]
        frames.free(page)
        page = following


def page_address(page: u64) -> u64:

    return to_virtual(page)
