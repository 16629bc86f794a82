"""Generators that are left early clean up at the right time."""

from __future__ import annotations

from collections.abc import Iterator


def numbers(name: str, count: int) -> Iterator[int]:
    print("start", name)
    try:
        for number in range(count):
            yield number
        print("through", name)
    finally:
        print("close", name)


def doubled(source: Iterator[int]) -> Iterator[int]:
    try:
        for number in source:
            yield 2 * number
    finally:
        print("close doubled")


def first_above(limit: int) -> int:
    for number in numbers("a", 10):
        if number > limit:
            return number
    return -1


def main() -> None:
    print(first_above(2), first_above(20))
    for number in numbers("b", 5):
        if number == 1:
            break
        print(number)
    print("after b")
    kept = numbers("c", 3)
    print(next(kept))
    del kept
    print("after c")
    unused = numbers("d", 3)
    del unused
    print("after d")
    for number in doubled(numbers("e", 4)):
        print(number)
        if number == 4:
            break
    print("after e")
    try:
        for number in numbers("f", 3):
            if number == 1:
                raise ValueError("stop")
    except ValueError as error:
        print(error)
    whole = list(numbers("g", 2))
    print(whole)
    held = numbers("h", 1)
    print(next(held), next(held, -1), next(held, -2))
    try:
        next(held)
    except StopIteration:
        print("StopIteration")
    lazy = (number * number for number in numbers("i", 3))
    print(next(lazy))
    print(sum(lazy))


if __name__ == "__main__":
    main()
