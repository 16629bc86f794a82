"""Burial: what is left of threads that have ended, until somebody frees it.

A thread cannot free the stack that it runs on; nor can who runs next, with interrupts off. So the dead are put on a
list, and a thread of the kernel takes them from there (kernel_thread.py).
"""

from __future__ import annotations

from kernel.sched.thread import Thread
from lang import Atomic, Order, Ptr, irq_safe, no_raise

dead: Atomic[Ptr[Thread] | None]
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
