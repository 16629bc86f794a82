"""What each thread of a program has of its own."""

from __future__ import annotations

from core.object import Dying
from core.trap import Location
from core.world.span import Heap
from lang import Array, Atomic, Ptr, struct, u8, u32, u64


@struct(pinned=True)
class ThreadState:
    """Found through `current.state()`. All zeros but for `heap` when a thread begins."""

    self: (
        Ptr[ThreadState] | None
    )  # FS leads here where there are several (lib/std/thread_pointer.py)
    heap: Ptr[Heap] | None  # from which it takes memory now: one of the next two
    usual_heap: Heap
    note_heap: Heap  # while it handles a note, which may come in the middle of anything

    is_in_pool: bool  # it holds the lock of what all heaps share
    waiting_note_length: u64  # of a note that came then; 0: none did
    waiting_note: Array[u8, 256]

    dying: Dying  # the objects that it is ending

    stack_end: u64  # the lowest address that recursion may reach; 0: no limit is known
    trace_length: u64  # places that an exception has passed
    trace_places: Array[Ptr[Location] | None, 32]

    # What lib/std/threads.py knows of it.
    thread: u64  # the address of its Thread; 0: it is the first one
    next: Ptr[ThreadState] | None  # in the list of those without a thread
    stack: u64  # the lowest address; 0: none of ours
    has_left: Atomic[u32]  # 1: its thread has left the stack
