"""In place of the processors: threads of the host, each of which says which one it is.

A thread's number lies where its thread pointer leads, in a table by that address.
"""

from __future__ import annotations

from typing import Final

from lang import Array, Atomic, asm, holds, irq_safe, no_raise, struct, u16, u64

LIMIT: Final = 256


@struct(pinned=True)
class Place:
    thread: Atomic[u64]
    number: u16


places: Array[Place, LIMIT]


@irq_safe
@no_raise
@holds("preemption")
def number() -> u16:
    me = thread_pointer()
    for place in places:
        if place.thread.load() == me:
            return place.number
    return 0


def become(number: u16) -> None:
    """Make the calling thread the processor of this number."""
    places[number].number = number
    places[number].thread.store(thread_pointer())


@irq_safe
@no_raise
def thread_pointer() -> u64:
    return asm("movq %fs:0, $0", inputs=[], outputs=[("=r", u64)], clobbers=[])
