"""The heap of a program: memory for its objects, and for what its containers hold.

Whoever gives memory back says how large it is, so blocks have no header.

    block     what the program gets; small ones, up to LARGEST, are of one of 32 sizes, four to a doubling,
              so that at most a fifth of one is unused (of the shortest, 15 bytes); between those from APART on
              lies a GRAIN
    span      64 KiB at a multiple of 64 KiB: a header, and blocks of one size; a block's address leads to it
    region    1 MiB, which the system maps at once and which is cut into spans
    large     a block above LARGEST: pages of its own, up to LARGEST_KEPT also of a few sizes

Taking and giving a small block is pushing and popping at its span, a few instructions. A span from which all
blocks are back can become one of any size. Of spans without blocks, and of large blocks that came back, the
heap keeps some for the next who asks, since mapping costs a call and a page fault for every page; more, and
all when the system has no memory left, go back to the system.

Each thread has a heap of its own: spans from which only it takes. A block that another thread gives goes on the list
`returned` of the heap from which it came, by one atomic exchange, and that heap's thread puts it back where it belongs when
it finds a span without blocks. What all threads share is the pool: spans and large blocks that nobody has. It has a lock,
which small blocks do not need. A heap of a thread that has ended waits for the next thread (lib/std/threads.py).

A note may come in the middle of all this, and its handler takes memory from a heap that is for that alone. If the thread
holds the pool, the handler waits until it lets go.

Invariants:
    A span is in its size's list exactly when it has a block to give, free or never used.
    At most one span of a size has only free blocks, beside those in `empty_spans`.
    kept_bytes is the sum of the large blocks in `kept`, at most KEEP_LARGE.

Context: any thread; `_` functions from `Pool` on with the pool.
Source: Leijen, Zorn and de Moura, "Mimalloc: Free List Sharding in Action", MSR-TR-2019-18, 2019.
"""

from __future__ import annotations

from typing import Final

from core.world import current, system
from core.world.lock import WordLock
from core.world.span import SIZES, FreeBlock, Heap, Span
from lang import (
    Array,
    CFunction,
    Order,
    Ptr,
    Slice,
    cold,
    comptime,
    inline,
    no_raise,
    noinline,
    sizeof,
    struct,
    truncate,
    u8,
    u16,
    u64,
)

PAGE: Final[u64] = 4096
GRAIN: Final[u64] = 16  # small sizes are multiples of this, and so are addresses
SHORT: Final[u64] = 4 * GRAIN
LARGEST: Final[u64] = 8192
APART: Final[u64] = 512
SPAN: Final[u64] = 64 << 10
REGION: Final[u64] = 1 << 20
KEEP_SPANS: Final[u64] = 64  # spans without blocks

LARGEST_KEPT: Final[u64] = 1 << 20
LARGE_SIZES: Final = 28
KEEP_LARGE: Final[u64] = 4 << 20  # bytes


@struct
class KeptBlock:
    """What stands in a large block that came back."""

    next: Ptr[KeptBlock] | None


