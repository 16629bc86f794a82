"""Python's module functools, for programs: reduce; `cache` and `lru_cache` are decorators that
the compiler knows (compiler/phrases/decorated.py).

Source: Python Library Reference, module functools.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

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
