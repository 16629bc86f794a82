"""Bitmaps against a set."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

SUBJECT = "tests.core.collections.storage_subject"

sizes = st.sampled_from([1, 63, 64, 65, 128, 200, 256])
numbers = st.integers(0, 255)
steps = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "add_range", "remove_range"]), numbers, numbers),
    max_size=25,
)


@given(sizes, steps, st.integers(0, 260))
@settings(max_examples=200)
def test_a_bitmap_is_a_set(implementation, size, steps, start) -> None:
    bitmap = implementation(SUBJECT).BitmapSubject(size)
    model: set[int] = set()
    for step, a, b in steps:
        low, high = min(a, b) % size, max(a, b) % (size + 1)
        if step == "add":
            bitmap.add(low)
            model.add(low)
        elif step == "remove":
            bitmap.remove(low)
            model.discard(low)
        elif step == "add_range":
            bitmap.add_range(low, high)
            model.update(range(low, high))
        else:
            bitmap.remove_range(low, high)
            model.difference_update(range(low, high))

    missing = set(range(size)) - model
    assert bitmap.count() == len(model)
    assert all(bitmap.contains(number) == (number in model) for number in range(size))
    assert bitmap.find(start) == min((n for n in model if n >= start), default=size)
    assert bitmap.find_missing(start) == min((n for n in missing if n >= start), default=size)


@given(
    sizes,
    st.lists(st.tuples(numbers, st.integers(1, 9)), max_size=12),
    st.integers(0, 100),
    st.integers(1, 80),
    st.sampled_from([1, 2, 8, 64, 3]),
)
@settings(max_examples=200)
def test_a_run_is_found_where_one_first_fits(
    implementation, size, blocks, start, length, alignment
) -> None:
    bitmap = implementation(SUBJECT).BitmapSubject(size)
    model: set[int] = set()
    for first, count in blocks:
        stop = min(first + count, size)
        bitmap.add_range(first, stop)
        model.update(range(first, stop))
    fitting = [
        at
        for at in range(0, size - length + 1, alignment)
        if at >= start and model.isdisjoint(range(at, at + length))
    ]
    expected = min(fitting, default=size)
    assert bitmap.find_missing_run(start, length, alignment) == expected


def test_what_lies_beyond_the_words_is_refused(implementation) -> None:
    bitmap = implementation(SUBJECT).BitmapSubject(256)
    with pytest.raises(IndexError):
        bitmap.add(256)


@pytest.mark.parametrize(("size", "words"), [(0, 0), (1, 1), (64, 1), (65, 2)])
def test_words_for(implementation, size, words) -> None:
    assert implementation("core.collections.bitmap").words_for(size) == words
