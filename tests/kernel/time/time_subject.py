"""Target code for the tests of the clock, its calibration and the calendar: a counter and a device
whose rates the test sets, and to which each look takes time.
"""

from __future__ import annotations

from kernel.cpu import instructions
from kernel.time import calibration, clock
from kernel.time.calendar import Date
from kernel.time.calibration import Reference
from lang import irq_safe, no_raise, u32, u64, u128

is_stuck: bool = False


@irq_safe
@no_raise
def read_device() -> u64:
    """Count as the test's time goes on; a look takes a microsecond."""
    instructions.now_ns += 1000
    if is_stuck:
        return 5
    now_fs = u128(instructions.now_ns) * 1_000_000
    return u64(now_fs // DEVICE.period_fs) & DEVICE.mask


DEVICE: Reference = Reference("device", read_device, 279_365_114, 0xFF_FFFF)


def set_counter(hz: u64, now_ns: u64) -> None:
    instructions.hz = hz
    instructions.now_ns = now_ns


def set_stuck(stuck: bool) -> None:
    global is_stuck
    is_stuck = stuck


def set_device(period_fs: u64, mask: u64) -> None:
    DEVICE.period_fs = period_fs
    DEVICE.mask = mask


def measure() -> u64:
    return calibration.measure(DEVICE)


def begin() -> None:
    """Have a clock that nobody has set."""
    clock.scale = 0
    clock.begin()


def set_rate(hz: u64) -> None:
    clock.set_rate(hz)


def to_ns(ticks: u64) -> u64:
    return clock.to_ns(ticks)


def uptime() -> u64:
    return clock.uptime()


def is_valid(year: u32, month: u32, day: u32, hour: u32, minute: u32, second: u32) -> bool:
    return Date(year, month, day, hour, minute, second).is_valid()


def seconds(year: u32, month: u32, day: u32, hour: u32, minute: u32, second: u32) -> u64:
    return Date(year, month, day, hour, minute, second).seconds()
