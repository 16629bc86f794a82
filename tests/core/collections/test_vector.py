"""Vectors against list."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

SUBJECT = "tests.core.collections.storage_subject"

steps = st.lists(
    st.tuples(
        st.sampled_from(["append", "insert", "pop", "remove_at", "swap_remove", "set", "grow"]),
        st.integers(0, 15),
        st.integers(0, (1 << 32) - 1),
    ),
    max_size=50,
)


@given(steps)
@settings(max_examples=150)
def test_a_vector_is_a_list(implementation, steps) -> None:
    vector = implementation(SUBJECT).VectorSubject()
    model: list[int] = []
    capacity = 8
    for step, index, value in steps:
        if step in ("append", "insert") and len(model) == capacity:
            with pytest.raises(MemoryError):
                vector.append(value)
        elif step == "append":
            vector.append(value)
            model.append(value)
        elif step == "insert":
            index %= len(model) + 1
            vector.insert(index, value)
            model.insert(index, value)
        elif step == "grow" and capacity == 8:
            vector.grow()
            capacity = 16
        elif model and step != "grow":
            index %= len(model)
            if step == "pop":
                assert vector.pop() == model.pop()
            elif step == "remove_at":
                assert vector.remove_at(index) == model.pop(index)
            elif step == "swap_remove":
                model[index], model[-1] = model[-1], model[index]
                assert vector.swap_remove(index) == model.pop()
            else:
                vector.set(index, value)
                model[index] = value
        assert [vector.get(index) for index in range(vector.size())] == model
        assert vector.total() == sum(model)


def test_an_index_is_checked_against_the_elements(implementation) -> None:
    vector = implementation(SUBJECT).VectorSubject()
    vector.append(1)
    with pytest.raises(IndexError):
        vector.get(1)
    with pytest.raises(IndexError):
        vector.set(1, 5)
