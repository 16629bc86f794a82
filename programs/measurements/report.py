"""Measurements as lines of JSON."""

from __future__ import annotations

from lib.std import clock


def report(name: str, nanoseconds: int, rounds: int) -> None:
    """Print what an operation takes, with one digit behind the point."""
    tenths = nanoseconds * 10 // rounds
    print(f'{{"name": "{name}", "nanoseconds": {tenths // 10}.{tenths % 10}}}')


def report_bytes(name: str, count: int) -> None:
    """Print how much memory something takes."""
    print(f'{{"name": "{name}", "bytes": {count}}}')


def now() -> int:
    """Return the time in ns."""
    return int(clock.uptime())
