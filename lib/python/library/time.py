"""Python's module time, for programs: clocks and sleep; it knows no calendar.

Source: Python Library Reference, module time.
"""

from __future__ import annotations

from lang import u64
from lib.python import clock


def time() -> float:
    return float(clock.epoch()) / 1e9


def time_ns() -> int:
    return int(clock.epoch())


def monotonic() -> float:
    return float(clock.uptime()) / 1e9


def monotonic_ns() -> int:
    return int(clock.uptime())


def perf_counter() -> float:
    return float(clock.uptime()) / 1e9


def perf_counter_ns() -> int:
    return int(clock.uptime())


def process_time() -> float:
    return float(clock.processor()) / 1e9


def process_time_ns() -> int:
    return int(clock.processor())


def sleep(seconds: float) -> None:
    """Sleep so long at least.

    Raises:
        ValueError: the time is negative.
    """
    if seconds < 0.0:
        raise ValueError("sleep length must be non-negative")
    clock.sleep(u64(int(seconds * 1e9)))
