"""What is alive of a module: objects of its classes, each class having a cache with its name.

The name of a class lies in the memory of its module, so it tells which caches are a module's. A class of objects that are
larger than a cache has none, and is not counted; nor are those that share a cache of the heap's, when there are too many.
"""

from __future__ import annotations

from kernel.cpu import processor
from kernel.mem import object_cache
from kernel.mem.layout import VirtAddr
from kernel.mem.object_cache import Magazines
from lang import Ptr, no_raise, symbol_address, u16, u32, u64, wrapping_add


@no_raise
def objects_in(start: VirtAddr, size: u64) -> u64:
    """Return how many objects of the classes in some memory there are."""
    total: u64 = 0
    for index in range(object_cache.count):
        if is_named_in(index, start, size):
            total += used(index)
    return total


@no_raise
def used(index: u32) -> u64:
    """Return how many objects of a cache are used, exactly if nobody takes or frees one meanwhile."""
    cache = object_cache.caches[index]
    with cache.lock:
        at_hand: u64 = 0
        for number in range(processor.count()):
            at_hand += magazines_of(number).of[index].count
        return cache.out - min(at_hand, cache.out)


@no_raise
def magazines_of(number: u16) -> Ptr[Magazines]:
    """Return what a processor has at hand."""
    here = symbol_address("kernel.mem.object_cache.magazines")
    return Ptr[Magazines](wrapping_add(here, processor.base_of(number)))


@no_raise
def forget(start: VirtAddr, size: u64) -> None:
    """Let the caches of classes in some memory, which have no objects any more, be others'."""
    for index in range(object_cache.count):
        if is_named_in(index, start, size):
            object_cache.give_up(index + 1)


@no_raise
def is_named_in(index: u32, start: VirtAddr, size: u64) -> bool:
    name = object_cache.caches[index].name
    return name is not None and start <= name.address < start + size
