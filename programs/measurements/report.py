"""Measurements as lines of JSON.

After each line the system is left alone for a moment: it draws the line on its screen, which is not what is measured next.
"""

from __future__ import annotations

from lib.std import clock, system
from lib.std.arguments import arguments

DRAWN_NS = (
    100_000_000  # a line takes a few ms; idle time costs nothing where instructions are counted
)


def report(name: str, nanoseconds: int, rounds: int) -> None:
    """Print what an operation takes, with one digit behind the point."""
    tenths = nanoseconds * 10 // rounds
    show(f'{{"name": "{name}", "nanoseconds": {tenths // 10}.{tenths % 10}}}')


def report_bytes(name: str, count: int) -> None:
    """Print how much memory something takes."""
    show(f'{{"name": "{name}", "bytes": {count}}}')


def show(line: str) -> None:
    print(line)
    system.nanosleep(DRAWN_NS)


def me() -> str:
    """Return the path of this program, which is also the others that it measures something with."""
    return arguments()[0]


def now() -> int:
    """Return the time in ns."""
    return int(clock.uptime())
