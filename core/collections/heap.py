"""Heap: a priority queue of elements that compare with `<`, the least first.

A binary tree in an array: the children of i are 2i + 1 and 2i + 2, and no child is less than its
parent. A place that an element leaves is a hole, which moves until the element fits.

Source: Cormen, Leiserson, Rivest and Stein, "Introduction to Algorithms", 3rd edition, chapter 6.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from lang import Slice, copy, irq_safe, struct, usize

T = TypeVar("T")


@struct
class Heap(Generic[T]):
    """Elements of which the least is at hand."""

    storage: Slice[T]
    used: usize

    @irq_safe
    def __len__(self) -> usize:
        return self.used

    @irq_safe
    def push(self, value: T) -> None:
        """Add an element: O(log n).

        Raises:
            MemoryError: the storage is full.
        """
        if self.used == len(self.storage):
            raise MemoryError
        hole = self.used
        self.used += 1
        while hole > 0:
            parent = (hole - 1) // 2
            if not value < self.storage[parent]:
                break
            self.storage[hole] = copy(self.storage[parent])
            hole = parent
        self.storage[hole] = copy(value)

    @irq_safe
    def peek(self) -> T:
        """Return the least element of a heap that is not empty."""
        return self.storage[: self.used][0]

    @irq_safe
    def pop(self) -> T:
        """Take the least element of a heap that is not empty: O(log n)."""
        least = copy(self.peek())
        self.used -= 1
        if self.used > 0:
            sift_down(self.storage[: self.used], self.storage[self.used])
        return least


@irq_safe
def sift_down(heap: Slice[T], value: T) -> None:
    """Put `value` where it belongs, the root being the hole."""
    size = len(heap)
    hole = usize(0)
    child = usize(1)
    while child < size:
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if not heap[child] < value:
            break
        heap[hole] = copy(heap[child])
        hole = child
        child = 2 * hole + 1
    heap[hole] = copy(value)
