"""Target code for test_sort: sorting numbers of one width, by value and by a key."""

from __future__ import annotations

from core import sort
from lang import Slice, irq_safe, no_raise, u32


def sort_numbers(items: Slice[u32]) -> None:
    sort.sort(items)


def sort_by_last_digit(items: Slice[u32]) -> None:
    sort.sort_by(items, _has_smaller_last_digit)


def sort_descending(items: Slice[u32]) -> None:
    sort.sort_by(items, lambda a, b: b < a)


def heapsort(items: Slice[u32]) -> None:
    sort._heapsort(items, lambda a, b: a < b)


def is_sorted(items: Slice[u32]) -> bool:
    return sort.is_sorted(items)


@irq_safe
@no_raise
def _has_smaller_last_digit(a: u32, b: u32) -> bool:
    return a % 10 < b % 10
