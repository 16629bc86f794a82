"""Object caches: memory for objects of one size, each processor with some at hand.

A cache cuts slabs, a few pages in a row, into objects of its size. In front of the slabs every processor
has a magazine of free objects, the last freed on top, which is filled and emptied by BATCH objects at a
time. So most allocations take no lock and touch memory that is in this processor's own cache, and each
costs constant time.

    slab        header, then objects; the free ones linked through their first words
    partial     the slabs of a cache that have free objects, at most one of them with nothing else
    Frame.next  of every page of a slab: the number of its cache; Frame.previous: the slab's first page

so that any object's address leads to its slab, and to its cache, without a search.

Invariants: an object is used, in one magazine, or in its slab's list. A slab on no list has no free object.
Lock order: ObjectCache.lock before buddies.lock. Context: callable with interrupts off, but not from NMI.
Source: Bonwick, "The Slab Allocator", USENIX 1994; Bonwick and Adams, "Magazines and Vmem", USENIX 2001.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu.interrupts import interrupts_disabled
from kernel.mem import frames, refusal
from kernel.mem.frame_database import frame_of, number_of
from kernel.mem.layout import PAGE_SHIFT, PAGE_SIZE, PHYSICAL_MAP, bytes_at, to_virtual
from kernel.sync.spin_lock import SpinLock
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
    sizeof,
    struct,
    truncate,
    u8,
    u32,
    u64,
    usize,
)

CACHES: Final = 192
LARGEST: Final[u64] = 8192  # bytes of an object
GRAIN: Final[u64] = 16  # sizes are multiples of this, and objects begin at one
MAGAZINE: Final = 15
BATCH: Final = 8
LEAST_PER_SLAB: Final[u64] = 3
NO_CACHE: Final[u32] = 0  # numbers of caches start at 1


@struct
class Slab:
    """What stands at the beginning of a slab."""

    next: Ptr[Slab] | None
    previous: Ptr[Slab] | None
    free: Ptr[FreeObject] | None
    free_count: u64
    unused: Array[u64, 4]


@struct
class FreeObject:
    next: Ptr[FreeObject] | None


@struct(pinned=True)
class ObjectCache:
    # Set when the cache is made, then constant, but for what is given up.
    name: Ptr[u8] | None  # ended by a 0
    is_free: bool  # for whoever needs one of its size; guarded by making
    size: u64  # of an object, in bytes
    pages: u64  # of a slab
    per_slab: u64

    # Guarded by lock.
    lock: SpinLock
    partial: Ptr[Slab] | None
    has_empty: bool  # one of the partial slabs has nothing but free objects
    slabs: u64
    out: u64  # objects that are not in their slab's list


@struct
class Magazine:
    count: usize
    objects: Array[Ptr[FreeObject] | None, MAGAZINE]


@struct
class Magazines:
    of: Array[Magazine, CACHES]


caches: Array[ObjectCache, CACHES]
count: u32 = 0  # of caches; guarded by making
making: SpinLock
magazines: PerCpu[Magazines]

assert sizeof(Slab) == 64


# Making caches ------------------------------------------------------------------------------------


@irq_safe
def make(name: Ptr[u8] | None, size: u64) -> u32:
    """Make a cache for objects of a size, and return its number.

    size: in bytes, LARGEST at most.

    Raises:
        MemoryError: there are CACHES already.
    """
    global count
    assert size <= LARGEST, "too large an object for a cache"
    wanted = max((size + GRAIN - 1) & ~(GRAIN - 1), GRAIN)
    with making:
        for index in range(count):
            if caches[index].is_free and caches[index].size == wanted:
                caches[index].is_free = False
                caches[index].name = name
                return index + 1
        if count == CACHES:
            raise MemoryError
        cache = caches[count]
        cache.name = name
        cache.size = wanted
        cache.pages = _pages_for(cache.size)
        cache.per_slab = (cache.pages * PAGE_SIZE - sizeof(Slab)) // cache.size
        count += 1
        return count


@irq_safe
@no_raise
def _pages_for(size: u64) -> u64:
    """Return the least power of two of pages that hold enough objects of a size."""
    pages: u64 = 1
    while (pages * PAGE_SIZE - sizeof(Slab)) // size < LEAST_PER_SLAB:
        pages *= 2
    return pages


# Objects ------------------------------------------------------------------------------------------


@irq_safe
def allocate(number: u32) -> Ptr[u8]:
    """Return memory for an object of a cache, with whatever it held last.

    Raises:
        MemoryError: there is none.
    """
    if refusal.is_due():
        raise MemoryError
    with interrupts_disabled():
        magazine = magazines.here().of[number - 1]
        if magazine.count == 0:
            _refill(caches[number - 1], number, magazine)
        magazine.count -= 1
        object = magazine.objects[magazine.count]
        assert object is not None, "a magazine holds what it counts"
        return object.cast(u8)


@irq_safe
@no_raise
def free(object: Ptr[u8]) -> None:
    """Take back the memory of an object."""
    number = number_of_cache(object)
    assert number != NO_CACHE, "an address that is no object's"
    with interrupts_disabled():
        magazine = magazines.here().of[number - 1]
        if magazine.count == MAGAZINE:
            _drain(caches[number - 1], magazine, BATCH)
        magazine.objects[magazine.count] = object.cast(FreeObject)
        magazine.count += 1


@irq_safe
@no_raise
def number_of_cache(object: Ptr[u8]) -> u32:
    """Return the number of the cache that an object is of; NO_CACHE for whole pages."""
    return frame_of(number_of(object.address - PHYSICAL_MAP)).next


@irq_safe
@no_raise
def drain() -> None:
    """Give what this processor has at hand back to the slabs, so that whole ones can be freed."""
    with interrupts_disabled():
        for index in range(count):
            magazine = magazines.here().of[index]
            _drain(caches[index], magazine, magazine.count)


@irq_safe
@no_raise
def live(number: u32) -> u64:
    """Return how many objects of a cache are used; those in other processors' magazines count, too."""
    with interrupts_disabled():
        cache = caches[number - 1]
        with cache.lock:
            return cache.out - magazines.here().of[number - 1].count


