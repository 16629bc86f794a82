"""Clocks of the system beneath a program (lib/python/clock.py), where that is ours."""

from __future__ import annotations

from lang import no_raise, u64
from lib.std import clock, system


def epoch() -> u64:
    """Return the nanoseconds since 1970."""
    return system.epoch()


@no_raise
def uptime() -> u64:
    """Return nanoseconds of a clock that is never set."""
    return clock.uptime()


def processor() -> u64:
    """Return the nanoseconds that have gone by, as the system does not count those that a program runs."""
    return clock.uptime()


def sleep(duration_ns: u64) -> None:
    """Sleep so many nanoseconds at least."""
    system.nanosleep(duration_ns)
