"""Burial: what is left of threads that have ended, and objects that cannot end where their last reference went.

A thread cannot free the stack that it runs on; nor can who runs next, with interrupts off. Where a spin lock is held, or
preemption is off, an object cannot end whose end may sleep. Both are put aside here, and a thread of the kernel, the
undertaker, takes them from there (kernel_thread.py).

Objects lie in PLACES places, each empty or taken. When the place whose turn it is is taken, the object ends there and then.
"""

from __future__ import annotations

from typing import Final

from core.object import Header
from kernel.sched.thread import Thread
from lang import Array, Atomic, Order, Ptr, irq_safe, no_raise, u64

PLACES: Final = 256

dead: Atomic[Ptr[Thread] | None]
objects: Array[Atomic[Ptr[Header] | None], PLACES]
next_place: Atomic[u64]
object_count: Atomic[u64]
undertaker: Thread | None = None


@irq_safe
@no_raise
def add(thread: Ptr[Thread]) -> None:
    """Put a thread on the list, off whose stack its processor is."""
    first = dead.load(Order.RELAXED)
    while True:
        thread.next_dead = first
        seen = dead.compare_exchange(first, thread, Order.RELEASE)
        if seen == first:
            return
        first = seen


@irq_safe
@no_raise
def take_all() -> Ptr[Thread] | None:
    """Take the whole list, linked by `next_dead`."""
    return dead.swap(None, Order.ACQUIRE)


@irq_safe
@no_raise
def add_object(object: Ptr[Header]) -> bool:
    """Put an object aside that nobody refers to; return False if there is no room."""
    place = next_place.fetch_add(1, Order.RELAXED) % PLACES
    if objects[place].compare_exchange(None, object, Order.RELEASE) is not None:
        return False
    object_count.fetch_add(1)
    return True


@irq_safe
@no_raise
def take_object(place: u64) -> Ptr[Header] | None:
    """Take what is in a place."""
    taken = objects[place].swap(None, Order.ACQUIRE)
    if taken is not None:
        object_count.fetch_sub(1)
    return taken
