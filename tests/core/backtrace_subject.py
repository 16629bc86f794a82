"""Target code for test_backtrace: calls as deep as asked for."""

from __future__ import annotations

from core import backtrace
from core.cpu.frame import frame_pointer
from lang import Array, noinline, u64, usize


def follow(frame: u64) -> usize:
    """Return how many calls a list of frames shows."""
    calls = Array[u64, backtrace.DEPTH]()
    return backtrace.collect(frame, calls, 0)


@noinline
def deep(calls: u64) -> usize:
    """Return how many calls there seem to be below so many calls of this function."""
    if calls == 0:
        return follow(frame_pointer())
    return deep(calls - 1) + 0