@comptime
def _sizes() -> Array[u64, 32]:
    """Return sizes in units: up to eight each number, then four to a doubling."""
    sizes = Array[u64, 32]()
    for index in range(SIZES):
        if index < 8:
            sizes[index] = u64(index + 1)
        else:
            sizes[index] = u64((5 + index % 4) << ((index - 8) // 4 + 1))
    return sizes


@comptime
def _indices() -> Array[u8, 513]:
    """Return for each number of units, 512 at most, which is the least size that is enough."""
    indices = Array[u8, 513]()
    sizes = _sizes()
    index = 0
    for units in range(513):
        while sizes[index] < units:
            index += 1
        indices[units] = u8(index)
    return indices


UNITS: Final = _sizes()  # of each size: GRAIN for small blocks, PAGE for large ones
INDICES: Final = _indices()

pool_lock: WordLock
after_pool: CFunction[[], None] | None = (
    None  # what handles a note that came while a thread had the pool
)

# Guarded by pool_lock.
empty_spans: Ptr[Span] | None = None
empty_count: u64 = 0
region_next: u64 = 0  # the part of the newest region that was never a span
region_end: u64 = 0

kept: Array[Ptr[KeptBlock] | None, LARGE_SIZES]  # of each size, large blocks that came back
kept_bytes: u64 = 0


@no_raise
def take(size: u64) -> Ptr[u8] | None:
    """Return zeroed memory, aligned to 16, that the caller gives back with `give`; None if there is none."""
    if size > LARGEST:
        return _take_large(size)
    heap = current.state().heap
    assert heap is not None
    index = u64(INDICES[(size + GRAIN - 1) // GRAIN])
    span = heap.spans[index]
    if span is not None:
        block = span.free
        if block is not None:
            span.free = block.next
            span.out += 1
            return _cleared(block.cast(u8), size)
    return _take_unused(heap, index, size)


@no_raise
def give(block: Ptr[u8], size: u64) -> None:
    """Take back what `take` gave for this size, to whichever thread."""
    if size > LARGEST:
        _give_large(block, size)
        return
    span = Ptr[Span](block.address & ~(SPAN - 1))
    if span.heap == current.state().heap:
        _give_own(span, block.cast(FreeBlock))
    else:
        _give_other(span.heap, block.cast(FreeBlock))


@inline
@no_raise
def _give_own(span: Ptr[Span], block: Ptr[FreeBlock]) -> None:
    block.next = span.free
    span.free = block
    span.out -= 1
    if span.out == 0 or not span.is_listed:
        _note_given(span)


@noinline
@no_raise
def _give_other(heap: Ptr[Heap], block: Ptr[FreeBlock]) -> None:
    """Put a block on the list of those that come back to a heap from other threads."""
    first = heap.returned.load(Order.RELAXED)
    while True:
        block.next = first
        seen = heap.returned.compare_exchange(first, block, Order.RELEASE)
        if seen == first:
            return
        first = seen


@no_raise
def _take_back(heap: Ptr[Heap]) -> bool:
    """Put back where they belong what blocks came from other threads; return whether there were any."""
    block = heap.returned.swap(None, Order.ACQUIRE)
    if block is None:
        return False
    while block is not None:
        following = block.next
        _give_own(Ptr[Span](block.address & ~(SPAN - 1)), block)
        block = following
    return True


@no_raise
def _cleared(block: Ptr[u8], size: u64) -> Ptr[u8]:
    """Fill a block of at least GRAIN bytes with zeros.

    Most are short, and end where a GRAIN does: a few stores take less time than a call of memset.
    """
    if size > SHORT:
        Slice[u64](block.cast(u64), (size + 7) // 8).fill(0)
        return block
    words = block.cast(u64)
    words[0], words[1] = u64(0), u64(0)
    if size > GRAIN:
        words[2], words[3] = u64(0), u64(0)
    if size > 2 * GRAIN:
        words[4], words[5] = u64(0), u64(0)
    if size > 3 * GRAIN:
        words[6], words[7] = u64(0), u64(0)
    return block


# Spans ----------------------------------------------------------------------------------------


@noinline
@no_raise
def _take_unused(heap: Ptr[Heap], index: u64, size: u64) -> Ptr[u8] | None:
    """Take a block when the first span of its size has none that came back."""
    while True:
        span = heap.spans[index]
        if span is None:
            if _take_back(heap):
                continue
            span = _new_span(heap, index)
            if span is None:
                return None
        block = span.free
        if block is not None:
            span.free = block.next
            span.out += 1
            return _cleared(block.cast(u8), size)
        if span.unused < span.end:
            address = span.unused
            span.unused += _distance(index)
            span.out += 1
            return _cleared(Ptr[u8](address), size)
        _unlist(span)


@noinline
@no_raise
def _note_given(span: Ptr[Span]) -> None:
    """List a span that has a free block again; give it up if it has no other and is not the only one."""
    if not span.is_listed:
        _list(span)
    if span.out > 0 or (span.next is None and span.previous is None):
        return
    _unlist(span)
    with Pool():
        if empty_count < KEEP_SPANS:
            _keep_span(span)
            return
    system.unmap_memory(span.address, SPAN)


@cold
@noinline
@no_raise
def _new_span(heap: Ptr[Heap], index: u64) -> Ptr[Span] | None:
    """Return a span for blocks of a size, listed; None if there is no memory."""
    with Pool():
        span = _empty_span()
    if span is None:
        return None
    span.heap = heap
    distance = _distance(index)
    span.free = None
    span.unused = span.address + sizeof(Span)
    span.end = span.unused + (SPAN - sizeof(Span)) // distance * distance
    span.out = 0
    span.index = truncate(u16, index)
    _list(span)
    return span


@inline
@no_raise
def _distance(index: u64) -> u64:
    """Return how far blocks of a size lie apart.

    Not a power of two where they are large: what stands at the same place of each, as a column of a matrix does, would
    share a few lines of the processor's cache.
    """
    size = UNITS[index] * GRAIN
    return size if size < APART else size + GRAIN


@no_raise
def _empty_span() -> Ptr[Span] | None:
    """Return 64 KiB of memory, in which anything may be."""
    global empty_spans, empty_count, region_next
    span = empty_spans
    if span is not None:
        empty_spans = span.next
        empty_count -= 1
        return span
    if region_next == region_end and not _map_region():
        return None
    region_next += SPAN
    return Ptr[Span](region_next - SPAN)


@no_raise
def _map_region() -> bool:
    """Map the next region: more than it, of which the ends go back, so that it begins where a span may."""
    global region_next, region_end
    mapped = _map(REGION + SPAN - PAGE)
    if mapped == 0:
        return False
    start = (mapped + SPAN - 1) & ~(SPAN - 1)
    if start > mapped:
        system.unmap_memory(mapped, start - mapped)
    rest = mapped + SPAN - PAGE - start
    if rest > 0:
        system.unmap_memory(start + REGION, rest)
    region_next = start
    region_end = start + REGION
    return True


@no_raise
def _keep_span(span: Ptr[Span]) -> None:
    global empty_spans, empty_count
    span.next = empty_spans
    empty_spans = span
    empty_count += 1


@no_raise
def _list(span: Ptr[Span]) -> None:
    heap = span.heap
    following = heap.spans[span.index]
    span.previous = None
    span.next = following
    if following is not None:
        following.previous = span
    heap.spans[span.index] = span
    span.is_listed = True


@no_raise
def _unlist(span: Ptr[Span]) -> None:
    before, after = span.previous, span.next
    if before is None:
        span.heap.spans[span.index] = after
    else:
        before.next = after
    if after is not None:
        after.previous = before
    span.is_listed = False


# Large blocks ---------------------------------------------------------------------------------


@noinline
@no_raise
def _take_large(size: u64) -> Ptr[u8] | None:
    if size > LARGEST_KEPT:
        return _mapped(size)
    index = _large_index(size)
    block = _take_kept(index)
    if block is None:
        return _mapped(UNITS[index] * PAGE)
    return _cleared(block.cast(u8), size)


@no_raise
def _take_kept(index: u64) -> Ptr[KeptBlock] | None:
    """Take a block of a size that was kept."""
    global kept_bytes
    with Pool():
        block = kept[index]
        if block is not None:
            kept[index] = block.next
            kept_bytes -= UNITS[index] * PAGE
        return block


@noinline
@no_raise
def _give_large(block: Ptr[u8], size: u64) -> None:
    if size > LARGEST_KEPT:
        system.unmap_memory(block.address, size)
        return
    index = _large_index(size)
    if not _keep(block.cast(KeptBlock), index):
        system.unmap_memory(block.address, UNITS[index] * PAGE)


@no_raise
def _keep(block: Ptr[KeptBlock], index: u64) -> bool:
    """Keep a large block for later, if there is not too much of that."""
    global kept_bytes
    whole = UNITS[index] * PAGE
    with Pool():
        if kept_bytes + whole > KEEP_LARGE:
            return False
        block.next = kept[index]
        kept[index] = block
        kept_bytes += whole
        return True


@no_raise
def _large_index(size: u64) -> u64:
    return u64(INDICES[(size + PAGE - 1) // PAGE])


@no_raise
def _mapped(size: u64) -> Ptr[u8] | None:
    """Return new memory; None if there is none."""
    with Pool():
        address = _map(size)
    return None if address == 0 else Ptr[u8](address)


@no_raise
def _map(size: u64) -> u64:
    """Return the address of new memory; 0 if the system has none even after it got back what is kept."""
    address = system.map_memory(size)
    if address == 0 and (kept_bytes > 0 or empty_count > 0):
        _give_back_kept()
        address = system.map_memory(size)
    return address


@no_raise
def give_back_kept() -> None:
    """Return to the system what is only kept for later."""
    with Pool():
        _give_back_kept()


@cold
@noinline
@no_raise
def _give_back_kept() -> None:
    global empty_spans, empty_count, kept_bytes
    for index in range(LARGE_SIZES):
        block = kept[index]
        while block is not None:
            following = block.next
            system.unmap_memory(block.address, UNITS[index] * PAGE)
            block = following
        kept[index] = None
    kept_bytes = 0
    span = empty_spans
    while span is not None:
        next_span = span.next
        system.unmap_memory(span.address, SPAN)
        span = next_span
    empty_spans = None
    empty_count = 0


@struct
class Pool:
    """A block that has the pool for its thread; a note that comes meanwhile is handled at its end."""

    @no_raise
    def __enter__(self) -> None:
        current.state().is_in_pool = True
        pool_lock.__enter__()

    @no_raise
    def __exit__(self, *error: object) -> None:
        pool_lock.__exit__()
        state = current.state()
        state.is_in_pool = False
        handle = after_pool
        if state.waiting_note_length > 0 and handle is not None:
            handle()
