"""In place of sleeping: a thread that sleeps waits for a wake-up; a deadline is how often it looks for that at most."""

from __future__ import annotations

from typing import Final

from kernel.cpu import processor
from kernel.cpu.interrupts import interrupts_disabled
from kernel.sched import scheduler
from kernel.sched.thread import Thread, ThreadState, WakeReason
from kernel.sync.lock_order import HeldLocks
from lang import Array, Ptr, address_of, borrow, irq_safe, no_raise, sleeps, u64

NEVER: Final[u64] = 0xFFFF_FFFF_FFFF_FFFF

threads: Array[Thread | None, 16]


def make_threads() -> None:
    for index in range(len(threads)):
        if threads[index] is None:
            threads[index] = Thread()


@irq_safe
@no_raise
def current() -> Ptr[Thread]:
    with interrupts_disabled():
        thread = borrow(threads[processor.number()])
        assert thread is not None, "the explored threads are made first"
        return thread


@no_raise
def held_mutexes() -> Ptr[HeldLocks]:
    return address_of(current().held)


@no_raise
def check_may_sleep() -> None:
    """Those who explore are told nothing, as they hold no spin lock where they sleep."""


@no_raise
def begin_sleep() -> None:
    current().state.store(ThreadState.SLEEPING)


@no_raise
def cancel_sleep() -> None:
    current().state.store(ThreadState.RUNNABLE)


@no_raise
@sleeps
def block(deadline: u64) -> WakeReason:
    me = current()
    scheduler.leave_processor()
    looks: u64 = 0
    while me.state.load() == ThreadState.SLEEPING:
        processor.wait_a_moment()
        looks += 1
        if looks == deadline and scheduler.wake(me, WakeReason.TIMED_OUT):
            break
    scheduler.come_back()
    return me.reason


@no_raise
@sleeps
def until(deadline: u64) -> WakeReason:
    processor.wait_a_moment()
    return WakeReason.TIMED_OUT


@irq_safe
@no_raise
def wake(thread: Ptr[Thread]) -> bool:
    return scheduler.wake(thread, WakeReason.WOKEN)


@no_raise
def is_wanted() -> bool:
    return False
