"""Timers interrupt when their time has come, on a machine where each instruction takes a nanosecond.

Machine: icount=0
"""

from __future__ import annotations

from kernel.cpu import instructions
from kernel.cpu.interrupts import are_enabled
from kernel.time import clock, timers
from kernel.time.timer_queue import Timer
from lang import Array, Ptr, address_of, irq_safe, no_raise, u64

MS = 1_000_000
LATE_NS = 100_000  # more than a deadline may be missed by

waiting: Array[Timer, 4]
fired_at: Array[u64, 4]
fired_count: u64


@irq_safe
@no_raise
def note(timer: Ptr[Timer]) -> None:
    global fired_count
    assert not are_enabled()
    for index in range(u64(4)):
        if address_of(waiting[index]) == timer:
            fired_at[index] = clock.uptime()
    fired_count += 1


def wait_for(count: u64) -> None:
    while fired_count < count:
        instructions.halt()


def test_timers_fire_in_order_and_in_time() -> None:
    global fired_count
    fired_count = 0
    start = clock.uptime()
    for index, wait in enumerate(Array[u64, 4](7 * MS, 2 * MS, 40 * MS, 3 * MS)):
        timers.start(waiting[index], start + wait, note)
    wait_for(4)
    for index, wait in enumerate(Array[u64, 4](7 * MS, 2 * MS, 40 * MS, 3 * MS)):
        assert start + wait <= fired_at[index] < start + wait + LATE_NS


def test_a_timer_that_was_stopped_stays_quiet() -> None:
    global fired_count
    fired_count = 0
    start = clock.uptime()
    timers.start(waiting[0], start + 2 * MS, note)
    timers.start(waiting[1], start + 4 * MS, note)
    assert timers.stop(waiting[0])
    wait_for(1)
    assert clock.uptime() >= start + 4 * MS
    assert not timers.stop(waiting[1])


def test_a_deadline_that_has_passed_fires_at_once() -> None:
    global fired_count
    fired_count = 0
    timers.start(waiting[0], 0, note)
    wait_for(1)
