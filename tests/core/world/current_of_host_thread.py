"""The thread that runs (core/world/current.py), for tests in which it is one of this process'."""

from __future__ import annotations

from core.world.thread_state import ThreadState
from lang import Array, Atomic, Ptr, address_of, asm, no_raise, u64

LIMIT = 8

owners: Array[
    Atomic[u64], LIMIT
]  # of each state, what tells its thread from the others; 0: nobody's
states: Array[ThreadState, LIMIT]


@no_raise
def state() -> Ptr[ThreadState]:
    """Return the state of this thread, which gets one the first time that it asks."""
    me = asm("movq %fs:0, $0", inputs=[], outputs=[("=r", u64)], clobbers=[])
    for index in range(LIMIT):
        owner = owners[index].load()
        if owner == 0:
            owner = owners[index].compare_exchange(0, me)
            if owner == 0:
                states[index].heap = address_of(states[index].usual_heap)
                return address_of(states[index])
        if owner == me:
            return address_of(states[index])
    assert False, "there are more threads than states"


@no_raise
def begin() -> None:
    """A state begins when its thread asks for it."""
