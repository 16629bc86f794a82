"""Decorators of the program's own, caches, and reduce."""

from __future__ import annotations

import functools
from functools import cache, lru_cache, reduce, wraps
from typing import Callable


def traced(function: Callable[[int], int]) -> Callable[[int], int]:
    @wraps(function)
    def around(n: int) -> int:
        print("call", n)
        return function(n)

    return around


def times(factor: int) -> Callable[[Callable[[int], int]], Callable[[int], int]]:
    def decorate(function: Callable[[int], int]) -> Callable[[int], int]:
        def around(n: int) -> int:
            return factor * function(n)

        return around

    return decorate


@traced
def square(n: int) -> int:
    return n * n


@times(3)
@traced
def half(n: int) -> int:
    return n // 2


@cache
def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@lru_cache(maxsize=None)
def paths(rows: int, columns: int) -> int:
    print("compute", rows, columns)
    if rows == 0 or columns == 0:
        return 1
    return paths(rows - 1, columns) + paths(rows, columns - 1)


@lru_cache(maxsize=2)
def shout(word: str) -> str:
    print("shouting", word)
    return word.upper()


def use() -> None:
    print(square(4), half(9))


use()
print(square(3))
print(fib(80), paths(2, 2), paths(2, 2))
for word in ["a", "b", "a", "c", "b", "a"]:
    print(shout(word))
shout.cache_clear()
print(shout("a"))
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), functools.reduce(lambda a, b: a + b, range(4), 10))
print(reduce(lambda text, n: text + str(n), [1, 2], ""))
try:
    print(reduce(lambda a, b: a + b, [n for n in range(0)]))
except TypeError as error:
    print(error)
