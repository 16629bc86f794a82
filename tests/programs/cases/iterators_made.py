"""Iterators of classes, of generators, and what the builtins make of them."""

from __future__ import annotations

from collections.abc import Iterator


class Countdown:
    def __init__(self, start: int) -> None:
        self.current = start

    def __iter__(self) -> Countdown:
        return self

    def __next__(self) -> int:
        if self.current <= 0:
            raise StopIteration
        self.current -= 1
        return self.current + 1


class Grid:
    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for y in range(self.height):
            for x in range(self.width):
                yield x, y

    def __len__(self) -> int:
        return self.width * self.height


def fibonacci() -> Iterator[int]:
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def chunks(values: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def evens(source: Iterator[int]) -> Iterator[int]:
    for value in source:
        if value % 2 == 0:
            yield value


def taken(count: int, source: Iterator[int]) -> list[int]:
    found: list[int] = []
    for value in source:
        found.append(value)
        if len(found) == count:
            break
    return found


def main() -> None:
    print(list(Countdown(4)), sum(Countdown(10)), max(Countdown(3)))
    for x, y in Grid(2, 2):
        print(x, y, end="; ")
    print(len(Grid(3, 4)), sorted(Grid(2, 2), reverse=True)[0])
    print(taken(10, fibonacci()), taken(5, evens(fibonacci())))
    print(list(chunks(list(range(7)), 3)))
    first, *middle, last = Countdown(5)
    print(first, middle, last)
    print(
        list(zip(Countdown(3), "abc")),
        list(enumerate("xy", 5)),
        list(map(lambda n: n * n, Countdown(3))),
    )
    print(
        [n for row in [[1, 2], [3]] for n in row if n != 2],
        {n % 3 for n in range(7)},
        {c: ord(c) for c in "ab"},
    )
    print(
        any(n > 3 for n in Countdown(5)),
        all(n > 0 for n in Countdown(5)),
        all(n > 1 for n in Countdown(5)),
    )
    lines = iter(["a", "", "b"])
    while (line := next(lines, None)) is not None:
        print(repr(line), end=" ")
    print()
    print(
        list(filter(None, [0, 1, 2])),
        list(reversed(range(3))),
        list(range(10, 0, -3)),
        list(range(3, 3)),
    )
    print(15 in range(0, 20), 16 in range(3))


if __name__ == "__main__":
    main()
