"""Python's module operator, for programs: operators as functions.

`itemgetter`, `attrgetter` and `methodcaller` are lambdas that the compiler writes
(compiler/phrases/functional_words.py).

Source: Python Library Reference, module operator.
"""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


def add(a: T, b: T) -> T:
    return a + b


def concat(a: T, b: T) -> T:
    return a + b


def sub(a: T, b: T) -> T:
    return a - b


def mul(a: T, b: T) -> T:
    return a * b


def truediv(a: T, b: T) -> float:
    return a / b


def floordiv(a: T, b: T) -> T:
    return a // b


def mod(a: T, b: T) -> T:
    return a % b


def pow(a: T, b: T) -> T:
    return a**b


def neg(a: T) -> T:
    return -a


def pos(a: T) -> T:
    return a


def abs(a: T) -> T:
    return -a if a < 0 else a


def invert(a: T) -> T:
    return ~a


def inv(a: T) -> T:
    return ~a


def and_(a: T, b: T) -> T:
    return a & b


def or_(a: T, b: T) -> T:
    return a | b


def xor(a: T, b: T) -> T:
    return a ^ b


def lshift(a: int, b: int) -> int:
    return a << b


def rshift(a: int, b: int) -> int:
    return a >> b


def not_(a: T) -> bool:
    return not a


def truth(a: T) -> bool:
    return bool(a)


def eq(a: T, b: T) -> bool:
    return a == b


def ne(a: T, b: T) -> bool:
    return a != b


def lt(a: T, b: T) -> bool:
    return a < b


def le(a: T, b: T) -> bool:
    return a <= b


def gt(a: T, b: T) -> bool:
    return a > b


def ge(a: T, b: T) -> bool:
    return a >= b


def is_(a: T, b: T) -> bool:
    return a is b


def is_not(a: T, b: T) -> bool:
    return a is not b


def contains(a: list[T], b: T) -> bool:
    return b in a


def countOf(a: list[T], b: T) -> int:
    return a.count(b)


def indexOf(a: list[T], b: T) -> int:
    """Return where a value comes first.

    Raises:
        ValueError: it does not.
    """
    for index in range(len(a)):
        if a[index] == b:
            return index
    raise ValueError("sequence.index(x): x not in sequence")


def getitem(a: list[T], b: int) -> T:
    return a[b]


def getitem__of_dict(a: dict[K, V], b: K) -> V:
    return a[b]


def setitem(a: list[T], b: int, c: T) -> None:
    a[b] = c


def setitem__of_dict(a: dict[K, V], b: K, c: V) -> None:
    a[b] = c


def delitem(a: list[T], b: int) -> None:
    del a[b]


def delitem__of_dict(a: dict[K, V], b: K) -> None:
    del a[b]
