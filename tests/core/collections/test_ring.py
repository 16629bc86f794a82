"""Rings against deque, also where the counts of elements wrap around."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

SUBJECT = "tests.core.collections.storage_subject"
CAPACITY = 8

steps = st.lists(
    st.tuples(
        st.sampled_from(["try_push", "push_over", "pop", "put_all", "take"]),
        st.lists(st.integers(0, 0xFFFF), min_size=1, max_size=12),
    ),
    max_size=40,
)
counts = st.sampled_from([0, 5, (1 << 64) - 3])


@given(steps, counts)
@settings(max_examples=150)
def test_a_ring_is_a_deque(implementation, steps, count) -> None:
    ring = implementation(SUBJECT).RingSubject(count)
    model: deque[int] = deque()
    for step, values in steps:
        room = CAPACITY - len(model)
        if step == "try_push":
            assert ring.try_push(values[0]) == (room > 0)
            model.extend(values[: min(1, room)])
        elif step == "push_over":
            ring.push_over(values[0])
            if room == 0:
                model.popleft()
            model.append(values[0])
        elif step == "pop" and model:
            assert ring.peek() == model[0]
            assert ring.pop() == model.popleft()
        elif step == "put_all":
            assert ring.put_all(list(values)) == min(room, len(values))
            model.extend(values[:room])
        elif step == "take":
            into = [0] * len(values)
            taken = ring.take(into)
            assert taken == min(len(values), len(model))
            assert into[:taken] == [model.popleft() for _ in range(taken)]
        assert (ring.size(), ring.room()) == (len(model), CAPACITY - len(model))


def test_nothing_comes_out_of_an_empty_ring(implementation) -> None:
    ring = implementation(SUBJECT).RingSubject(0)
    with pytest.raises(AssertionError):
        ring.pop()
