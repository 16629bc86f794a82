"""In place of the clock: one that goes on when it is looked at."""

from __future__ import annotations

from lang import irq_safe, no_raise, u64

STEP = 1_000_000

now: u64 = 0


@irq_safe
@no_raise
def uptime() -> u64:
    """Return the time, in ns."""
    global now
    now += STEP
    return now
