"""Target code for the tests of the timer queue."""

from __future__ import annotations

from kernel.time.timer_queue import Timer, TimerQueue
from lang import Array, Ptr, address_of, irq_safe, no_raise, u64

queue: TimerQueue
timers: Array[Timer, 64]
fired: u64


@irq_safe
@no_raise
def note(timer: Ptr[Timer]) -> None:
    global fired
    fired = number_of(timer)


def add(index: u64, deadline: u64) -> bool:
    return queue.add(timers[index], deadline, note)


def remove(index: u64) -> bool:
    return queue.remove(timers[index])


def next_deadline() -> u64:
    return queue.next_deadline()


def take_expired(now: u64) -> u64:
    """Return the number of the timer that called back; 99 if none has expired."""
    timer = queue.take_expired(now)
    if timer is None:
        return 99
    action = timer.action
    if action is not None:
        action(timer)
    return fired


@irq_safe
@no_raise
def number_of(timer: Ptr[Timer]) -> u64:
    for index in range(u64(64)):
        if address_of(timers[index]) == timer:
            return index
    return 98
