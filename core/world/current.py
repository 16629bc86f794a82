"""The thread that runs: here the only one. Where programs have several, lib/std/thread_pointer.py is in this place."""

from __future__ import annotations

from core.world.thread_state import ThreadState
from lang import Ptr, address_of, inline, no_raise

only: ThreadState


@inline
@no_raise
def state() -> Ptr[ThreadState]:
    """Return what the running thread has of its own."""
    return address_of(only)


@no_raise
def begin() -> None:
    """Before anything else of a program: let the first thread have its state."""
    only.heap = address_of(only.usual_heap)
