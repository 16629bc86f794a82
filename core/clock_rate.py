"""How programs tell the time without asking: what the kernel hands over once, and never changes.

uptime = (TSC - first_ticks) * scale / 2**SHIFT, in ns       (kernel/time/clock.py)
"""

from __future__ import annotations

from typing import Final

from lang import inline, irq_safe, no_raise, struct, truncate, u64, u128, wrapping_mul, wrapping_sub

SHIFT: Final = 32


@struct
class ClockRate:
    first_ticks: u64  # what the processors' counter showed when the system started
    scale: u64  # 0: its rate is not known

    @inline
    @irq_safe
    @no_raise
    def uptime_at(self, ticks: u64) -> u64:
        """Return the uptime in ns when the counter shows so many ticks."""
        passed = wrapping_sub(ticks, self.first_ticks)
        return truncate(u64, wrapping_mul(u128(passed), u128(self.scale)) >> SHIFT)
