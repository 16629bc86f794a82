"""The thread that runs (core/world/current.py), in a program that may have several: FS leads to its state.

Source: System V ABI, AMD64 Supplement, section 3.4.2: the word at the thread pointer is the pointer itself.
"""

from __future__ import annotations

from core.world.thread_state import ThreadState
from lang import Ptr, address_of, asm, inline, no_raise, u64
from lib.python import thread_system

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
    thread_system.set_thread_pointer(address_of(first).address)


@no_raise
def fill(state: Ptr[ThreadState]) -> None:
    """Make zeros the state of a thread."""
    state.self = state
    state.heap = address_of(state.usual_heap)
