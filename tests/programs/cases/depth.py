"""Recursion that goes deep, of functions, methods and structures."""

from __future__ import annotations


class Link:
    def __init__(self, value: int, rest: Link | None) -> None:
        self.value = value
        self.rest = rest

    def total(self) -> int:
        return self.value if self.rest is None else self.value + self.rest.total()


def depth_of(n: int) -> int:
    return 0 if n == 0 else 1 + depth_of(n - 1)


def is_even(n: int) -> bool:
    return True if n == 0 else is_odd(n - 1)


def is_odd(n: int) -> bool:
    return False if n == 0 else is_even(n - 1)


def ackermann(m: int, n: int) -> int:
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def endless(n: int) -> int:
    return endless(n + 1) + 1


def flatten(depth: int) -> str:
    return "." if depth == 0 else "[" + flatten(depth - 1) + "]"


def main() -> None:
    print(depth_of(800), is_even(700), is_odd(700), ackermann(2, 6))
    chain: Link | None = None
    for value in range(600):
        chain = Link(value, chain)
    if chain is not None:
        print(chain.total())
    long: Link | None = None
    for value in range(50000):
        long = Link(value, long)
    long = None
    print("a long chain has ended")
    try:
        endless(0)
    except RecursionError as error:
        print(str(error)[:32])
    print(len(flatten(300)))


if __name__ == "__main__":
    main()
