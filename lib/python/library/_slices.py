"""`slice` as a value, for programs (compiler/check/slice_objects.py).

Source: Python Library Reference, "Built-in Functions", slice; Data Model, section 3.2.
"""

from __future__ import annotations


class slice:
    """The bounds of a part: `slice(stop)`, `slice(start, stop)`, `slice(start, stop, step)`."""

    def __init__(self, start: int | None, stop: int | None, step: int | None) -> None:
        self.start = start
        self.stop = stop
        self.step = step

    def __repr__(self) -> str:
        return f"slice({self.start}, {self.stop}, {self.step})"

    def __eq__(self, other: slice) -> bool:
        is_same = self.start == other.start and self.stop == other.stop
        return is_same and self.step == other.step

    def __hash__(self) -> int:
        raise TypeError("unhashable type: 'slice'")

    def __bool__(self) -> bool:
        return True

    def indices(self, length: int) -> tuple[int, int, int]:
        """Return start, stop and step within a sequence of this length.

        Raises:
            ValueError: the step is 0, or the length is negative.
        """
        step = 1
        given_step = self.step
        if given_step is not None:
            step = given_step
        if step == 0:
            raise ValueError("slice step cannot be zero")
        if length < 0:
            raise ValueError("length should not be negative")
        lowest = 0 if step > 0 else -1
        highest = length if step > 0 else length - 1
        start = lowest if step > 0 else highest
        stop = highest if step > 0 else lowest
        given_start = self.start
        if given_start is not None:
            start = _within(given_start, length, lowest, highest)
        given_stop = self.stop
        if given_stop is not None:
            stop = _within(given_stop, length, lowest, highest)
        return start, stop, step


def _within(bound: int, length: int, lowest: int, highest: int) -> int:
    """Return a bound, which counts from the end if it is negative, as one that is in reach."""
    if bound < 0:
        bound += length
    return min(max(bound, lowest), highest)
