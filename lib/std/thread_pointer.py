"""The thread that runs (core/world/current.py), in a program that may have several: FS leads to its state.

Source: System V ABI, AMD64 Supplement, section 3.4.2: the word at the thread pointer is the pointer itself.
"""

from __future__ import annotations

from typing import Final

from core.world.thread_state import ThreadState
from lang import Ptr, address_of, asm, inline, no_raise, u64
from lib.std.system_call import try_call

SET_THREAD_POINTER: Final[u64] = 39

first: ThreadState


@inline
@no_raise
def state() -> Ptr[ThreadState]:
    """Return what the running thread has of its own."""
    return Ptr[ThreadState](asm("movq %fs:0, $0", inputs=[], outputs=[("=r", u64)], clobbers=[]))


@no_raise
def begin() -> None:
    """Before anything else of a program: let the first thread have its state."""
    fill(address_of(first))
    try_call(SET_THREAD_POINTER, address_of(first).address, 0, 0, 0, 0, 0)


@no_raise
def fill(state: Ptr[ThreadState]) -> None:
    """Make zeros the state of a thread."""
    state.self = state
    state.heap = address_of(state.usual_heap)
