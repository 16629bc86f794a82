"""Python's module copy, for programs.

    copy(items)         the alternatives of `copy` say what another one of each type is
    deepcopy(items)     those of `copied` make one whose parts are copied, too

A list is given by place only, as one that may be named takes any iterable. A class of a program's file has
`__copy__` and `__deepcopy__`, which the compiler writes (compiler/phrases/copy_words.py). As in Python, what one copy meets twice is copied once: a Memo knows where.

Source: Python Library Reference, module copy.
"""

from __future__ import annotations

from collections import deque
from typing import TypeVar

from lang import Ptr, borrow, duplicate, retain, u64

T = TypeVar("T")
U = TypeVar("U")
V = TypeVar("V")
K = TypeVar("K")


class Memo:
    """The addresses of objects that were copied, and of their copies, which what is being made keeps alive."""

    made: dict[u64, u64]

    def __init__(self) -> None:
        self.made = {}


def known(memo: Memo, x: T) -> T | None:
    """Return the copy of an object; None if there is none yet."""
    address = memo.made.get(borrow(x).address)
    if address is None:
        return None
    return retain(Ptr[T](address))


def keep(memo: Memo, x: T, made: T) -> T:
    memo.made[borrow(x).address] = borrow(made).address
    return made


def alike(x: T) -> T:
    """Return a second object with the same fields."""
    return duplicate(x)


def emptied(x: dict[K, V]) -> dict[K, V]:
    """Return an empty dict that is a defaultdict, or an OrderedDict, if the other one is."""
    made = x.copy()
    made.clear()
    return made


# One level ------------------------------------------------------------------------------------


def copy(x: int) -> int:
    return x


def copy__float(x: float) -> float:
    return x


def copy__bool(x: bool) -> bool:
    return x


def copy__text(x: str) -> str:
    return x


def copy__list(x: list[T], /) -> list[T]:
    return x.copy()


def copy__dict(x: dict[K, V]) -> dict[K, V]:
    return x.copy()


def copy__set(x: set[T]) -> set[T]:
    return x.copy()


def copy__deque(x: deque[T]) -> deque[T]:
    return x.copy()


def copy__pair(x: tuple[T, U]) -> tuple[T, U]:
    return x


def copy__object(x: T) -> T:
    return x.__copy__()


# All levels -----------------------------------------------------------------------------------


def deepcopy(x: T) -> T:
    return copied(x, Memo())


def copied(x: bool, memo: Memo) -> bool:
    """Return a copy of a value. Its type says which of these functions does."""
    return x


def copied__int(x: int, memo: Memo) -> int:
    return x


def copied__float(x: float, memo: Memo) -> float:
    return x


def copied__text(x: str, memo: Memo) -> str:
    return x


def copied__bytes(x: bytes, memo: Memo) -> bytes:
    return x


def copied__list_with_none(x: list[T | None], /, memo: Memo) -> list[T | None]:
    before = known(memo, x)
    if before is not None:
        return before
    made: list[T | None] = []
    keep(memo, x, made)
    for each in x:
        made.append(None if each is None else copied(each, memo))
    return made


def copied__list(x: list[T], /, memo: Memo) -> list[T]:
    before = known(memo, x)
    if before is not None:
        return before
    made: list[T] = []
    keep(memo, x, made)
    for each in x:
        made.append(copied(each, memo))
    return made


def copied__dict_with_none(x: dict[K, V | None], memo: Memo) -> dict[K, V | None]:
    before = known(memo, x)
    if before is not None:
        return before
    made = keep(memo, x, emptied(x))
    for key, value in x.items():
        made[copied(key, memo)] = None if value is None else copied(value, memo)
    return made


def copied__dict(x: dict[K, V], memo: Memo) -> dict[K, V]:
    before = known(memo, x)
    if before is not None:
        return before
    made = keep(memo, x, emptied(x))
    for key, value in x.items():
        made[copied(key, memo)] = copied(value, memo)
    return made


def copied__set(x: set[T], memo: Memo) -> set[T]:
    before = known(memo, x)
    if before is not None:
        return before
    made: set[T] = set()
    keep(memo, x, made)
    for each in x:
        made.add(copied(each, memo))
    return made


def copied__deque(x: deque[T], memo: Memo) -> deque[T]:
    made: deque[T] = deque([], x.maxlen)
    for each in x:
        made.append(copied(each, memo))
    return made


def copied__pair(x: tuple[T, U], memo: Memo) -> tuple[T, U]:
    first, second = x
    return copied(first, memo), copied(second, memo)


def copied__triple(x: tuple[T, U, V], memo: Memo) -> tuple[T, U, V]:
    first, second, third = x
    return copied(first, memo), copied(second, memo), copied(third, memo)


def copied__several(x: tuple[T, ...], memo: Memo) -> tuple[T, ...]:
    return tuple([copied(each, memo) for each in x])


def copied__object(x: T, memo: Memo) -> T:
    return x.__deepcopy__(memo)
