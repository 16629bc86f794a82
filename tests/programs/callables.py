"""Functions as values: closures that are kept, loop variables, defaults, keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator


def adder(n: int) -> Callable[[int], int]:
    def add(x: int) -> int:
        return x + n

    return add


def counter() -> Callable[[], int]:
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return count

    return step


def compose(f: Callable[[int], int], g: Callable[[int], int]) -> Callable[[int], int]:
    return lambda x: f(g(x))


def double(x: int) -> int:
    return x * 2


def apply_all(fs: list[Callable[[int], int]], x: int) -> list[int]:
    return [f(x) for f in fs]


def late() -> list[Callable[[], int]]:
    fs: list[Callable[[], int]] = []
    for i in range(3):
        fs.append(lambda: i)
    return fs


def bound() -> list[Callable[[], int]]:
    fs: list[Callable[[], int]] = []
    for i in range(3):
        fs.append(lambda j=i: j * 10)
    return fs


def gen(n: int) -> Iterator[int]:
    try:
        for i in range(n):
            yield i
    finally:
        print("closed")


class Item:
    name: str
    size: int

    def __init__(self, name: str, size: int) -> None:
        self.name = name
        self.size = size

    def get(self) -> int:
        return self.size


def main() -> None:
    print(adder(3)(4))
    c = counter()
    print(c(), c(), c())
    print(compose(adder(1), double)(5))
    print(apply_all([adder(1), double, lambda x: x - 1], 10))
    table: dict[str, Callable[[int, int], int]] = {
        "+": lambda a, b: a + b,
        "*": lambda a, b: a * b,
    }
    for name, op in table.items():
        print(name, op(3, 4))
    print([f() for f in late()], [f() for f in bound()])
    items = [Item("b", 2), Item("a", 3), Item("c", 1)]
    print([i.name for i in sorted(items, key=lambda item: item.size)])
    print([i.name for i in sorted(items, key=lambda item: item.name, reverse=True)])
    words = ["ccc", "a", "bb"]
    print(sorted(words, key=len), max(words, key=len), min(words, key=len))
    words.sort(key=len, reverse=True)
    print(words)
    print(list(map(double, [1, 2, 3])), list(filter(lambda v: v > 1, [1, 2, 3])))
    print(list(map(str, [1, 2])), list(map(len, words)))
    for v in gen(5):
        if v == 2:
            break
        print(v)
    print(sum(x * x for x in range(4)))
    method = items[0].get
    print(method())
    total = 0

    def bump(by: int) -> None:
        nonlocal total
        total += by

    for k in range(4):
        bump(k)
    print(total)
    f: Callable[[int], int] | None = None
    f = double
    print(f(4) if f is not None else 0)


if __name__ == "__main__":
    main()
