"""The least and the greatest of a list: what min() and max() of an iterable give.

Of equal ones it is the first. Source: Python Library Reference, "Built-in Functions".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from core.containers.list import list

T = TypeVar("T")
K = TypeVar("K")


def least(values: list[T]) -> T:
    """Return the least element.

    Raises:
        ValueError: the list is empty.
    """
    if len(values) == 0:
        raise ValueError("min() arg is an empty sequence")
    result = values[0]
    for value in values:
        result = min(result, value)
    return result


def greatest(values: list[T]) -> T:
    """Return the greatest element.

    Raises:
        ValueError: the list is empty.
    """
    if len(values) == 0:
        raise ValueError("max() arg is an empty sequence")
    result = values[0]
    for value in values:
        result = max(result, value)
    return result


def least_or(values: list[T], default: T) -> T:
    return default if len(values) == 0 else least(values)


def greatest_or(values: list[T], default: T) -> T:
    return default if len(values) == 0 else greatest(values)


def least_by(values: list[T], key: Callable[[T], K]) -> T:
    """Return the element with the least key; each is asked for its key once.

    Raises:
        ValueError: the list is empty.
    """
    if len(values) == 0:
        raise ValueError("min() arg is an empty sequence")
    result = values[0]
    known = key(result)
    for index in range(1, len(values)):
        asked = key(values[index])
        if asked < known:
            result = values[index]
            known = asked
    return result


def greatest_by(values: list[T], key: Callable[[T], K]) -> T:
    """Return the element with the greatest key; each is asked for its key once.

    Raises:
        ValueError: the list is empty.
    """
    if len(values) == 0:
        raise ValueError("max() arg is an empty sequence")
    result = values[0]
    known = key(result)
    for index in range(1, len(values)):
        asked = key(values[index])
        if asked > known:
            result = values[index]
            known = asked
    return result
