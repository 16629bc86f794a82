"""Ring buffer: first in, first out, in storage of a fixed size.

`taken` and `put` count all elements that ever left and entered, modulo 2**64; their difference is what
is inside, and each modulo the capacity is its place. So every element of the storage is usable and
full differs from empty.

Invariants: put - taken <= capacity. The capacity is a power of two, so that the remainder is a mask.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from lang import Slice, copy, irq_safe, struct, u64, usize, wrapping_add, wrapping_sub

T = TypeVar("T")


@struct
class Ring(Generic[T]):
    """Elements in the order in which they came."""

    storage: Slice[T]  # a power of two of them
    taken: u64
    put: u64

    @irq_safe
    def __len__(self) -> usize:
        return wrapping_sub(self.put, self.taken)

    @property
    @irq_safe
    def is_empty(self) -> bool:
        return self.put == self.taken

    @property
    @irq_safe
    def is_full(self) -> bool:
        return self.room == 0

    @property
    @irq_safe
    def room(self) -> usize:
        """How many more elements fit."""
        return len(self.storage) - wrapping_sub(self.put, self.taken)

    @irq_safe
    def try_push(self, value: T) -> bool:
        """Add an element; return False, and change nothing, if the ring is full."""
        if self.is_full:
            return False
        self.storage[self._place(self.put)] = copy(value)
        self.put = wrapping_add(self.put, 1)
        return True

    @irq_safe
    def push_over(self, value: T) -> None:
        """Add an element, dropping the oldest if the ring is full."""
        if self.is_full:
            self.taken = wrapping_add(self.taken, 1)
        self.storage[self._place(self.put)] = copy(value)
        self.put = wrapping_add(self.put, 1)

    @irq_safe
    def peek(self) -> T:
        """Return the oldest element of a ring that is not empty."""
        assert not self.is_empty
        return self.storage[self._place(self.taken)]

    @irq_safe
    def pop(self) -> T:
        """Take the oldest element of a ring that is not empty."""
        value = copy(self.peek())
        self.taken = wrapping_add(self.taken, 1)
        return value

    @irq_safe
    def put_all(self, values: Slice[T]) -> usize:
        """Add as many elements as fit, from the first on; return how many."""
        count = min(len(values), self.room)
        start = self._place(self.put)
        to_end = min(count, len(self.storage) - start)
        self.storage[start : start + to_end].copy_from(values[:to_end])
        self.storage[: count - to_end].copy_from(values[to_end:count])
        self.put = wrapping_add(self.put, count)
        return count

    @irq_safe
    def take(self, into: Slice[T]) -> usize:
        """Move as many of the oldest elements as there are, or fit, to `into`; return how many."""
        count = min(len(into), wrapping_sub(self.put, self.taken))
        start = self._place(self.taken)
        to_end = min(count, len(self.storage) - start)
        into[:to_end].copy_from(self.storage[start : start + to_end])
        into[to_end:count].copy_from(self.storage[: count - to_end])
        self.taken = wrapping_add(self.taken, count)
        return count

    @irq_safe
    def clear(self) -> None:
        self.taken = self.put

    def _place(self, count: u64) -> usize:
        return count & (len(self.storage) - 1)
