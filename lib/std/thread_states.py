"""States and stacks of threads: made when there are none to use again, which then wait for the next thread.

A stack is promised memory, of which the kernel makes each page when it is first touched; the lowest page is one that nobody
may touch. Those of threads that have ended are kept, KEPT of them, with what of them was touched.

Invariant: a state in the list has no thread, or one that does nothing any more but leave its stack, and says so by `has_left`.
"""

from __future__ import annotations

from typing import Final

from core.world import heap
from core.world.heap import Pool
from core.world.thread_state import ThreadState
from lang import Ptr, address_of, no_raise, sizeof, u64
from lib.python import thread_system
from lib.std import thread_pointer

STACK: Final[u64] = 256 << 10  # bytes
GUARD: Final[u64] = 4096
FOR_RECURSION: Final[u64] = STACK - (32 << 10)
KEPT: Final[u64] = 16

free: Ptr[ThreadState] | None = None  # guarded by the heap's pool
kept: u64 = 0  # of those, the ones that have a stack


def take() -> Ptr[ThreadState]:
    """Return the state of a new thread, with a stack.

    Raises:
        MemoryError: there is no memory for them.
    """
    state = take_free()
    if state is None:
        memory = heap.take(sizeof(ThreadState))
        if memory is None:
            raise MemoryError
        state = memory.cast(ThreadState)
        thread_pointer.fill(state)
    if state.stack == 0:
        try:
            state.stack = thread_system.make_stack(STACK, GUARD)
        except Exception:  # noqa: BLE001 - whatever the system says, there is none
            give(state)
            raise MemoryError from None
    state.has_left.store(0)
    return state


@no_raise
def take_free() -> Ptr[ThreadState] | None:
    """Take the first state out of the list whose thread has left."""
    global free, kept
    with Pool():
        before: Ptr[ThreadState] | None = None
        state = free
        while state is not None and state.has_left.load() == 0:
            before = state
            state = state.next
        if state is None:
            return None
        if before is None:
            free = state.next
        else:
            before.next = state.next
        if state.stack != 0:
            kept -= 1
        return state


@no_raise
def give(state: Ptr[ThreadState]) -> None:
    """Take back the state of a thread that never began."""
    state.has_left.store(1)
    put_back(state)


@no_raise
def leave() -> None:
    """End the running thread, which has nothing left to do."""
    state = thread_pointer.state()
    state.trace_length = 0
    put_back(state)
    thread_system.end(address_of(state.has_left))


@no_raise
def put_back(state: Ptr[ThreadState]) -> None:
    """Put a state into the list; if too many stacks are there, another one's goes."""
    global free, kept
    with Pool():
        if kept == KEPT:
            free_one_stack()
        if state.stack != 0:
            kept += 1
        state.next = free
        free = state


@no_raise
def free_one_stack() -> None:
    """Give back the stack of a state in the list whose thread has left; with the pool."""
    global kept
    state = free
    while state is not None:
        if state.stack != 0 and state.has_left.load() != 0:
            thread_system.free_stack(state.stack, STACK)
            state.stack = 0
            kept -= 1
            return
        state = state.next
