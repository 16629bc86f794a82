"""Tuples that are searched, and generic containers that are asked for anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")

print((1, 2, 1).count(1), ("a", "b").index("b"), (1.5, 2.5).count(9.0))
try:
    (1, 2).index(3)
except ValueError as e:
    print(e)
days = ("mon", "tue")
print(days.index("tue"), [days.count(d) for d in days])


class Stack(Generic[T]):
    def __init__(self) -> None:
        self._items: list[T] = []

    def push(self, item: T) -> None:
        self._items.append(item)

    def __contains__(self, item: object) -> bool:
        return item in self._items

    def __iter__(self) -> Iterator[T]:
        return reversed(self._items)


class Pairs(Generic[K, V]):
    def __init__(self, values: dict[K, V]) -> None:
        self.values = values

    def __contains__(self, key: object) -> bool:
        return key in self.values


stack: Stack[int] = Stack()
stack.push(3)
stack.push(4)
print(3 in stack, 9 in stack, list(stack))
pairs = Pairs({"a": 1})
print("a" in pairs, "b" not in pairs)
