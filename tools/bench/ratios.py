"""Ratios of paired times: median, spread, geometric mean."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """How many times as long one thing takes as another; 1.0 is equal, 2.0 is twice as long."""

    median: float
    low: float  # a tenth of the pairs lie below
    high: float  # a tenth of the pairs lie above


def paired(times: Sequence[int], base: Sequence[int]) -> Ratio:
    """Return the ratio of times to base times, the n-th of each measured next to each other."""
    if len(times) != len(base) or not times:
        raise ValueError("pairs need equally many times on both sides, one at least")

    ratios = sorted(time / other for time, other in zip(times, base, strict=True))
    return Ratio(statistics.median(ratios), percentile(ratios, 10), percentile(ratios, 90))


def percentile(ordered: Sequence[float], percent: float) -> float:
    """Return the value that `percent` of the ordered values do not exceed, interpolated."""
    position = (len(ordered) - 1) * percent / 100
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)


def geometric_mean(ratios: Iterable[float]) -> float:
    """Return the mean that treats twice as long and half as long as opposites."""
    return statistics.geometric_mean(ratios)
