"""Target code for the tests of a processor's timers: a device that notes what it is set to."""

from __future__ import annotations

from kernel.cpu import instructions
from kernel.io import serial
from kernel.time import clock, timers
from kernel.time.timer_queue import Timer
from kernel.time.timers import EventDevice
from lang import Array, Ptr, address_of, holds, irq_safe, no_raise, u64

timer: Array[Timer, 8]
set_to: u64 = 0  # 0: not set
measured: u64 = 0  # how often the device was told to learn its rate
fired: u64 = 0  # a bit for each timer
again: u64 = 0  # how often the next timer starts itself again


always_due: u64 = 0  # how often the next one starts itself again with a deadline that has passed


@irq_safe
@no_raise
def set_device(wait: u64) -> None:
    global set_to
    set_to = wait


@irq_safe
@no_raise
def measure_device() -> None:
    global measured
    measured += 1


DEVICE: EventDevice = EventDevice("test", 5_000_000, set_device, measure_device)


@irq_safe
@no_raise
def note(expired: Ptr[Timer]) -> None:
    global fired, again, always_due
    for index in range(u64(8)):
        if address_of(timer[index]) == expired:
            fired |= u64(1) << index
    if always_due > 0:
        always_due -= 1
        timers.start(expired[0], 0, note)
    elif again > 0:
        again -= 1
        timers.start(expired[0], clock.uptime() + 100_000, note)


def begin() -> None:
    serial.is_there = False
    clock.set_rate(1_000_000_000)
    timers.use(DEVICE)


def set_time(now: u64) -> None:
    global set_to, fired
    instructions.now_ns = now
    set_to = 0
    fired = 0


def repeat(count: u64) -> None:
    global again
    again = count


def repeat_at_once(count: u64) -> None:
    global always_due
    always_due = count


def measure() -> u64:
    timers.measure()
    return measured


def start(index: u64, deadline: u64) -> None:
    timers.start(timer[index], deadline, note)


def stop(index: u64) -> bool:
    return timers.stop(timer[index])


@holds("preemption")
def expire() -> None:
    timers.expire()


def state() -> tuple[u64, u64]:
    return set_to, fired
