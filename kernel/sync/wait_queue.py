"""Wait queues: threads that wait for something to happen, in the order in which they came.

    queue.wait_until(lambda: self.is_done)       sleep until it is
    queue.wake_one(); queue.wake_all()           after it was made so
    wait_for_any(waiters, condition)             the same, woken through any of several queues

A thread puts its Waiter, which lies on its stack, into the queue before it looks at the condition (sleep.py), and takes
it out again if nobody has. Whoever wakes does so with the queue's lock held, and a thread leaves only with that
lock: so a Waiter that is in the queue is there.

wake_one wakes the one thread that has waited longest; another one's turn comes with the next call. A thread that is
woken and finds the condition changed by somebody faster waits again, at the end of the queue. One that finds the
condition true by itself, but was woken before it could leave the queue, passes the wake-up on, which was meant for
what came true since.

Lock order: WaitQueue.lock before that of a run queue; taken with other locks held, as they need.
Context: waking is possible everywhere; waiting where one may sleep.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from core.collections.list import IntrusiveList, ListLink
from kernel.sched import scheduler, sleep
from kernel.sched.sleep import NEVER
from kernel.sched.thread import Thread, WakeReason
from kernel.sync.spin_lock import SpinLock
from lang import Ptr, Slice, address_of, holds, irq_safe, no_raise, owner, sleeps, struct, u64

Condition = Annotated[Callable[[], bool], no_raise]


@struct(pinned=True)
class Waiter:
    """A thread's place in a queue; on its stack, or its own."""

    thread: Ptr[Thread] | None  # constant while it is in the queue
    link: ListLink  # guarded by the queue's lock
    queue: Ptr[WaitQueue] | None  # the one that it is for, chosen by who calls wait_for_any


@struct(pinned=True)
class WaitQueue:
    """Threads that wait. Zeros are an empty queue."""

    lock: SpinLock
    waiters: IntrusiveList  # guarded by lock

    @no_raise
    @sleeps
    def wait_until(self, condition: Condition, deadline: u64 = NEVER) -> WakeReason:
        """Sleep until a condition holds; return WOKEN then, or else why it was given up.

        condition: looked at whenever the thread is woken; may not sleep.
        deadline: an uptime in ns.
        """
        return self._wait(condition, deadline, True)

    @no_raise
    @sleeps
    def wait_uninterrupted(self, condition: Condition) -> None:
        """Sleep until a condition holds, whatever notes come."""
        while self._wait(condition, NEVER, False) != WakeReason.WOKEN:
            pass

    @no_raise
    @sleeps
    def _wait(self, condition: Condition, deadline: u64, is_interruptible: bool) -> WakeReason:
        waiter = Waiter()
        waiter.thread = sleep.current()
        while True:
            sleep.begin_sleep()
            self.join(waiter)
            if condition():
                self._give_up(waiter)
                return WakeReason.WOKEN
            if is_interruptible and sleep.is_wanted():
                self._give_up(waiter)
                return WakeReason.INTERRUPTED
            reason = sleep.block(deadline)
            self.leave(waiter)
            if reason != WakeReason.WOKEN:
                return WakeReason.WOKEN if condition() else reason

    @irq_safe
    @no_raise
    def wake_one(self) -> bool:
        """Wake the thread that has waited longest; return whether there was one."""
        with self.lock:
            is_woken = self._wake_first()
        scheduler.give_way()
        return is_woken

    @irq_safe
    @no_raise
    def wake_all(self) -> None:
        """Wake all threads that wait now."""
        with self.lock:
            while self._wake_first():
                pass
        scheduler.give_way()

    @irq_safe
    @no_raise
    def join(self, waiter: Waiter) -> None:
        """Put the place of the running thread, which is about to sleep, at the end."""
        with self.lock:
            self.waiters.push_back(waiter.link)

    @irq_safe
    @no_raise
    def leave(self, waiter: Waiter) -> bool:
        """Take a place out again; return False if somebody has, who woke the thread, or found it awake."""
        with self.lock:
            if not waiter.link.is_linked:
                return False
            self.waiters.remove(waiter.link)
            return True

    @irq_safe
    @no_raise
    def has(self, waiter: Waiter) -> bool:
        """Whether a place is in the queue, and so was not woken since it joined."""
        with self.lock:
            return waiter.link.is_linked

    @no_raise
    def _give_up(self, waiter: Waiter) -> None:
        """Leave without having slept, and let another thread have a wake-up that came meanwhile."""
        was_woken = not self.leave(waiter)
        sleep.cancel_sleep()
        if was_woken:
            self.wake_one()

    @holds("lock")
    @irq_safe
    @no_raise
    def _wake_first(self) -> bool:
        """Wake the first that has not been woken by something else meanwhile."""
        while (link := self.waiters.pop_front()) is not None:
            thread = owner(link, Waiter, "link").thread
            if thread is not None and scheduler.wake(thread, WakeReason.WOKEN):
                return True
        return False


@no_raise
@sleeps
def wait_for_any(waiters: Slice[Waiter], condition: Condition, deadline: u64 = NEVER) -> WakeReason:
    """Sleep until a condition holds that may come true with a wake-up of any of several queues; else as wait_until.

    waiters: one for each queue, which it names; the rest is this function's until it returns. The queues outlive
        the call.
    condition: as for wait_until. If it takes what it finds, it may take from one queue's thing after another queue's
        wake_one, so that thing's other waiters need wake_all.
    """
    while True:
        sleep.begin_sleep()
        _join_all(waiters)
        is_true = condition()
        is_wanted = not is_true and sleep.is_wanted()
        if is_true or is_wanted:
            _give_up_all(waiters)
            return WakeReason.WOKEN if is_true else WakeReason.INTERRUPTED
        reason = sleep.block(deadline)
        _leave_all(waiters)
        if reason != WakeReason.WOKEN:
            return WakeReason.WOKEN if condition() else reason


@no_raise
def _join_all(waiters: Slice[Waiter]) -> None:
    for index in range(len(waiters)):
        waiter = address_of(waiters[index])
        waiter.thread = sleep.current()
        queue = waiter.queue
        assert queue is not None, "a waiter names its queue"
        queue.join(waiter[0])


@no_raise
def _leave_all(waiters: Slice[Waiter]) -> None:
    for index in range(len(waiters)):
        waiter = address_of(waiters[index])
        if (queue := waiter.queue) is not None:
            queue.leave(waiter[0])


@no_raise
def _give_up_all(waiters: Slice[Waiter]) -> None:
    """Leave without having slept, and let other threads have the wake-ups that came meanwhile."""
    sleep.cancel_sleep()
    for index in range(len(waiters)):
        waiter = address_of(waiters[index])
        if (queue := waiter.queue) is not None and not queue.leave(waiter[0]):
            queue.wake_one()
