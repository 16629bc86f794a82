"""tuple[T, ...]: a tuple whose length is known only when the program runs.

Source: Python Library Reference, "Tuples"; CPython, Objects/tupleobject.c, for the hash.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar, final

from core.containers import hashes, ranges, storage
from core.containers.list import LARGEST, list
from core.text.buffer import TextBuffer
from lang import u64

T = TypeVar("T")


@final
class tuple_of(Generic[T]):
    """Items that do not change."""

    items: list[T]  # nobody else has it

    def __init__(self, items: list[T]) -> None:
        self.items = items

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> T:
        position = index if index >= 0 else index + len(self.items)
        if position < 0 or position >= len(self.items):
            raise IndexError("tuple index out of range")
        return self.items[position]

    def __iter__(self) -> Iterator[T]:
        index = 0
        while index < len(self.items):
            yield self.items[index]
            index += 1

    def __contains__(self, value: T) -> bool:
        return value in self.items

    def index(self, value: T, start: int = 0, stop: int = LARGEST) -> int:
        """Return where the value comes first among [start:stop].

        Raises:
            ValueError: it is not there.
        """
        first = ranges.clamped(start, len(self.items))
        for at in range(first, ranges.clamped(stop, len(self.items))):
            if self.items[at] == value:
                return at
        raise ValueError("tuple.index(x): x not in tuple")

    def count(self, value: T) -> int:
        return self.items.count(value)

    def get_slice(self, start: int | None, stop: int | None, step: int | None) -> tuple_of[T]:
        return tuple_of[T](self.items.get_slice(start, stop, step))

    def __add__(self, other: tuple_of[T]) -> tuple_of[T]:
        return tuple_of[T](self.items + other.items)

    def __mul__(self, count: int) -> tuple_of[T]:
        return tuple_of[T](self.items * count)

    def __rmul__(self, count: int) -> tuple_of[T]:
        return tuple_of[T](self.items * count)

    def __eq__(self, other: tuple_of[T]) -> bool:
        return self.items == other.items

    def __lt__(self, other: tuple_of[T]) -> bool:
        return self.items < other.items

    def __le__(self, other: tuple_of[T]) -> bool:
        return self.items <= other.items

    def __gt__(self, other: tuple_of[T]) -> bool:
        return self.items > other.items

    def __ge__(self, other: tuple_of[T]) -> bool:
        return self.items >= other.items

    def __hash__(self) -> int:
        state = hashes.start()
        for item in self.items:
            state = hashes.added(state, hash(item))
        return hashes.finished(state, u64(len(self.items)))

    def write_repr(self, out: TextBuffer) -> None:
        """Write what repr() of the tuple is."""
        out.write_byte(ord("("))
        index = 0
        while index < len(self.items):
            if index > 0:
                out.write(b", ")
            storage.write(out, f"{self.items[index]!r}")
            index += 1
        if index == 1:
            out.write_byte(ord(","))
        out.write_byte(ord(")"))
