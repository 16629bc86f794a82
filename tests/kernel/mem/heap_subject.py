"""Target code for the tests of the heap and of the objects of classes."""

from __future__ import annotations

from kernel.cpu import processor  # noqa: F401 - the lock's
from kernel.mem import heap, object_cache
from lang import Ptr, Slice, holds, u8, u32, u64, usize
from tests.kernel.mem import fresh_memory

PAGE = 4096


@holds("preemption")
def begin(first: u64, count: u64) -> None:
    """Start over with these pages of memory, and a heap with nothing in it."""
    fresh_memory.begin(first, count)
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
    return fresh_memory.available()


def take_all_but(count: u64) -> u64:
    return fresh_memory.take_all_but(count)


def give_back(first: u64) -> None:
    fresh_memory.give_back(first)
