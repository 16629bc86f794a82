"""The local APIC's timer: counts down once, and interrupts at 0.

It counts at the rate of the processor's bus, which nobody tells; so it is measured against the clock,
between two moments at which both were read as nearly at once as can be had (kernel/time/calibration.py).

    count = time * rate / 10**9

Source: Intel SDM volume 3A, section 10.5.4.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu.interrupts import interrupts_disabled
from kernel.cpu.vectors import Vector
from kernel.log import log
from kernel.module.description import NotUsable
from kernel.time import calibration, clock, timers
from kernel.time.calibration import Reference
from kernel.time.clock import NS_PER_SECOND
from kernel.time.timers import EventDevice
from lang import irq_safe, no_raise, spin_hint, truncate, u32, u64
from modules.drivers.apic import local_apic
from modules.drivers.apic.local_apic import Register

DIVIDE_BY_1: Final[u32] = 0b1011
MOST: Final[u32] = 0xFFFF_FFFF
MEASURED_NS: Final[u64] = 2_000_000
MOST_NS: Final[u64] = 1_000_000_000  # set again after a second at the latest
LEAST_HZ: Final[u64] = 1_000_000

hz: u64 = 0


def begin() -> None:
    """Measure the timer's rate, if the clock goes already, and offer it for this processor's deadlines.

    Raises:
        NotUsable: it does not count.
    """
    with interrupts_disabled():
        take_rate()
    if hz == 0 and clock.is_going():
        raise NotUsable
    timers.use(DEVICE)


@irq_safe
@no_raise
def take_rate() -> None:
    """Measure the timer's rate, with interrupts off, and be ready; of a timer that does not count it is 0."""
    global hz
    hz = measure()
    if hz < LEAST_HZ:
        if clock.is_going():
            log.warning(f"apic: the timer counts at {hz} Hz")
        hz = 0
        return
    DEVICE.most_ns = min(u64(MOST) * NS_PER_SECOND // hz, MOST_NS)
    begin_processor()


@irq_safe
@no_raise
def begin_processor() -> None:
    """Ready this processor's timer."""
    local_apic.write(Register.TIMER_DIVISOR, DIVIDE_BY_1)
    local_apic.write(Register.TIMER, u32(Vector.TIMER))


@irq_safe
@no_raise
def measure() -> u64:
    """Return the rate in Hz; 0 if no time passes, or the timer does not count."""
    if not clock.is_going():
        return 0
    local_apic.write(Register.TIMER_DIVISOR, DIVIDE_BY_1)
    local_apic.write(Register.TIMER, u32(Vector.TIMER) | local_apic.Local.MASKED)
    local_apic.write(Register.TIMER_INITIAL, MOST)
    start = calibration.read_both(COUNTER)
    deadline = clock.uptime() + MEASURED_NS
    while clock.uptime() < deadline:
        spin_hint()
    end = calibration.read_both(COUNTER)
    local_apic.write(Register.TIMER_INITIAL, 0)
    return (end.count - start.count) * NS_PER_SECOND // clock.to_ns(end.ticks - start.ticks)


@irq_safe
@no_raise
def counted() -> u64:
    """Return how far the timer has counted."""
    return MOST - local_apic.read(Register.TIMER_CURRENT)


@irq_safe
@no_raise
def set(wait_ns: u64) -> None:
    """Interrupt this processor in some nanoseconds, at most DEVICE.most_ns; never while no time passes."""
    if hz == 0:
        return
    count = wait_ns * hz // NS_PER_SECOND  # the product has 62 bits, by the choice of most_ns
    local_apic.write(Register.TIMER_INITIAL, max(truncate(u32, count), u32(1)))


COUNTER: Reference = Reference("local APIC's timer", counted, 0, MOST)
DEVICE: EventDevice = EventDevice("local APIC's timer", 0, set, take_rate)
