"""The local APIC's timer: counts down once, and interrupts at 0.

It counts at the rate of the processor's bus, which nobody tells; so it is measured against the clock.

    count = time * rate / 10**9

Source: Intel SDM volume 3A, section 10.5.4.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu.interrupts import interrupts_disabled
from kernel.cpu.vectors import Vector
from kernel.log import log
from kernel.module.description import NotUsable
from kernel.time import clock, timers
from kernel.time.clock import NS_PER_SECOND
from kernel.time.timers import EventDevice
from lang import irq_safe, no_raise, truncate, u32, u64
from modules.drivers.apic import local_apic
from modules.drivers.apic.local_apic import Register

DIVIDE_BY_1: Final[u32] = 0b1011
MOST: Final[u32] = 0xFFFF_FFFF
MEASURED_NS: Final[u64] = 2_000_000
MOST_NS: Final[u64] = 1_000_000_000  # set again after a second at the latest
LEAST_HZ: Final[u64] = 1_000_000

hz: u64 = 0


def begin() -> None:
    """Measure the timer's rate, and offer it for this processor's deadlines.

    Raises:
        NotUsable: it does not count.
    """
    global hz
    with interrupts_disabled():
        hz = measure()
    if hz < LEAST_HZ:
        log.warning(f"apic: the timer counts at {hz} Hz")
        raise NotUsable
    longest = u64(MOST) * NS_PER_SECOND // hz
    DEVICE.most_ns = min(longest, MOST_NS)
    timers.use(DEVICE)
    begin_processor()


@no_raise
def begin_processor() -> None:
    """Ready this processor's timer."""
    local_apic.write(Register.TIMER_DIVISOR, DIVIDE_BY_1)
    local_apic.write(Register.TIMER, u32(Vector.TIMER))


def measure() -> u64:
    """Return the rate in Hz; 0 if no time passes."""
    local_apic.write(Register.TIMER_DIVISOR, DIVIDE_BY_1)
    local_apic.write(Register.TIMER, u32(Vector.TIMER) | local_apic.Local.MASKED)
    if not clock.is_going():
        return 0
    start = clock.uptime()
    local_apic.write(Register.TIMER_INITIAL, MOST)
    elapsed: u64 = 0
    while elapsed < MEASURED_NS:
        elapsed = clock.uptime() - start
    counted = u64(MOST - local_apic.read(Register.TIMER_CURRENT))
    local_apic.write(Register.TIMER_INITIAL, 0)
    return counted * NS_PER_SECOND // elapsed


@irq_safe
@no_raise
def set(wait_ns: u64) -> None:
    """Interrupt this processor in some nanoseconds, at most DEVICE.most_ns."""
    count = wait_ns * hz // NS_PER_SECOND  # the product has 62 bits, by the choice of most_ns
    local_apic.write(Register.TIMER_INITIAL, max(truncate(u32, count), u32(1)))


DEVICE: EventDevice = EventDevice("local APIC's timer", 0, set)
