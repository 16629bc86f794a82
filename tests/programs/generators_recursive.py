"""Generators that loop over themselves."""

from __future__ import annotations
from typing import Iterator, Optional


class Node:
    def __init__(self, v: int, l: Optional[Node] = None, r: Optional[Node] = None) -> None:
        self.v = v
        self.l = l
        self.r = r

    def __del__(self) -> None:
        print("del", self.v)

    def walk(self) -> Iterator[int]:
        if self.l:
            yield from self.l.walk()
        yield self.v
        if self.r:
            for x in self.r.walk():
                yield x


def insert(t: Optional[Node], v: int) -> Node:
    if t is None:
        return Node(v)
    if v < t.v:
        t.l = insert(t.l, v)
    else:
        t.r = insert(t.r, v)
    return t


def perms(xs: list[int]) -> Iterator[list[int]]:
    if len(xs) <= 1:
        yield xs
        return
    for i in range(len(xs)):
        rest = xs[:i] + xs[i + 1 :]
        for p in perms(rest):
            yield [xs[i]] + p


def subsets(xs: list[str]) -> Iterator[list[str]]:
    if not xs:
        yield []
        return
    for s in subsets(xs[1:]):
        yield s
        yield [xs[0]] + s


def noisy(n: int) -> Iterator[int]:
    try:
        if n > 0:
            yield from noisy(n - 1)
        yield n
        if n == 3:
            raise ValueError("three")
    finally:
        print("end", n)


def even(n: int) -> Iterator[int]:
    yield n
    if n > 0:
        yield from odd(n - 1)


def odd(n: int) -> Iterator[int]:
    yield -n
    if n > 0:
        yield from even(n - 1)


def hanoi(n: int, a: str, b: str, c: str) -> Iterator[tuple[str, str]]:
    if n:
        yield from hanoi(n - 1, a, c, b)
        yield a, b
        yield from hanoi(n - 1, c, b, a)


def main() -> None:
    t: Optional[Node] = None
    for v in [5, 2, 8, 1, 9, 3]:
        t = insert(t, v)
    assert t is not None
    print(list(t.walk()))
    for x in t.walk():
        if x > 2:
            break
    print(sum(t.walk()), max(t.walk()))
    for p in perms([1, 2, 3]):
        print(p)
    print(list(subsets(["a", "b", "c"])))
    for x in noisy(2):
        print(x)
        if x == 1:
            break
    try:
        for x in noisy(4):
            print(x)
    except ValueError as e:
        print("caught", e)
    print(list(even(5)))
    print(list(hanoi(3, "A", "B", "C")))
    print(len(list(perms([1, 2, 3, 4, 5, 6]))))


main()
