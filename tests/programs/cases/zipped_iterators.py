from __future__ import annotations

from collections.abc import Iterator


def naturals() -> Iterator[int]:
    n = 0
    while True:
        print("make", n)
        yield n
        n += 1


class Countdown:
    def __init__(self, start: int) -> None:
        self.value = start

    def __iter__(self) -> Countdown:
        return self

    def __next__(self) -> int:
        if self.value == 0:
            raise StopIteration
        self.value -= 1
        return self.value


def side_by_side() -> None:
    for a, b in zip(naturals(), "abc"):
        print(a, b)
    for c, d in zip("ab", naturals()):
        print(c, d)
    numbers = naturals()
    print(list(zip(numbers, [10, 20])), next(numbers))
    print(dict(zip(["x", "y"], naturals())))
    print(list(zip(Countdown(3), {5, 6}, "uvw", (x * x for x in range(9)))))


def with_else(limit: int) -> None:
    for a, b in zip(map(abs, [-1, -2, -3]), "xyz"):
        if a == limit:
            break
        if a == 2:
            continue
        print(a, b)
    else:
        print("all")


def same_twice() -> None:
    it = iter([1, 2, 3, 4, 5])
    for a, b in zip(it, it):
        print(a, b)
    print(list(it))


def groups(words: list[str]) -> None:
    print(list(zip(*[iter(words)] * 2)))
    for a, b, c in zip(*[iter(range(7))] * 3):
        print(a, b, c)
    for pair in zip(*[iter("abcd")] * 2):
        print(pair)
    print([x + y for x, y in zip(*[iter([1, 2, 3, 4])] * 2)])
    pairs = zip(*[iter(words)] * 2)
    print(next(pairs), list(pairs))
    columns = zip(*[[1, 2], [3, 4]])
    print(next(columns))


def names_of_another_type() -> None:
    for a, b in zip([1, 2], "xy"):
        print(a, b)
    for a, b in zip("ab", [1, 2]):
        print(a, b)
    for k, v in {"a": 1}.items():
        print(k, v)
    for k, v in {1: "a"}.items():
        print(k, v)


def main() -> None:
    side_by_side()
    with_else(3)
    with_else(9)
    same_twice()
    groups(["a", "b", "c", "d", "e"])
    names_of_another_type()
