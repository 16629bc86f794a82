"""The heap: memory of any size, by caches for a few sizes, and by whole pages above.

The sizes leave at most a third of an object unused. What an address belongs to is known from the frame
of its page, so freeing takes nothing but the address.

Locks, context: as object_cache.py.
"""

from __future__ import annotations

from typing import Final

from kernel.mem import frames, object_cache
from kernel.mem.frame_database import frame_of, number_of
from kernel.mem.layout import PAGE_SIZE, PHYSICAL_MAP, bytes_at
from kernel.mem.object_cache import LARGEST, NO_CACHE
from lang import Array, Ptr, irq_safe, leading_zeros, no_raise, truncate, u8, u32, u64

SIZES: Final = Array[u64, 18](
    16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192
)

_first: u32 = 0  # the number of the first size's cache; the others follow


def begin() -> None:
    """Make the caches, before any other."""
    global _first
    for size in SIZES:
        number = object_cache.make(None, size)
        if _first == 0:
            _first = number


@irq_safe
def allocate(size: u64) -> Ptr[u8]:
    """Return memory, aligned to 16 bytes, with whatever it held last.

    size: in bytes, at least 1.

    Raises:
        MemoryError: there is none.
    """
    if size <= LARGEST:
        return object_cache.allocate(cache_for(size))
    count = (size - 1) // PAGE_SIZE + 1
    start = frames.allocate_contiguous(count)
    frame = frame_of(number_of(start))
    frame.next = NO_CACHE
    frame.previous = truncate(u32, count)
    return bytes_at(start)


@irq_safe
@no_raise
def free(memory: Ptr[u8]) -> None:
    """Take back what `allocate` gave."""
    if object_cache.number_of_cache(memory) != NO_CACHE:
        object_cache.free(memory)
        return
    start = memory.address - PHYSICAL_MAP
    count = frame_of(number_of(start)).previous
    assert start & (PAGE_SIZE - 1) == 0 and count > 0, "memory that nobody has"
    frames.free_contiguous(start, count)


@irq_safe
@no_raise
def cache_for(size: u64) -> u32:
    """Return the number of the cache for a size, from 1 to LARGEST: the least that is large enough."""
    return _first + index_for(size)


@irq_safe
@no_raise
def index_for(size: u64) -> u32:
    """Return which of SIZES is the least that is large enough.

    From 64 on there are two to each doubling: 2**n + 2**(n - 1) and 2**(n + 1).
    """
    if size <= 64:
        return truncate(u32, (max(size, u64(1)) - 1) >> 4)
    order = u32(63 - leading_zeros(size - 1))  # 2**order < size <= 2**(order + 1)
    is_upper = size > u64(3) << (order - 1)
    return 4 + 2 * (order - 6) + u32(is_upper)
