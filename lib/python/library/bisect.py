"""Python's module bisect, for programs: places in a sorted list."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def bisect_left(a: list[T], x: T, lo: int = 0, hi: int = -1) -> int:
    """Return the first place where x can be put in, before all that are equal."""
    low = _start(lo)
    high = len(a) if hi < 0 else hi
    while low < high:
        middle = (low + high) // 2
        if a[middle] < x:
            low = middle + 1
        else:
            high = middle
    return low


def bisect_right(a: list[T], x: T, lo: int = 0, hi: int = -1) -> int:
    """Return the last place where x can be put in, behind all that are equal."""
    low = _start(lo)
    high = len(a) if hi < 0 else hi
    while low < high:
        middle = (low + high) // 2
        if x < a[middle]:
            high = middle
        else:
            low = middle + 1
    return low


def _start(lo: int) -> int:
    if lo < 0:
        raise ValueError("lo must be non-negative")
    return lo


def bisect(a: list[T], x: T, lo: int = 0, hi: int = -1) -> int:
    return bisect_right(a, x, lo, hi)


def insort_left(a: list[T], x: T, lo: int = 0, hi: int = -1) -> None:
    a.insert(bisect_left(a, x, lo, hi), x)


def insort_right(a: list[T], x: T, lo: int = 0, hi: int = -1) -> None:
    a.insert(bisect_right(a, x, lo, hi), x)


def insort(a: list[T], x: T, lo: int = 0, hi: int = -1) -> None:
    insort_right(a, x, lo, hi)
