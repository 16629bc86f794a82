"""A singly linked list with iteration, reversal and merging."""

from __future__ import annotations

from collections.abc import Iterator


class Cell:
    def __init__(self, value: int, rest: Cell | None = None) -> None:
        self.value = value
        self.rest = rest


class LinkedList:
    def __init__(self, values: list[int] | None = None) -> None:
        self.head: Cell | None = None
        if values is not None:
            for value in reversed(values):
                self.push(value)

    def push(self, value: int) -> None:
        self.head = Cell(value, self.head)

    def pop(self) -> int:
        if self.head is None:
            raise IndexError("pop from empty list")
        value = self.head.value
        self.head = self.head.rest
        return value

    def __iter__(self) -> Iterator[int]:
        cell = self.head
        while cell is not None:
            yield cell.value
            cell = cell.rest

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, value: int) -> bool:
        return any(v == value for v in self)

    def reverse(self) -> None:
        previous: Cell | None = None
        cell = self.head
        while cell is not None:
            cell.rest, previous, cell = previous, cell, cell.rest
        self.head = previous

    def __repr__(self) -> str:
        return " -> ".join(str(v) for v in self) or "empty"


def merge(a: Cell | None, b: Cell | None) -> Cell | None:
    if a is None:
        return b
    if b is None:
        return a
    if a.value <= b.value:
        return Cell(a.value, merge(a.rest, b))
    return Cell(b.value, merge(a, b.rest))


def main() -> None:
    xs = LinkedList([3, 1, 4, 1, 5])
    print(xs, len(xs), 4 in xs, 9 in xs)
    xs.reverse()
    print(xs)
    print(xs.pop())
    print(xs)
    merged = LinkedList()
    merged.head = merge(LinkedList([1, 4, 9]).head, LinkedList([2, 4, 6, 10]).head)
    print(merged, list(merged), sum(merged), max(merged))
    empty = LinkedList()
    print(empty, len(empty))
    try:
        empty.pop()
    except IndexError as error:
        print(error)


if __name__ == "__main__":
    main()
