"""Intrusive lists against Python's deque."""

from __future__ import annotations

from collections import deque

from hypothesis import given, settings
from hypothesis import strategies as st

SUBJECT = "tests.core.collections.list_subject"
NOBODY = 255

steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["push_back", "push_front", "insert_before", "remove", "pop_front", "pop_back"]
            + ["rotate", "append_to_second", "take_second", "remove_odd"]
        ),
        st.integers(0, 15),
        st.integers(0, 15),
    ),
    max_size=60,
)


def numbers(subject) -> list[int]:
    into = [0] * 16
    return into[: subject.numbers(into)]


@given(steps)
@settings(max_examples=150)
def test_a_list_is_a_deque(implementation, steps) -> None:
    subject = implementation(SUBJECT).Subject()
    first: deque[int] = deque()
    second: deque[int] = deque()

    for step, number, other in steps:
        is_free = number not in first and number not in second
        if step in ("push_back", "push_front") and is_free:
            getattr(subject, step)(number)
            first.append(number) if step == "push_back" else first.appendleft(number)
        elif step == "insert_before" and is_free and other in first:
            subject.insert_before(number, other)
            first.insert(first.index(other), number)
        elif step == "remove" and number in first:
            subject.remove(number)
            first.remove(number)
        elif step in ("pop_front", "pop_back"):
            take = first.popleft if step == "pop_front" else first.pop
            assert getattr(subject, step)() == (take() if first else NOBODY)
        elif step == "rotate":
            subject.rotate()
            first.rotate(-1)
        elif step == "append_to_second" and is_free:
            subject.append_to_second(number)
            second.append(number)
        elif step == "take_second":
            subject.take_second()
            first.extend(second)
            second.clear()
        elif step == "remove_odd":
            subject.remove_odd()
            first = deque(n for n in first if n % 2 == 0)

        assert numbers(subject) == list(first)
        assert subject.is_linked(number) == (number in first or number in second)
