"""The time since the system started, for programs: from the processor's counter, without a call of the kernel."""

from __future__ import annotations

from core.clock_rate import ClockRate
from lang import address_of, asm, cold, inline, no_raise, noinline, u64
from lib.std.system_call import try_call

UPTIME = 7
CLOCK_RATE = 46

rate: ClockRate


@no_raise
def uptime() -> u64:
    """Return the time since the system started, in nanoseconds."""
    if rate.scale == 0:
        return ask()
    return rate.uptime_at(ticks())


@cold
@noinline
@no_raise
def ask() -> u64:
    """Ask the kernel for the counter's rate, and for the time, in case it does not know the rate.

    What it stores last is what is looked at first, so a thread that does not ask any more finds both.
    """
    try_call(CLOCK_RATE, address_of(rate).address, 0, 0, 0, 0, 0)
    now, _ = try_call(UPTIME, 0, 0, 0, 0, 0, 0)
    return now


@inline
@no_raise
def ticks() -> u64:
    """Return what the processor's counter shows, not before all earlier instructions are done."""
    low, high = asm(
        "lfence\n rdtsc",
        inputs=[],
        outputs=[("={rax}", u64), ("={rdx}", u64)],
        clobbers=["memory"],
    )
    return high << 32 | low
