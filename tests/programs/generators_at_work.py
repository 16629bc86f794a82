"""Generators over trees, without end, with objects that end, inside closures and objects."""

from __future__ import annotations

from typing import Iterator, Callable, Optional, Generic, TypeVar
import sys

T = TypeVar("T")


class Node(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value = value
        self.children: list[Node[T]] = []

    def walk(self) -> Iterator[T]:
        yield self.value
        for c in self.children:
            yield from c.walk()

    def depth_first(self) -> Iterator[tuple[int, T]]:
        stack = [(0, self)]
        while stack:
            d, n = stack.pop()
            yield d, n.value
            for c in reversed(n.children):
                stack.append((d + 1, c))


root = Node("a")
root.children = [Node("b"), Node("c")]
root.children[0].children.append(Node("d"))
it = root.walk()
print(next(it), list(it))
for d, v in root.depth_first():
    print("  " * d + v)


class Tracker:
    def __init__(self, name: str) -> None:
        self.name = name

    def __del__(self) -> None:
        print("del", self.name)


def holds(name: str) -> Iterator[int]:
    t = Tracker(name)
    yield 1
    yield 2
    print("end of", t.name)


def main() -> None:
    g = holds("x")
    print(next(g))
    h = holds("y")
    print(list(h))
    k = holds("z")
    del k
    print("leaving")


main()


def fib() -> Iterator[int]:
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def take(n: int, it: Iterator[T]) -> list[T]:
    out: list[T] = []
    for x in it:
        out.append(x)
        if len(out) == n:
            break
    return out


f = fib()
print(take(5, f), take(5, f))
words = ["a", "b", "c"]
pairs = {w: i for i, w in enumerate(words)}
gen = (f"{k}={v}" for k, v in pairs.items() if v)
print(", ".join(gen))
total = sum(x for x in (y * y for y in range(4)))
print(total)
nested = (x + y for x in range(2) for y in range(2))
print(list(nested))


def outer() -> Callable[[], int]:
    it = iter(range(3))

    def step() -> int:
        return next(it, -1)

    return step


s = outer()
print(s(), s(), s(), s())


class Lazy:
    def __init__(self, source: Iterator[int]) -> None:
        self.source = source
        self.cache: list[int] = []

    def get(self, i: int) -> Optional[int]:
        while len(self.cache) <= i:
            x = next(self.source, None)
            if x is None:
                return None
            self.cache.append(x)
        return self.cache[i]


lz = Lazy(x * 2 for x in range(3))
print(lz.get(1), lz.get(2), lz.get(5))


def risky() -> Iterator[int]:
    try:
        yield 1
        raise ValueError("x")
    except ValueError as e:
        print("inside", e)
        yield 2
    finally:
        print("final")


print(list(risky()))
r = risky()
next(r)
r.close()
print(any(x > 3 for x in fib()), next(x for x in fib() if x > 50))
try:
    next(iter([1][1:]))
except StopIteration as e:
    print("stop", repr(e))
