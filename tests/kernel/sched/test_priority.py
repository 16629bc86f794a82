"""Weights grow with priorities, from 1."""

from __future__ import annotations

import pytest

from compiler.testing import native


@pytest.fixture(scope="module")
def priority():
    return native("kernel.sched.priority")


def test_the_weight_is_the_priority_plus_one(priority) -> None:
    assert [priority.weight_of(each) for each in range(64)] == list(range(1, 65))


def test_there_is_no_priority_above_the_kernels(priority) -> None:
    with pytest.raises(Exception, match="assertion failed"):
        priority.weight_of(priority.HIGHEST + 1)
