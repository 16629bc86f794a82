"""Clock: the time since the start, in nanoseconds."""

from __future__ import annotations

from lang import inline, irq_safe, no_raise, u64


@inline
@irq_safe
@no_raise
def uptime() -> u64:
    """Return the time since the start; 0 until something was found that measures it."""
    return 0
