"""Calibration: how fast the time stamp counter counts, by a device whose rate is known.

The device is read between two looks at the counter, several times, and the reading with the least
distance between the looks counts, as nothing came in between there. From two such readings INTERVAL
apart

    rate = ticks between them / time between them

The error is that of the two readings, about a microsecond each, over INTERVAL: a part in 10,000.

A device that does not count, or one that jumps, is found out and gives nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final

from kernel.cpu import instructions
from lang import (
    irq_safe,
    no_raise,
    struct,
    truncate,
    u64,
    u128,
    wrapping_sub,
)

FS_PER_SECOND: Final = 10**15
INTERVAL_FS: Final[u64] = 10**13  # 10 ms
READINGS: Final = 5
MOST_LOOKS: Final = 1_000_000  # each takes at least some 100 ns, or the device does not count
LEAST_HZ: Final[u64] = 10**7
MOST_HZ: Final[u64] = 10**11

Read = Annotated[Callable[[], u64], irq_safe, no_raise]


@struct
class Reference:
    """A device that counts at a known rate."""

    name: str
    read: Read
    period_fs: u64  # femtoseconds for each count
    mask: u64  # the bits that it has; it starts over from 0


@struct
class Reading:
    """What both counted at one moment."""

    ticks: u64
    count: u64


@no_raise
def measure(against: Reference) -> u64:
    """Return the counter's rate in Hz; 0 if the device gives no answer that makes sense."""
    if against.period_fs == 0:
        return 0
    wanted = INTERVAL_FS // against.period_fs
    start = read_both(against)
    elapsed: u64 = 0
    for _ in range(MOST_LOOKS):
        elapsed = wrapping_sub(against.read(), start.count) & against.mask
        if elapsed >= wanted:
            break
    end = read_both(against)
    elapsed = wrapping_sub(end.count, start.count) & against.mask
    if elapsed < wanted:
        return 0
    time_fs = u128(elapsed) * against.period_fs
    hz = u128(wrapping_sub(end.ticks, start.ticks)) * FS_PER_SECOND // time_fs
    return truncate(u64, hz) if LEAST_HZ <= hz <= MOST_HZ else u64(0)


@irq_safe
@no_raise
def read_both(against: Reference) -> Reading:
    """Read the counter and the device at as nearly one moment as can be had."""
    best = Reading(0, 0)
    least: u64 = (1 << 64) - 1
    for _ in range(READINGS):
        before = instructions.read_tsc()
        count = against.read()
        between = wrapping_sub(instructions.read_tsc(), before)
        if between < least:
            least = between
            best.ticks = before + between // 2
            best.count = count
    return best
