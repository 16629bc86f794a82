"""Trace: what a run queue is told to do, and decides, for whoever wants to see it.

Nobody does, here, and the compiler leaves nothing of the calls. The kernel of which pictures are made has a module in the
place of this one that writes it down (tools/pictures/recorder.py).

Context: called with the queue's lock held, while the queue is charged.
"""

from __future__ import annotations

from kernel.sched.eevdf import RunQueue
from kernel.sched.thread import Thread
from lang import Ptr, inline, irq_safe, no_raise


@inline
@irq_safe
@no_raise
def has_joined(queue: RunQueue, thread: Ptr[Thread]) -> None:
    """A thread has joined."""


@inline
@irq_safe
@no_raise
def leaves(queue: RunQueue, thread: Ptr[Thread]) -> None:
    """A thread is about to leave."""


@inline
@irq_safe
@no_raise
def stops(queue: RunQueue, thread: Ptr[Thread]) -> None:
    """A thread has run until now, and may be picked again."""


@inline
@irq_safe
@no_raise
def runs(queue: RunQueue, thread: Ptr[Thread]) -> None:
    """A thread is picked; the idle thread, if the queue is empty."""
