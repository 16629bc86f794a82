"""In place of sleeping: a thread that sleeps waits for a wake-up, and its deadline never comes."""

from __future__ import annotations

from typing import Final

from kernel.cpu import processor
from kernel.cpu.interrupts import interrupts_disabled
from kernel.sched.thread import Thread, ThreadState, WakeReason
from kernel.sync.lock_order import HeldLocks
from lang import Array, Ptr, address_of, irq_safe, no_raise, sleeps, spin_hint, u64

NEVER: Final[u64] = 0xFFFF_FFFF_FFFF_FFFF

threads: Array[Thread, 8]


@irq_safe
@no_raise
def current() -> Ptr[Thread]:
    with interrupts_disabled():
        return address_of(threads[processor.number()])


@no_raise
def held_mutexes() -> Ptr[HeldLocks]:
    return address_of(current().held)


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
    while me.state.load() == ThreadState.SLEEPING:
        spin_hint()
    return me.reason


@no_raise
def is_wanted() -> bool:
    return False
