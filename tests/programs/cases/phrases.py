"""Displays with stars, print in all its forms, formats with % and format, names of typing."""

from __future__ import annotations

from typing import Dict, Iterator, List, Optional, Tuple


def log(value: int) -> int:
    print("log", value)
    return value


def numbers(limit: int) -> Iterator[int]:
    yield from range(limit)
    yield from [10, 20]


def twice() -> Iterator[int]:
    for _ in range(2):
        yield from numbers(2)


def pairs(words: List[str]) -> Dict[str, Tuple[int, Optional[str]]]:
    return {word: (len(word), None) for word in words}


class Point:
    def __init__(self, x: int, y: float) -> None:
        self.x = x
        self.y = y

    def __str__(self) -> str:
        return f"<{self.x}, {self.y}>"


def main() -> None:
    a = [1, 2]
    b = (3, 4)
    print([*a, 0, *b], [*a], [0, *a], [*range(3), *a])
    print([log(1), *[log(2), log(3)], log(4)])
    print(sorted({*a, 9, *b}))
    d = {"x": 1, "y": 2}
    print({**d}, {"w": 0, **d, "x": 7}, {**d, **{"y": 5, "z": 6}})
    print(list(twice()), sum(numbers(3)))
    print(pairs(["one", "three"]))

    print(*a)
    print(*a, sep=", ", end=".\n")
    print("a", *b, 2.5, None)
    gap = " | "
    print("a", 1, 2.0, sep=gap)
    print("x", end=gap + "\n")
    print(*"abc", sep="")
    print(*(n * n for n in a))

    p = Point(3, 0.5)
    print("%d items, %s and %r" % (3, "text", "text"))
    print("%5d|%-5d|%05d|%+d|%x|%X|%o" % (42, 42, 42, 42, 255, 255, 8))
    print("%.2f|%8.3f|%-8.1f|%e|%g|%%" % (2.345, 2.5, 2.5, 12345.678, 0.0001))
    print("%s|%10s|%-10s|%.2s" % (p, "right", "left", "cut"))
    print("one: %s" % 1, "one: %d" % 7)
    print("{} and {}".format(1, "two"), "{1} {0} {1}".format("a", "b"))
    print("{:>6}|{:<6}|{:^6}|{:06.2f}".format("a", "b", "c", 3.14159))
    print("{name} is {age:d}, {p.x} {p.y:.1f}".format(name="Ann", age=7, p=p))
    print("{{}} {!r} {!s:>5}".format("q", "s"))
    print(format(3.14159, ".2f"), format(255, "x"), format("a", ">3"), format(7))


if __name__ == "__main__":
    main()
