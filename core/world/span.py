"""What the heap of a program is made of (heap.py)."""

from __future__ import annotations

from typing import Final

from lang import Array, Atomic, Ptr, sizeof, struct, u16, u32, u64

SIZES: Final = 32


@struct
class FreeBlock:
    next: Ptr[FreeBlock] | None


@struct
class Span:
    """What stands at the beginning of a span; 64 bytes."""

    heap: Ptr[Heap]
    free: Ptr[FreeBlock] | None  # blocks that came back
    unused: u64  # the address of the first block that nobody ever had
    end: u64  # of the last block
    next: Ptr[Span] | None
    previous: Ptr[Span] | None
    out: u32  # blocks that the program has
    index: u16  # of the size
    is_listed: bool  # in its size's list
    reserved: u64


@struct(pinned=True)
class Heap:
    """Spans from which one thread takes."""

    spans: Array[Ptr[Span] | None, SIZES]  # of each size, those that have blocks to give
    returned: Atomic[Ptr[FreeBlock] | None]  # by other threads


assert sizeof(Span) == 64
