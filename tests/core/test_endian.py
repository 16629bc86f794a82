"""Numbers in bytes against int.from_bytes and int.to_bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

widths = st.sampled_from([16, 32, 64])
orders = st.sampled_from(["little", "big"])


def name(verb: str, width: int, order: str) -> str:
    return f"{verb}_u{width}" + ("_big" if order == "big" else "")


@given(st.binary(min_size=8, max_size=20), st.integers(0, 12), widths, orders)
def test_loading(implementation, data, offset, width, order) -> None:
    load = getattr(implementation("core.endian"), name("load", width, order))
    expected = data[offset : offset + width // 8]
    if len(expected) == width // 8:
        assert load(data, offset) == int.from_bytes(expected, order)
    else:
        with pytest.raises(IndexError):
            load(data, offset)


@given(st.integers(0, (1 << 64) - 1), st.integers(0, 4), widths, orders)
def test_storing(implementation, value, offset, width, order) -> None:
    store = getattr(implementation("core.endian"), name("store", width, order))
    value %= 1 << width
    data = bytearray(12)
    store(data, offset, value)
    expected = bytearray(12)
    expected[offset : offset + width // 8] = value.to_bytes(width // 8, order)
    assert data == expected
    with pytest.raises(IndexError):
        store(data, 12 - width // 8 + 1, value)
    assert data == expected
