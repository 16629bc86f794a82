"""The name of a generic class, asked for by its objects."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: list[T] = []

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.items})"


def main() -> None:
    numbers: Stack[int] = Stack()
    numbers.items.append(3)
    words: Stack[str] = Stack()
    print(numbers, words, words.__class__.__name__)


if __name__ == "__main__":
    main()
