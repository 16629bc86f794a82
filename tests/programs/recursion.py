"""Deep recursion: what fits is computed, what never ends is a RecursionError."""

from __future__ import annotations


class Node:
    value: int
    next: Node | None

    def __init__(self, value: int, next: Node | None) -> None:
        self.value = value
        self.next = next

    def total(self) -> int:
        if self.next is None:
            return self.value
        return self.value + self.next.total()


def without_end(n: int) -> int:
    return 1 + without_end(n + 1)


def in_place(n: int) -> int:
    return in_place(n + 1)


def even(n: int) -> bool:
    return n == 0 or odd(n - 1)


def odd(n: int) -> bool:
    return n != 0 and even(n - 1)


def round_and_round(n: int) -> int:
    return and_back(n)


def and_back(n: int) -> int:
    return round_and_round(n + 1) + 1


def main() -> None:
    first: Node | None = None
    for value in range(500):
        first = Node(value, first)
    if first is not None:
        print(first.total(), even(300))
    for number in range(2):
        try:
            print(without_end(number))
        except RecursionError as e:
            print(type(e).__name__)
    try:
        print(in_place(0))
    except RecursionError:
        print("in place")
    print(round_and_round(0))


if __name__ == "__main__":
    main()
