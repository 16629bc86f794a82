"""How a thread waits. Everything that blocks is built on this.

    sleep.begin_sleep()
    if condition:
        sleep.cancel_sleep()
    else:
        reason = sleep.block(deadline)

Whoever makes the condition true does so before it calls `wake`. No wake-up is lost: the sleeper stores SLEEPING
before it looks at the condition, the waker stores the condition before it looks at the state, and both are sequentially
consistent; so at least one of them sees what the other did. If it is the waker, the thread does not leave, or
comes back.

Context: threads that may sleep, but for `wake`.
"""

from __future__ import annotations

from typing import Final, NoReturn

from kernel.cpu import running
from kernel.cpu.interrupts import interrupts_disabled
from kernel.sched import preemption, scheduler
from kernel.sched.scheduler import Wish
from kernel.sched.thread import Thread, ThreadState, WakeReason
from kernel.sync import lock_order, spin_lock
from kernel.sync.lock_order import Complaint, HeldLocks
from kernel.time import timer_queue, timers
from kernel.time.timer_queue import Timer
from lang import (
    Order,
    Ptr,
    address_of,
    copy,
    holds,
    inline,
    irq_safe,
    is_checked,
    no_raise,
    noinline,
    owner,
    sleeps,
    spin_hint,
    u64,
)

NEVER: Final[u64] = timer_queue.NEVER

before_threads: HeldLocks


@inline
@irq_safe
@no_raise
def current() -> Ptr[Thread]:
    """Return the thread that runs here, which is its own while it does."""
    return Ptr[Thread](running.get())


@no_raise
def held_mutexes() -> Ptr[HeldLocks]:
    """Return the mutexes that this thread holds, in a checked build; before there are threads, those of the start."""
    thread = running.get()
    return address_of(before_threads) if thread == 0 else address_of(Ptr[Thread](thread).held)


@no_raise
def begin_sleep() -> None:
    """Be about to sleep: from now on `wake` ends the sleep that has not begun."""
    current().state.store(ThreadState.SLEEPING)


@no_raise
def cancel_sleep() -> None:
    """Stay awake after all."""
    current().state.store(ThreadState.RUNNABLE)


@no_raise
@sleeps
def block(deadline: u64) -> WakeReason:
    """Let others run until somebody wakes this thread, or has since `begin_sleep`; return why it was woken.

    deadline: the uptime, in ns, at which it wakes by itself; NEVER.
    """
    me = current()
    if deadline != NEVER:
        me.is_timer_over.store(False, Order.RELAXED)
        timers.start(me.timer, deadline, time_out)
    with interrupts_disabled():
        if is_checked():
            stop_watched()
        else:
            scheduler.reschedule(Wish.STOP)
    if deadline != NEVER and not timers.stop(me.timer):
        while not me.is_timer_over.load(Order.ACQUIRE):
            spin_hint()
    return me.reason


@no_raise
@holds("preemption")
def stop_watched() -> None:
    """Let others run. A thread that should not sleep here is complained about, and finds preemption off again."""
    check_may_sleep()
    depth = scheduler.preemption_depth.load()
    start = copy(preemption.began_here()[0])
    scheduler.preemption_depth.store(0)
    scheduler.reschedule(Wish.STOP)
    scheduler.preemption_depth.store(depth)
    preemption.began_here()[0] = copy(start)


@noinline
@no_raise
def check_may_sleep() -> None:
    """Complain, in a checked build, if this processor holds a spin lock, or the thread reads by RCU, or has preemption off."""
    with interrupts_disabled():
        lock_order.check_sleep(spin_lock.held_here())
        if scheduler.preemption_depth.load() != 0:
            lock_order.complain_of_place(Complaint.ASLEEP_READING, preemption.began_here())


@irq_safe
@no_raise
def wake(thread: Ptr[Thread]) -> bool:
    """Let a thread run again that sleeps, or is about to; return False if it does not.

    The caller sees to it that the thread does not end meanwhile.
    """
    was_asleep = scheduler.wake(thread, WakeReason.WOKEN)
    scheduler.give_way()
    return was_asleep


@irq_safe
@no_raise
def time_out(timer: Ptr[Timer]) -> None:
    thread = owner(timer, Thread, "timer")
    scheduler.wake(thread, WakeReason.TIMED_OUT)
    thread.is_timer_over.store(True, Order.RELEASE)


@inline
@no_raise
def is_wanted() -> bool:
    """Whether the running thread is asked for something that it does not sleep before.

    Looked at after `begin_sleep`, like the condition of the sleep, it does not miss who asks and then wakes.
    """
    return current().requests.load() != 0


@no_raise
@sleeps
def until(deadline: u64) -> WakeReason:
    """Sleep until an uptime, in ns, or until a note comes."""
    begin_sleep()
    if is_wanted():
        cancel_sleep()
        return WakeReason.INTERRUPTED
    return block(deadline)


@no_raise
@sleeps
def yield_processor() -> None:
    """Let every other thread of this processor that is owed time run first."""
    with interrupts_disabled():
        scheduler.give_up_slice()


@no_raise
@sleeps
def end_thread() -> NoReturn:
    """End the running thread."""
    with interrupts_disabled():
        current().state.store(ThreadState.DEAD)
        scheduler.reschedule(Wish.STOP)
    assert False, "a dead thread ran"
