"""Ranges of positions in a sequence: what `start:stop:step` in brackets means.

Source: Python Library Reference, "Common Sequence Operations", notes 3 to 5.
"""

from __future__ import annotations

from lang import struct, wrapping_add


@struct
class Part:
    """Positions in a sequence: `count` of them, from `start` on, each `step` after the last."""

    start: int
    count: int
    step: int


def clamped(index: int, length: int) -> int:
    """Return an index, which may count from the end, as a position between 0 and the length."""
    position = index if index >= 0 else wrapping_add(index, length)
    return min(max(position, 0), length)


def part(start: int | None, stop: int | None, step: int | None, length: int) -> Part:
    """Return the positions that `start:stop:step` means in a sequence of this length.

    Raises:
        ValueError: the step is 0.
    """
    stride = 1 if step is None else step
    if stride == 0:
        raise ValueError("slice step cannot be zero")
    if stride > 0:
        first = 0 if start is None else clamped(start, length)
        end = length if stop is None else clamped(stop, length)
        return Part(first, (end - first - 1) // stride + 1 if first < end else 0, stride)
    first = length - 1 if start is None else _clamped_down(start, length)
    end = -1 if stop is None else _clamped_down(stop, length)
    return Part(first, (end - first + 1) // stride + 1 if first > end else 0, stride)


def _clamped_down(index: int, length: int) -> int:
    """Return an index as a position between -1 and the last one, as steps down need it."""
    position = index if index >= 0 else wrapping_add(index, length)
    return min(max(position, -1), length - 1)
