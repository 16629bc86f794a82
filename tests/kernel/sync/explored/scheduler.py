"""In place of the scheduler: each thread has a processor of its own, and a wake-up is one atomic operation."""

from __future__ import annotations

from kernel.sched.thread import Thread, ThreadState, WakeReason
from lang import Atomic, Ptr, irq_safe, no_raise, u16

processor_count: Atomic[
    u16
]  # 0: nobody spins for a mutex, which is only to try more often to take it


@irq_safe
@no_raise
def wake(thread: Ptr[Thread], reason: WakeReason) -> bool:
    before = thread.state.compare_exchange(ThreadState.SLEEPING, ThreadState.RUNNABLE)
    if before != ThreadState.SLEEPING:
        return False
    thread.reason = reason
    return True


@irq_safe
@no_raise
def give_way() -> None:
    pass
