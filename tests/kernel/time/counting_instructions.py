"""In place of the processor's instructions: a time stamp counter that goes with the test's time."""

from __future__ import annotations

from lang import irq_safe, no_raise, u64, u128

hz: u64 = 1_000_000_000
now_ns: u64 = 0


@irq_safe
@no_raise
def read_tsc() -> u64:
    """Count; a look takes ten nanoseconds."""
    global now_ns
    now_ns += 10
    return u64(u128(now_ns) * hz // 1_000_000_000)


@irq_safe
@no_raise
def read_flags() -> u64:
    return 0


@irq_safe
@no_raise
def disable_interrupts() -> None:
    """Nothing interrupts here."""


@irq_safe
@no_raise
def enable_interrupts() -> None:
    """Nothing interrupts here."""
