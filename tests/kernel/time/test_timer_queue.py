"""The timer queue against a sorted list."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native

HERE = Path(__file__).parent
NEVER = (1 << 64) - 1
NONE = 99

steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "add", "remove", "expire"]), st.integers(0, 63), st.integers(0, 20)
    ),
    max_size=120,
)


@pytest.fixture(scope="module")
def subject():
    replace = {
        "kernel.cpu.instructions": HERE.parent / "cpu" / "no_instructions.py",
        "kernel.cpu.processor": HERE.parent / "cpu" / "threads_as_processors.py",
    }
    return native(HERE / "timer_queue_subject.py", replace=replace)


@given(steps)
@settings(max_examples=150)
def test_timers_expire_in_the_order_of_their_deadlines(subject, steps) -> None:
    for index in range(64):
        subject.remove(index)
    waiting: list[tuple[int, int, int]] = []  # deadline, order of insertion, number
    now = 0
    for order, (name, index, amount) in enumerate(steps):
        is_waiting = any(number == index for _, _, number in waiting)
        if name == "add" and not is_waiting:
            is_first = all(now + amount <= deadline for deadline, _, _ in waiting)
            assert subject.add(index, now + amount) == is_first
            waiting.append((now + amount, order, index))
        elif name == "remove":
            assert subject.remove(index) == is_waiting
            waiting = [each for each in waiting if each[2] != index]
        elif name == "expire":
            now += amount
            while waiting and min(waiting)[0] <= now:
                assert subject.take_expired(now) == min(waiting)[2]
                waiting.remove(min(waiting))
            assert subject.take_expired(now) == NONE
        assert subject.next_deadline() == (min(waiting)[0] if waiting else NEVER)
