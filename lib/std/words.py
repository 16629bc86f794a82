"""Words of memory for which threads wait: what locks, and whatever else threads wait for, are made of."""

from __future__ import annotations

from typing import Final

from lang import Atomic, Ptr, no_raise, u32, u64
from lib.python import clock, thread_system

ALL: Final[u32] = 0xFFFF_FFFF
NEVER: Final[u64] = 0xFFFF_FFFF_FFFF_FFFF


def deadline_after(seconds: float) -> u64:
    """Return the uptime in ns at which a time-out is over; NEVER for a negative one.

    Raises:
        ValueError, OverflowError: it is no number, or infinite.
    """
    if seconds < 0.0:
        return NEVER
    return clock.uptime() + u64(int(seconds * 1e9))


def seconds_until(deadline: u64) -> float:
    """Return how much time is left before an uptime in ns; negative if it is over."""
    return (float(deadline) - float(clock.uptime())) / 1e9


@no_raise
def sleep_while(word: Ptr[Atomic[u32]], value: u32, deadline: u64) -> bool:
    """Sleep until somebody wakes who waits for a word, if that still has a value; may return early.

    Returns False when the deadline has passed, an uptime in ns, or NEVER.
    """
    timeout = NEVER
    if deadline != NEVER:
        now = clock.uptime()
        if now >= deadline:
            return False
        timeout = deadline - now
    thread_system.sleep_while(word, value, timeout)
    return True


@no_raise
def wake(word: Ptr[Atomic[u32]], count: u32) -> None:
    """Wake threads that wait for a word, the first come first, so many at most."""
    thread_system.wake(word, count)
