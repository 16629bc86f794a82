"""What a closure sees of a loop's variable."""

from __future__ import annotations

from collections.abc import Callable


def make_counter(start: int) -> Callable[[], int]:
    count = start

    def next_value() -> int:
        nonlocal count
        count += 1
        return count

    return next_value


def late() -> list[int]:
    functions: list[Callable[[], int]] = []
    for i in range(4):
        functions.append(lambda: i * 10)
    return [f() for f in functions]


def early() -> list[int]:
    functions: list[Callable[[], int]] = []
    for i in range(4):
        functions.append(lambda i=i: i * 10)
    return [f() for f in functions]


def by_factory() -> list[int]:
    def make(n: int) -> Callable[[int], int]:
        return lambda x: x * n

    return [f(10) for f in [make(n) for n in range(4)]]


def compose(f: Callable[[int], int], g: Callable[[int], int]) -> Callable[[int], int]:
    return lambda x: f(g(x))


def main() -> None:
    a, b = make_counter(0), make_counter(10)
    print(a(), a(), b(), a(), b())
    print(late(), by_factory())
    print(compose(lambda x: x + 1, lambda x: x * 2)(5))
    total = 0

    def add(n: int) -> None:
        nonlocal total
        total += n

    for n in range(5):
        add(n)
    print(total)


if __name__ == "__main__":
    main()
