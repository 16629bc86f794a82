"""Hash maps against dict."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

SUBJECT = "tests.core.collections.storage_subject"
LIMIT = 15  # one of the 16 places stays free

keys = st.integers(0, 25) | st.integers(0, (1 << 32) - 1)
steps = st.lists(
    st.tuples(st.sampled_from(["set", "set", "pop", "get"]), keys, st.integers(0, 1 << 40)),
    max_size=80,
)


@given(steps)
@settings(max_examples=200)
def test_a_map_is_a_dict(implementation, steps) -> None:
    table = implementation(SUBJECT).MapSubject()
    model: dict[int, int] = {}
    for step, key, value in steps:
        if step == "set" and (key in model or len(model) < LIMIT):
            table.set(key, value)
            model[key] = value
        elif step == "set":
            with pytest.raises(MemoryError):
                table.set(key, value)
        elif step == "pop" and key in model:
            assert table.pop(key) == model.pop(key)
        elif step == "pop":
            with pytest.raises(KeyError):
                table.pop(key)
        assert table.get(key, 7) == model.get(key, 7)
        assert table.contains(key) == (key in model)
        assert table.size() == len(model)
    assert all(table.fetch(key) == value for key, value in model.items())


def test_a_missing_key_is_an_error(implementation) -> None:
    table = implementation(SUBJECT).MapSubject()
    with pytest.raises(KeyError):
        table.fetch(1)
