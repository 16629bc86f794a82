"""Words of memory for which threads wait: what locks, and whatever else threads wait for, are made of."""

from __future__ import annotations

from typing import Final

from lang import Atomic, Ptr, no_raise, u32, u64
from lib.std import clock
from lib.std.system_call import try_call

FUTEX_WAIT: Final[u64] = 26
FUTEX_WAKE: Final[u64] = 45
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
    try_call(FUTEX_WAIT, word.address, u64(value), timeout, 0, 0, 0)
    return True


@no_raise
def wake(word: Ptr[Atomic[u32]], count: u32) -> None:
    """Wake threads that wait for a word, the first come first, so many at most."""
    try_call(FUTEX_WAKE, word.address, u64(count), 0, 0, 0, 0)
