"""Wall clock: the time of day, as nanoseconds since the beginning of 1970, in UTC.

A battery keeps a clock running while the machine is off; it is read once, and from then on the time of
day is that plus the time since the start.
"""

from __future__ import annotations

from kernel.time import clock
from kernel.time.clock import NS_PER_SECOND
from lang import Atomic, irq_safe, no_raise, u64

at_start: Atomic[u64]  # the time of day at uptime 0; 0: nobody knows


@irq_safe
@no_raise
def set(seconds: u64) -> None:
    """Say what time it is, in seconds since 1970."""
    now, uptime = seconds * NS_PER_SECOND, clock.uptime()
    at_start.store(now - uptime if now > uptime else u64(0))


@irq_safe
@no_raise
def now() -> u64:
    """Return the time of day; the time since the start if nobody knows it."""
    return at_start.load() + clock.uptime()
