"""Clocks of the system beneath a program: Linux, by its system calls. Another target puts its own in this place.

Source: Linux, clock_gettime(2), nanosleep(2).
"""

from __future__ import annotations

from typing import Final

from core.world.system import system_call
from lang import Array, address_of, no_raise, u64, wrapping_add, wrapping_mul

SYS_NANOSLEEP: Final = 35
SYS_CLOCK_GETTIME: Final = 228

REALTIME: Final = 0
MONOTONIC: Final = 1
PROCESSOR: Final = 2
SECOND: Final = 1_000_000_000


def epoch() -> u64:
    """Return the nanoseconds since 1970."""
    return _read(REALTIME)


@no_raise
def uptime() -> u64:
    """Return nanoseconds of a clock that is never set."""
    return _read(MONOTONIC)


def processor() -> u64:
    """Return the nanoseconds that the program has run."""
    return _read(PROCESSOR)


@no_raise
def _read(clock: u64) -> u64:
    time = Array[u64, 2]()  # seconds, nanoseconds
    system_call(SYS_CLOCK_GETTIME, clock, address_of(time).address, 0)
    return wrapping_add(wrapping_mul(time[0], SECOND), time[1])


def sleep(duration_ns: u64) -> None:
    """Sleep so many nanoseconds at least."""
    time = Array[u64, 2]()
    time[0] = duration_ns // SECOND
    time[1] = duration_ns % SECOND
    place = address_of(time).address
    system_call(SYS_NANOSLEEP, place, place, 0)
