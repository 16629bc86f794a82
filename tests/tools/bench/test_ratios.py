"""Ratios: medians of pairs, their spread, and means that treat both directions alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.bench import ratios

times = st.integers(1, 10**12)


def test_the_ratio_is_the_median_of_the_pairs_and_not_of_each_side() -> None:
    # The machine is ten times slower while the last two pairs are measured.
    ratio = ratios.paired([110, 110, 110, 1100, 1100], [100, 100, 100, 1000, 1000])
    assert ratio.median == ratio.low == ratio.high == pytest.approx(1.1)


def test_one_disturbed_pair_moves_the_spread_and_not_the_ratio() -> None:
    ratio = ratios.paired([100] * 9 + [500], [100] * 10)
    assert ratio.median == ratio.low == 1.0
    assert ratio.high > 1.0


def test_the_spread_leaves_a_tenth_on_either_side() -> None:
    ratio = ratios.paired(range(100, 201), [100] * 101)
    assert (ratio.low, ratio.median, ratio.high) == pytest.approx((1.1, 1.5, 1.9))


def test_sides_of_different_length_are_no_pairs() -> None:
    with pytest.raises(ValueError, match="equally many"):
        ratios.paired([1, 2], [1])
    with pytest.raises(ValueError, match="one at least"):
        ratios.paired([], [])


def test_twice_as_long_and_half_as_long_cancel() -> None:
    assert ratios.geometric_mean([2.0, 0.5]) == pytest.approx(1.0)


@given(st.lists(st.tuples(times, times), min_size=1))
def test_low_median_and_high_come_in_this_order(pairs: list[tuple[int, int]]) -> None:
    ratio = ratios.paired([a for a, _ in pairs], [b for _, b in pairs])
    every = [a / b for a, b in pairs]
    assert min(every) <= ratio.low <= ratio.median <= ratio.high <= max(every)


@given(st.lists(times, min_size=1))
def test_equal_times_are_a_ratio_of_one(same: list[int]) -> None:
    assert ratios.paired(same, same) == ratios.Ratio(1.0, 1.0, 1.0)
