"""Clock: the time since the start, in nanoseconds, without an access to any device.

Processors count at a constant rate whatever they do: the time stamp counter (TSC). With its rate known

    uptime = (TSC - first_ticks) * scale / 2**SHIFT         scale = 10**9 * 2**SHIFT / rate

which costs a multiplication. The product needs 128 bits, so that it never overflows. All processors'
counters start together and are assumed to stay so; whoever starts a processor compares them once.

Both numbers are set while one thread runs, perhaps a second time by a better measurement, and never change afterwards.

Source: Intel SDM volume 3B, section 18.17.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import instructions
from lang import inline, irq_safe, no_raise, truncate, u64, u128, wrapping_mul, wrapping_sub

NEVER: Final[u64] = (1 << 64) - 1
SHIFT: Final = 32
NS_PER_SECOND: Final = 1_000_000_000

first_ticks: u64 = 0
scale: u64 = 0  # 0: nobody knows the rate yet


@no_raise
def begin() -> None:
    """Let time begin now, even though nobody can tell it yet."""
    global first_ticks
    first_ticks = instructions.read_tsc()


@no_raise
def set_rate(hz: u64) -> None:
    """Say how fast the counter counts; from here on the clock tells the time. If it did before, it goes on from there.

    hz: at least 10 MHz, as every processor has.
    """
    global first_ticks, scale
    if is_going():
        now = instructions.read_tsc()
        ticks = u128(to_ns(wrapping_sub(now, first_ticks))) * hz // NS_PER_SECOND + 1
        first_ticks = wrapping_sub(now, truncate(u64, ticks))
    scale = truncate(u64, (u128(NS_PER_SECOND) << SHIFT) // hz)


@irq_safe
@no_raise
def is_going() -> bool:
    """Whether the counter's rate is known, so that the clock tells the time."""
    return scale != 0


@irq_safe
@no_raise
def uptime() -> u64:
    """Return the time since the start; 0 until the counter's rate is known."""
    return to_ns(wrapping_sub(instructions.read_tsc(), first_ticks))


@inline
@irq_safe
@no_raise
def to_ns(ticks: u64) -> u64:
    """Return how long the counter takes for some ticks."""
    return truncate(u64, wrapping_mul(u128(ticks), u128(scale)) >> SHIFT)
