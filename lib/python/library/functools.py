"""Python's module functools, for programs: reduce, and the keys of `cmp_to_key`; `cache`, `lru_cache`,
`total_ordering` and `wraps` are decorators that the compiler knows (compiler/phrases).

Source: Python Library Reference, module functools.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


def reduce(function: Callable[[T, T], T], sequence: list[T]) -> T:
    """Apply a function to the items from left to right: f(f(a, b), c).

    Raises:
        TypeError: there are no items.
    """
    if len(sequence) == 0:
        raise TypeError("reduce() of empty iterable with no initial value")
    result = sequence[0]
    for index in range(1, len(sequence)):
        result = function(result, sequence[index])
    return result


def reduce_from(function: Callable[[U, T], U], sequence: list[T], initial: U) -> U:
    """As reduce, from a first value on; what `reduce(function, sequence, initial)` is."""
    result = initial
    for item in sequence:
        result = function(result, item)
    return result


class CacheInfo:
    """What `cache_info()` gives."""

    hits: int
    misses: int
    maxsize: int | None
    currsize: int

    def __init__(self, hits: int, misses: int, maxsize: int | None, currsize: int) -> None:
        self.hits = hits
        self.misses = misses
        self.maxsize = maxsize
        self.currsize = currsize

    def __repr__(self) -> str:
        return (
            f"CacheInfo(hits={self.hits}, misses={self.misses}, "
            f"maxsize={self.maxsize}, currsize={self.currsize})"
        )


class CompareKey(Generic[T]):
    """A value in the order of a function that compares two: less than 0 says that the first is less."""

    value: T
    compare: Callable[[T, T], int]

    def __init__(self, value: T, compare: Callable[[T, T], int]) -> None:
        self.value = value
        self.compare = compare

    def __lt__(self, other: CompareKey[T]) -> bool:
        return self.compare(self.value, other.value) < 0

    def __gt__(self, other: CompareKey[T]) -> bool:
        return self.compare(self.value, other.value) > 0

    def __eq__(self, other: CompareKey[T]) -> bool:
        return self.compare(self.value, other.value) == 0
