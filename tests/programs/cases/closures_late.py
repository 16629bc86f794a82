"""Closures see the last value of what they capture."""

from __future__ import annotations

from collections.abc import Callable


def counters() -> tuple[Callable[[], int], Callable[[int], None]]:
    count = 0

    def up() -> int:
        nonlocal count
        count += 1
        return count

    def set_to(value: int) -> None:
        nonlocal count
        count = value

    return up, set_to


def adders() -> list[Callable[[int], int]]:
    made: list[Callable[[int], int]] = []
    for n in range(3):
        made.append(lambda x: x + n)
        made.append(lambda x, n=n: x + n)
    return made


def compose(f: Callable[[int], int], g: Callable[[int], int]) -> Callable[[int], int]:
    return lambda x: f(g(x))


def accumulate() -> Callable[[int], list[int]]:
    seen: list[int] = []

    def add(value: int) -> list[int]:
        seen.append(value)
        return seen

    return add


def main() -> None:
    up, set_to = counters()
    print(up(), up())
    set_to(10)
    print(up())
    other, _ = counters()
    print(other(), up())
    print([f(10) for f in adders()])
    print(compose(lambda x: x * 2, lambda x: x + 1)(5))
    add = accumulate()
    add(1)
    print(add(2), add(3))
    late: list[Callable[[], int]] = []
    for i in range(3):
        late.append(lambda: i * i)
    print([f() for f in late])
    value = 1
    show = lambda: value  # noqa: E731
    value = 2
    print(show())
    table: dict[str, Callable[[float, float], float]] = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
    }
    for name, f in table.items():
        print(name, f(6.0, 1.5))


if __name__ == "__main__":
    main()
