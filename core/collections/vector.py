"""Vector: a sequence that grows at its end, in storage that is handed in.

When it is full the owner may hand in larger storage, which takes the elements over.

Invariant: used <= len(storage).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from lang import Slice, copy, irq_safe, struct, usize

T = TypeVar("T")


@struct
class Vector(Generic[T]):
    """A sequence."""

    storage: Slice[T]
    used: usize

    @irq_safe
    def __len__(self) -> usize:
        return self.used

    @irq_safe
    def __getitem__(self, index: usize) -> T:
        return self.elements()[index]

    @irq_safe
    def __setitem__(self, index: usize, value: T) -> None:
        self.elements()[index] = copy(value)

    @irq_safe
    def __iter__(self) -> Iterator[T]:
        for index in range(self.used):
            yield self.storage[index]

    @irq_safe
    def elements(self) -> Slice[T]:
        """Return a view of the elements, good until the storage changes."""
        return self.storage[: self.used]

    @irq_safe
    def append(self, value: T) -> None:
        """Add an element at the end.

        Raises:
            MemoryError: the storage is full.
        """
        if self.used == len(self.storage):
            raise MemoryError
        self.storage[self.used] = copy(value)
        self.used += 1

    @irq_safe
    def insert(self, index: usize, value: T) -> None:
        """Add an element before the one at `index`, or at the end.

        Raises:
            MemoryError: the storage is full.
        """
        assert index <= self.used
        self.append(value)
        tail = self.storage[index : self.used]
        tail[1:].copy_from(tail[: len(tail) - 1])
        tail[0] = copy(value)

    @irq_safe
    def pop(self) -> T:
        """Remove the last element of a vector that is not empty, and return it."""
        value = copy(self.elements()[self.used - 1])
        self.used -= 1
        return value

    @irq_safe
    def remove_at(self, index: usize) -> T:
        """Remove the element at `index` and return it; those after it move up."""
        value = copy(self.elements()[index])
        tail = self.storage[index : self.used]
        tail[: len(tail) - 1].copy_from(tail[1:])
        self.used -= 1
        return value

    @irq_safe
    def swap_remove(self, index: usize) -> T:
        """Remove the element at `index` and return it; the last one takes its place."""
        value = copy(self.elements()[index])
        self.storage[index] = copy(self.storage[self.used - 1])
        self.used -= 1
        return value

    @irq_safe
    def clear(self) -> None:
        self.used = 0

    @irq_safe
    def move_to(self, storage: Slice[T]) -> Slice[T]:
        """Go on in larger storage, and return the old one."""
        old = self.storage
        storage[: self.used].copy_from(self.elements())
        self.storage = storage
        return old
