"""The walk along the frames finds each call, and ends where the frames are none."""

from __future__ import annotations

import ctypes
from typing import Any

import pytest

from compiler.testing import native

DEPTH = 32


@pytest.fixture(params=["checked", "release"])
def subject(request: pytest.FixtureRequest) -> Any:
    return native("tests.core.backtrace_subject", build=request.param)


def frames(*frames: tuple[int, int]) -> tuple[int, object]:
    """Lay out frames, each (words from the start to the outer frame or a bare address, return)."""
    memory = (ctypes.c_uint64 * 64)()
    start = ctypes.addressof(memory)
    for index, (outer, address) in enumerate(frames):
        memory[2 * index] = start + 8 * outer if 0 < outer < 64 else outer
        memory[2 * index + 1] = address
    return start, memory


def test_each_call_is_found(subject: Any) -> None:
    assert subject.deep(7) - subject.deep(2) == 5


def test_only_the_innermost_calls_are_kept(subject: Any) -> None:
    assert subject.deep(100) == DEPTH


def test_the_list_ends_at_a_null_frame(subject: Any) -> None:
    start, _memory = frames((2, 1000), (4, 2000), (0, 3000))
    assert subject.follow(start) == 3


@pytest.mark.parametrize("wrong", [1 << 40, 0xDEAD_BEEF_0000, 3])
def test_a_frame_that_cannot_be_outer_ends_the_list(subject: Any, wrong: int) -> None:
    start, _memory = frames((2, 1000), (wrong if wrong > 64 else 0, 2000))
    assert subject.follow(start) == 2


def test_a_list_that_leads_back_ends(subject: Any) -> None:
    start, memory = frames((2, 1000), (2, 2000))
    memory[2] = start
    assert subject.follow(start) == 2


def test_there_may_be_no_frame(subject: Any) -> None:
    assert subject.follow(0) == 0
    assert subject.follow(12345) == 0
