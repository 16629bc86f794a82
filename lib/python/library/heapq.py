"""Python's module heapq, for programs: a list that is a heap, the least item first.

The items move exactly as CPython's do, so that a heap looks the same after each step.
"""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def heappush(heap: list[T], item: T) -> None:
    heap.append(item)
    _move_up(heap, 0, len(heap) - 1)


def heappop(heap: list[T]) -> T:
    last = heap.pop()
    if not heap:
        return last
    least = heap[0]
    heap[0] = last
    _move_down(heap, 0)
    return least


def heapreplace(heap: list[T], item: T) -> T:
    least = heap[0]
    heap[0] = item
    _move_down(heap, 0)
    return least


def heappushpop(heap: list[T], item: T) -> T:
    if heap and heap[0] < item:
        return heapreplace(heap, item)
    return item


def heapify(x: list[T]) -> None:
    for place in range(len(x) // 2 - 1, -1, -1):
        _move_down(x, place)


def nlargest(n: int, iterable: list[T]) -> list[T]:
    return sorted(iterable, reverse=True)[: max(n, 0)]


def nsmallest(n: int, iterable: list[T]) -> list[T]:
    return sorted(iterable)[: max(n, 0)]


def _move_up(heap: list[T], start: int, place: int) -> None:
    """Move an item towards the start until the one above is not larger."""
    item = heap[place]
    at = place
    while at > start:
        above = (at - 1) >> 1
        if not item < heap[above]:
            break
        heap[at] = heap[above]
        at = above
    heap[at] = item


def _move_down(heap: list[T], start: int) -> None:
    """Move an item down to the end, along the lesser ones, and then up to its place."""
    end = len(heap)
    item = heap[start]
    at = start
    below = 2 * at + 1
    while below < end:
        beside = below + 1
        if beside < end and not heap[below] < heap[beside]:
            below = beside
        heap[at] = heap[below]
        at = below
        below = 2 * at + 1
    heap[at] = item
    _move_up(heap, start, at)
