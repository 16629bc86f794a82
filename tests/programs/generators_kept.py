"""Generators that are kept, passed on, asked for one item, closed and dropped."""

from __future__ import annotations

from typing import Callable, Generator, Iterable, Iterator


def gen(name: str) -> Generator[int, None, None]:
    try:
        print("start", name)
        yield 1
        yield 2
    finally:
        print("cleanup", name)


g = gen("a")
print(next(g))
g.close()
g.close()
print(list(g))


def use() -> None:
    h = gen("b")
    print(next(h))
    print("leaving")


use()
h = gen("c")
for x in h:
    print(x)
    break
print("end")
del h
print("deleted")
for x in gen("d") if len("a") == 1 else g:
    print(x)
    break
print("after")


class Tree:
    def __init__(self, value: int, left: "Tree | None" = None, right: "Tree | None" = None):
        self.value = value
        self.left = left
        self.right = right

    def __iter__(self) -> Iterator[int]:
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


t = Tree(5, Tree(2), Tree(8, Tree(6)))
print(list(t), max(t), 6 in list(t))
it = iter(t)
print(next(it), next(it))


class Countdown:
    def __init__(self, n: int) -> None:
        self.n = n

    def __iter__(self) -> "Countdown":
        return self

    def __next__(self) -> int:
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


r = iter(Countdown(2))
print(next(r), next(r), next(r, None))


def total(xs: Iterable[int]) -> int:
    return sum(xs) + sum(xs)


print(total([1, 2]), total({3}), total(range(4)), total((1, 2, 3)), total(x for x in [5]))
print(total(gen("e")), total({1: "a"}), total(Countdown(3)), total(Tree(4)))


def first_two(source: Iterator[int]) -> list[int]:
    return [next(source), next(source)]


print(first_two(iter([7, 8, 9])), first_two(Countdown(9)))


def nested(n: int) -> list[int]:
    scale = 10

    def inner(k: int) -> Iterator[int]:
        for i in range(k):
            yield i * scale + n

    scale = 100
    return list(inner(3))


print(nested(1))


def counter(start: int) -> Iterator[int]:
    def run() -> Iterator[int]:
        nonlocal start
        while start < 3:
            yield start
            start += 1

    return run()


print(list(counter(0)))


def pipeline(source: Iterable[int], *, limit: int) -> Iterator[str]:
    for x in source:
        if x > limit:
            return
        yield f"<{x}>"


print(list(pipeline((x * x for x in range(100)), limit=30)))


class Source:
    def items(self) -> Iterator[str]:
        yield "base"


class Derived(Source):
    def items(self) -> Iterator[str]:
        yield "derived"
        yield "more"


sources: list[Source] = [Source(), Derived()]
for s in sources:
    for item in s.items():
        print(item)
gens: list[Iterator[int]] = [iter([1, 2]), gen("f"), (x for x in range(2))]
for each in gens:
    print(next(each))
holder: dict[str, Iterator[int]] = {"a": iter([5, 6])}
print(next(holder["a"]), next(holder["a"]), next(holder["a"], 0))


def fails() -> Iterator[int]:
    yield 1
    raise ValueError("inside")


f = fails()
print(next(f))
try:
    next(f)
except ValueError as e:
    print("caught", e)
print(next(f, 99))
m = map(lambda a: a * 2, [1, 2, 3])
print(next(m), list(m))
fl = filter(lambda a: a > 1, [1, 2, 3])
print(next(fl), list(fl))
e2 = enumerate(["x", "y"], 1)
print(next(e2), list(e2))
rv = reversed([1, 2, 3])
print(next(rv), list(rv))


def make() -> Callable[[], Iterator[int]]:
    return lambda: iter([1, 2])


print(list(make()()))
print(sorted(x for x in gen("s")))
a, b = gen("u")
print(a, b)
numbers = iter([3, 2, 1])
print(next(numbers))
print(next(numbers))
print(next(numbers, -1))
print(next(numbers, -1))
print(next(numbers, None))
it = iter([5, 4, 3, 2, 1])
for x in it:
    print(x)
    if x == 3:
        break
print(list(it))
g = (x * x for x in range(4) if x != 2)
print(next(g))
print(list(g), list(g))
names = ["a", "bb"]
upper = (n.upper() for n in names)
names.append("c")
print(list(upper))
i = iter([1, 2, 3])
print(next(i), sum(i))
z = zip([1, 2, 3], "abc")
print(next(z), list(z))
try:
    next(z)
except StopIteration:
    print("stop")
