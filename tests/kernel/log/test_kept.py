"""What is kept of the log, against a string that is kept whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native

CAPACITY = 1 << 16


@pytest.fixture(scope="module")
def kept():
    return native(Path(__file__).parent / "kept_subject.py")


@given(
    st.lists(st.sampled_from([0, 1, 80, 1000, 30000, 65535, 65536]), max_size=8),
    st.integers(0, 200_000),
    st.sampled_from([0, 1, 100, 65536, 70000]),
    st.sampled_from([0, 0, 1, 5000, 65536]),
)
@settings(max_examples=60)
def test_reading_gives_what_is_there(kept, lengths, position, wanted, in_progress) -> None:
    kept.clear()
    total = 0
    for length in lengths:
        kept.append(total, length)
        total += length
    kept.begin_append(in_progress)

    oldest = max(total - CAPACITY, 0)
    first = min(max(position, oldest), total)
    last = min(first + wanted, total)
    good = min(max(first, total + in_progress - CAPACITY), last)
    assert kept.read(position, wanted) == (good, last - good)
    for index in {0, (last - good) // 2, last - good - 1} & set(range(last - good)):
        assert kept.byte(index) == (good + index) % 251


@given(st.lists(st.integers(0, 60000), max_size=10), st.integers(0, 12))
@settings(max_examples=60)
def test_the_last_lines_are_found(kept, lengths, wanted) -> None:
    kept.clear()
    starts = [0]
    for length in lengths:
        kept.append_line(length)
        starts.append(starts[-1] + length + 1)
    expected = starts[max(len(lengths) - wanted, 0)]
    assert kept.start_of_last(wanted) == max(expected, starts[-1] - CAPACITY)
