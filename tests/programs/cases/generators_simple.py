"""Generators simple."""

from __future__ import annotations

from typing import Iterator


def countdown(n: int) -> Iterator[int]:
    while n > 0:
        yield n
        n -= 1


def evens(limit: int) -> Iterator[int]:
    for i in range(limit):
        if i % 2 == 0:
            yield i


def fib(limit: int) -> Iterator[int]:
    a, b = 0, 1
    while a < limit:
        yield a
        a, b = b, a + b


def main() -> None:
    for x in countdown(3):
        print(x)
    print(list(evens(10)), sum(fib(100)), max(fib(1000)))
    print([x * x for x in fib(50) if x % 2])
    for a, b in zip(countdown(3), evens(10)):
        print(a, b)


if __name__ == "__main__":
    main()
