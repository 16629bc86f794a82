"""Sorting for lists: stable, and whatever a comparison raises, every element stays.

Merge sort from the bottom up: runs of `RUN` elements by insertion, then pairs of runs are merged. The
left run waits in a second piece of storage; the hole in front of the right run is always as long as
what is left of it, so it can be put back at any time.

Source: Knuth, "The Art of Computer Programming", volume 3, section 5.2.4.
"""

from __future__ import annotations

from typing import Final, Generic, TypeVar

from core.containers import storage
from lang import Ptr, sizeof, struct, u8, u64

S = TypeVar("S")
K = TypeVar("K")
T = TypeVar("T")

RUN: Final = 8


@struct
class Keyed(Generic[K, T]):
    """The place of an element and of the key by which it is sorted."""

    key: K
    value: T

    def precedes(self, other: Keyed[K, T]) -> bool:
        return self.key < other.key


def sort(slots: Ptr[S], count: int) -> None:
    """Sort slots by their `precedes`."""
    if count < 2:
        return
    size = u64(count) * sizeof(S)
    waiting = storage.take(size)
    try:
        start = 0
        while start < count:
            _insert(slots + start, min(RUN, count - start), waiting.cast(S))
            start += RUN
        width = RUN
        while width < count:
            start = 0
            while start + width < count:
                right = min(width, count - start - width)
                _merge(slots + start, width, right, waiting.cast(S))
                start += 2 * width
            width *= 2
    finally:
        storage.give_back(waiting, size)


def _insert(slots: Ptr[S], count: int, waiting: Ptr[S]) -> None:
    """Sort a few: each is moved before those that it precedes."""
    for index in range(1, count):
        place = index
        while place > 0 and slots[index].precedes(slots[place - 1]):
            place -= 1
        if place < index:
            later = u64(index - place) * sizeof(S)
            storage.move(waiting.cast(u8), (slots + index).cast(u8), sizeof(S))
            storage.move((slots + place + 1).cast(u8), (slots + place).cast(u8), later)
            storage.move((slots + place).cast(u8), waiting.cast(u8), sizeof(S))


def _merge(slots: Ptr[S], left: int, right: int, waiting: Ptr[S]) -> None:
    """Merge two sorted runs that lie side by side."""
    storage.move(waiting.cast(u8), slots.cast(u8), u64(left) * sizeof(S))
    taken = 0  # of the left run
    at = 0
    end = left + right
    other = left
    try:
        while taken < left and other < end:
            if slots[other].precedes(waiting[taken]):
                storage.move((slots + at).cast(u8), (slots + other).cast(u8), sizeof(S))
                other += 1
            else:
                storage.move((slots + at).cast(u8), (waiting + taken).cast(u8), sizeof(S))
                taken += 1
            at += 1
    finally:
        rest = u64(left - taken) * sizeof(S)
        storage.move((slots + at).cast(u8), (waiting + taken).cast(u8), rest)
