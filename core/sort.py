"""Sorting in place, in O(n log n) whatever the order.

Introsort: quicksort with the median of three as pivot; a part on which it goes too deep is left to
heapsort, and short parts to insertion sort. The longer half waits on a stack of our own while the
shorter one is sorted, so what is sorted halves with each level and nothing recurses. Not stable.

Source: Musser, "Introspective Sorting and Selection Algorithms", Software: Practice and Experience 27
(1997).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final, TypeVar

from lang import (
    Array,
    Slice,
    copy,
    inline,
    irq_safe,
    leading_zeros,
    no_raise,
    struct,
    u32,
    u64,
    usize,
)

T = TypeVar("T")

SHORT: Final = usize(16)


@irq_safe
def sort(items: Slice[T]) -> None:
    """Sort elements that compare with `<`."""
    _introsort(items, lambda a, b: a < b)


@irq_safe
def sort_by(
    items: Slice[T], precedes: Annotated[Callable[[T, T], bool], irq_safe, no_raise]
) -> None:
    """Sort by a strict order: `precedes(a, b)` says whether a must come before b."""
    _introsort(items, precedes)


@irq_safe
def is_sorted(items: Slice[T]) -> bool:
    """Tell whether no element is less than the one before it."""
    for index in range(1, len(items)):
        if items[index] < items[index - 1]:
            return False
    return True


@struct
class _Part:
    """Elements that are still to be sorted among themselves."""

    start: usize
    stop: usize
    depth: u32  # how often it may still be parted


@inline
def _introsort(
    items: Slice[T], precedes: Annotated[Callable[[T, T], bool], irq_safe, no_raise]
) -> None:
    if len(items) <= SHORT:
        _insertion_sort(items, precedes)
        return
    waiting = Array[_Part, 44]()  # 2**48 elements halve 44 times until they are SHORT
    count = usize(0)
    start = usize(0)
    stop = len(items)
    depth = 2 * (64 - leading_zeros(u64(stop)))
    while True:
        while stop - start > SHORT and depth > 0:
            depth -= 1
            middle = _partition(items[start:stop], precedes) + start
            longer = waiting[count]
            count += 1
            longer.depth = depth
            if middle - start < stop - middle:
                longer.start = middle
                longer.stop = stop
                stop = middle
            else:
                longer.start = start
                longer.stop = middle
                start = middle
        if stop - start > SHORT:
            _heapsort(items[start:stop], precedes)
        else:
            _insertion_sort(items[start:stop], precedes)
        if count == 0:
            return
        count -= 1
        start = waiting[count].start
        stop = waiting[count].stop
        depth = waiting[count].depth


@inline
def _partition(
    items: Slice[T], precedes: Annotated[Callable[[T, T], bool], irq_safe, no_raise]
) -> usize:
    """Part more than two elements so that none before the returned place must come after any from
    it on; neither side is empty (Hoare)."""
    last = len(items) - 1
    pivot = copy(_median(items[0], items[last // 2], items[last], precedes))
    low = usize(0)
    high = last
    while True:
        while precedes(items[low], pivot):
            low += 1
        while precedes(pivot, items[high]):
            high -= 1
        if low >= high:
            return high + 1
        _swap(items, low, high)
        low += 1
        high -= 1


@inline
def _median(a: T, b: T, c: T, precedes: Annotated[Callable[[T, T], bool], irq_safe, no_raise]) -> T:
    if precedes(a, b):
        if precedes(b, c):
            return b
        return c if precedes(a, c) else a
    if precedes(a, c):
        return a
    return c if precedes(b, c) else b


@inline
def _insertion_sort(
    items: Slice[T], precedes: Annotated[Callable[[T, T], bool], irq_safe, no_raise]
) -> None:
    for index in range(1, len(items)):
        value = copy(items[index])
        hole = index
        while hole > 0 and precedes(value, items[hole - 1]):
            items[hole] = copy(items[hole - 1])
            hole -= 1
        items[hole] = copy(value)


@inline
def _heapsort(
    items: Slice[T], precedes: Annotated[Callable[[T, T], bool], irq_safe, no_raise]
) -> None:
    """Make a heap with the greatest element first, then take that to the end, one after another."""
    end = len(items)
    root = end // 2
    while root > 0:
        root -= 1
        _sift_down(items, root, precedes)
    while end > 1:
        end -= 1
        _swap(items, 0, end)
        _sift_down(items[:end], 0, precedes)


@inline
def _sift_down(
    heap: Slice[T], root: usize, precedes: Annotated[Callable[[T, T], bool], irq_safe, no_raise]
) -> None:
    """Move the element at `root` down until no child must come after it."""
    value = copy(heap[root])
    hole = root
    child = 2 * hole + 1
    while child < len(heap):
        if child + 1 < len(heap) and precedes(heap[child], heap[child + 1]):
            child += 1
        if not precedes(value, heap[child]):
            break
        heap[hole] = copy(heap[child])
        hole = child
        child = 2 * hole + 1
    heap[hole] = copy(value)


@inline
def _swap(items: Slice[T], i: usize, j: usize) -> None:
    held = copy(items[i])
    items[i] = copy(items[j])
    items[j] = copy(held)
