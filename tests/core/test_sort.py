"""Sorting against sorted()."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

SUBJECT = "tests.core.sort_subject"

numbers = st.integers(0, 60) | st.integers(0, (1 << 32) - 1)
lists = st.lists(numbers, max_size=150)


@given(lists)
@settings(max_examples=150)
def test_sorting(implementation, numbers) -> None:
    subject = implementation(SUBJECT)
    for sort, expected in (
        (subject.sort_numbers, sorted(numbers)),
        (subject.sort_descending, sorted(numbers, reverse=True)),
        (subject.heapsort, sorted(numbers)),
    ):
        items = list(numbers)
        sort(items)
        assert items == expected
    assert subject.is_sorted(list(numbers)) == (numbers == sorted(numbers))


@given(lists)
def test_sorting_by_a_key(implementation, numbers) -> None:
    items = list(numbers)
    implementation(SUBJECT).sort_by_last_digit(items)
    assert sorted(items) == sorted(numbers)
    assert [number % 10 for number in items] == sorted(number % 10 for number in numbers)


def organ_pipe(size: int) -> list[int]:
    return [*range(size // 2), *range(size - size // 2, 0, -1)]


def killer(size: int) -> list[int]:
    """Return an order in which the median of three is always among the least (Musser, section 2)."""
    half = size // 2
    odd = [number for number in range(1, half + 1) for number in (number, half + number)]
    return odd[:size]


@pytest.mark.parametrize("size", [16, 17, 18, 64, 500])
@pytest.mark.parametrize("order", [range, organ_pipe, killer, lambda size: [7] * size])
def test_orders_that_are_hard_for_quicksort(implementation, order, size) -> None:
    for numbers in (list(order(size)), list(order(size))[::-1]):
        items = list(numbers)
        implementation(SUBJECT).sort_numbers(items)
        assert items == sorted(numbers)
