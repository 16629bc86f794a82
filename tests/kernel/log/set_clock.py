"""In place of the clock: the time is what the test says."""

from __future__ import annotations

from lang import irq_safe, no_raise, u64

now: u64 = 0


@irq_safe
@no_raise
def uptime() -> u64:
    return now