@struct
class Use:
    """What a cache is for, and how much of it is used."""

    name: Slice[u8]  # of the class; empty: memory of a size
    size: u64  # of an object, in bytes
    live: u64  # objects
    pages: u64


@no_raise
def use_of(number: u32) -> Use:
    cache = caches[number - 1]
    name = cache.name
    text: Slice[u8] = b""
    if name is not None:
        text = Slice[u8](name, length_of(name))
    return Use(text, cache.size, live(number), cache.slabs * cache.pages)


@no_raise
def length_of(text: Ptr[u8]) -> u64:
    """Return how long a text is that a 0 ends."""
    length: u64 = 0
    while text[length] != 0:
        length += 1
    return length


@irq_safe
@no_raise
def give_up(number: u32) -> None:
    """Let a cache of which no object is used be that of another class with objects of the same size."""
    with making:
        caches[number - 1].name = None
        caches[number - 1].is_free = True


# Slabs --------------------------------------------------------------------------------------------


@cold
@noinline
@irq_safe
def _refill(cache: ObjectCache, number: u32, magazine: Magazine) -> None:
    """Fill an empty magazine with BATCH objects, or as many as there are, at least one."""
    with cache.lock:
        while magazine.count < BATCH:
            slab = cache.partial
            if slab is None:
                if magazine.count > 0:
                    break
                slab = _make_slab(cache, number)
            _take(cache, slab, magazine)


@holds("cache.lock")
def _take(cache: ObjectCache, slab: Ptr[Slab], magazine: Magazine) -> None:
    """Move free objects from a slab to a magazine."""
    if slab.free_count == cache.per_slab:
        cache.has_empty = False
    while magazine.count < BATCH:
        object = slab.free
        if object is None:
            break
        slab.free = object.next
        slab.free_count -= 1
        magazine.objects[magazine.count] = object
        magazine.count += 1
        cache.out += 1
    if slab.free_count == 0:
        _unlink(cache, slab)


@holds("cache.lock")
def _make_slab(cache: ObjectCache, number: u32) -> Ptr[Slab]:
    """Return a new slab, all of whose objects are free, in the cache's list."""
    start = frames.allocate_contiguous(cache.pages)
    first = number_of(start)
    for page in range(truncate(u32, cache.pages)):
        frame_of(first + page).next = number
        frame_of(first + page).previous = first
    slab = bytes_at(start).cast(Slab)
    slab.free = None
    slab.free_count = cache.per_slab
    at = to_virtual(start) + sizeof(Slab) + cache.per_slab * cache.size
    for _ in range(cache.per_slab):
        at -= cache.size
        object = Ptr[FreeObject](at)
        object.next = slab.free
        slab.free = object
    _link(cache, slab)
    cache.slabs += 1
    cache.has_empty = True
    return slab


@cold
@noinline
@irq_safe
@no_raise
def _drain(cache: ObjectCache, magazine: Magazine, objects: usize) -> None:
    """Move objects from a magazine back to their slabs."""
    with cache.lock:
        for _ in range(objects):
            magazine.count -= 1
            object = magazine.objects[magazine.count]
            assert object is not None, "a magazine holds what it counts"
            _put(cache, object)


@holds("cache.lock")
def _put(cache: ObjectCache, object: Ptr[FreeObject]) -> None:
    """Put an object into its slab's list; free the slab if it is the second with nothing else in it."""
    first = frame_of(number_of(object.address - PHYSICAL_MAP)).previous
    slab = bytes_at(u64(first) << PAGE_SHIFT).cast(Slab)
    object.next = slab.free
    slab.free = object
    slab.free_count += 1
    cache.out -= 1
    if slab.free_count == 1:
        _link(cache, slab)
    if slab.free_count < cache.per_slab:
        return
    if not cache.has_empty:
        cache.has_empty = True
        return
    _unlink(cache, slab)
    cache.slabs -= 1
    frames.free_contiguous(u64(first) << PAGE_SHIFT, cache.pages)


def _link(cache: ObjectCache, slab: Ptr[Slab]) -> None:
    following = cache.partial
    slab.previous = None
    slab.next = following
    if following is not None:
        following.previous = slab
    cache.partial = slab


def _unlink(cache: ObjectCache, slab: Ptr[Slab]) -> None:
    before, after = slab.previous, slab.next
    if before is None:
        cache.partial = after
    else:
        before.next = after
    if after is not None:
        after.previous = before
