"""Timers of each processor, and the device that interrupts for the next one.

    start   put the timer into this processor's queue; if it is the first, set the device
    expire  the device has interrupted: run what has come due, set the device for the next

A processor's device is set for its own timers only. One may interrupt early, when a deadline is further
away than it can count; then nothing has come due, and it is set again.

An action that starts its timer again with a deadline that has passed is called again, but not without
end: such a deadline is moved to the present, which is after the time for which `expire` looks, and the
device is never set to less than LEAST_NS.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final

from kernel.cpu.interrupts import interrupts_disabled
from kernel.log import log
from kernel.time import clock
from kernel.time.timer_queue import NEVER, Action, Timer, TimerQueue
from lang import PerCpu, Ptr, address_of, holds, irq_safe, no_raise, struct, u64

LEAST_NS: Final[u64] = 1000


@struct
class EventDevice:
    """What a driver of timers offers: each processor has one."""

    name: str
    most_ns: u64  # the longest that it can be set to
    set: Annotated[Callable[[u64], None], irq_safe, no_raise]  # interrupt in so many nanoseconds
    measure: Annotated[
        Callable[[], None], irq_safe, no_raise
    ]  # the clock's rate is known better, or at last


queue: PerCpu[TimerQueue]
device: Ptr[EventDevice] | None = None


@no_raise
def use(offered: EventDevice) -> None:
    """Let the processors' timers be of this kind. It stays where it is."""
    global device
    device = address_of(offered)
    log.info(f"timers are kept by the {offered.name}")


@no_raise
def measure() -> None:
    """Have the device learn anew how fast it counts by the clock, whose rate has changed. One processor runs."""
    known = device
    if known is not None:
        with interrupts_disabled():
            known.measure()
            _set_device(queue.here().next_deadline())


@irq_safe
@no_raise
def start(timer: Timer, deadline: u64, action: Action) -> None:
    """Call an action on this processor, with interrupts off, once the uptime is `deadline`.

    The timer, which is not started, stays where it is until then or until it was stopped.
    """
    with interrupts_disabled():
        when = max(deadline, clock.uptime())
        timer.queue = queue.here()
        if queue.here().add(timer, when, action):
            _set_device(when)


@irq_safe
@no_raise
def stop(timer: Timer) -> bool:
    """Return True if the action will not be called; False if it was, or is being, or never will be."""
    waiting_in = timer.queue
    return waiting_in is not None and waiting_in.remove(timer)


@irq_safe
@no_raise
@holds("preemption")
def expire() -> None:
    """Call the actions of all timers of this processor whose deadline has come. Interrupts are off."""
    mine = queue.here()
    now = clock.uptime()
    timer = mine.take_expired(now)
    while timer is not None:
        action = timer.action
        if action is not None:
            action(timer)
        timer = mine.take_expired(now)
    _set_device(mine.next_deadline())


@irq_safe
@no_raise
def _set_device(deadline: u64) -> None:
    known = device
    if known is None or deadline == NEVER:
        return
    now = clock.uptime()
    wait = max(deadline - now, LEAST_NS) if deadline > now else LEAST_NS
    known.set(min(wait, known.most_ns))
