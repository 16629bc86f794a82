"""Threads: what the kernel knows of each."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Annotated

from kernel.mem.kernel_stack import KernelStack
from kernel.sched.eevdf import Entity
from kernel.time.timer_queue import Timer
from lang import Atomic, Ptr, no_raise, over, u16, u32, u64

Main = Annotated[Callable[[], None], no_raise]


@over(u32)
class ThreadState(IntEnum):
    RUNNABLE = 0  # runs, or waits for a processor
    SLEEPING = 1  # will leave its processor, or has
    DEAD = 2  # will not come back


@over(u32)
class WakeReason(IntEnum):
    WOKEN = 0
    TIMED_OUT = 1
    INTERRUPTED = 2  # by a note


class Thread:
    """One thread of execution."""

    # Set at creation, then constant.
    number: u64  # counted up from 0, never used again
    name: str
    stack: (
        KernelStack  # without memory for an idle thread, which runs on what its processor began on
    )
    main: Main | None  # what it does; None: it was running before there were threads

    # Atomic: SLEEPING is stored by the thread itself, everything else under the queue's lock.
    state: Atomic[u32]  # ThreadState

    # Guarded by the lock of the run queue of its processor.
    processor: Atomic[u16]  # the number of the one that it is queued at, or was last
    entity: Entity
    is_queued: bool
    reason: WakeReason  # why it was woken last

    is_on_processor: Atomic[bool]
    stack_pointer: u64  # while it is not on a processor

    # The thread's own.
    timer: Timer  # while it sleeps with a deadline
    is_timer_over: Atomic[bool]  # the timer's action will not touch the thread any more

    next_dead: Ptr[Thread] | None  # in the list of those to be buried

    self: Thread | None  # while it is to live on, though nobody else may refer to it

    def __init__(self, number: u64, name: str, main: Main | None) -> None:
        self.number = number
        self.name = name
        self.main = main
