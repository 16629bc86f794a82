"""Parsing against Python's int()."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

bases = st.sampled_from([0, 2, 8, 10, 16, 36, 7])
numbers = st.integers(-(1 << 64) - 5, (1 << 64) + 5)
written_numbers = st.one_of(
    st.builds(
        lambda number, code: format(number, code), numbers, st.sampled_from(["d", "#x", "_d"])
    ),
    st.builds(
        lambda number, code: format(number, code), numbers, st.sampled_from(["x", "#b", "#_o"])
    ),
    st.text("0123456789abcxXoOBZz_+- \t\n", max_size=12),
)


def python_parse(text: str, base: int, low: int, high: int):
    try:
        value = int(text, base)
    except ValueError:
        return ValueError
    return value if low <= value <= high else OverflowError


def outcome(parse, text: str, base: int):
    try:
        return parse(text.encode(), base)
    except (ValueError, OverflowError) as error:
        return type(error)


@given(written_numbers, bases)
@example("0_", 0)
@example("0x_1", 16)
@example("-0", 10)
@example("00", 0)
@example("0_7", 0)
def test_integers_are_read_as_python_reads_them(implementation, text, base) -> None:
    parse = implementation("core.text.parse")
    unsigned = python_parse(text, base, 0, (1 << 64) - 1)
    signed = python_parse(text, base, -(1 << 63), (1 << 63) - 1)
    assert outcome(parse.parse_u64, text, base) == unsigned
    assert outcome(parse.parse_i64, text, base) == signed


@pytest.mark.parametrize("base", [1, 37])
def test_there_are_no_other_bases(implementation, base) -> None:
    assert outcome(implementation("core.text.parse").parse_u64, "1", base) is ValueError


@given(st.text("ab \t\n\r\v\f", max_size=8))
def test_strip(implementation, text) -> None:
    memory = implementation.memory(text.encode())
    assert bytes(implementation("core.text.parse").strip(memory)).decode() == text.strip()


@given(written_numbers)
@example("0")
@example("00")
@example("18446744073709551615")
@example("18446744073709551616")
def test_a_plain_number_is_as_it_is_shown(implementation, text) -> None:
    parse = implementation("core.text.parse")
    is_plain = text.isascii() and text.isdigit() and str(int(text)) == text
    expected = python_parse(text, 10, 0, (1 << 64) - 1) if is_plain else ValueError
    try:
        found = parse.parse_plain(text.encode())
    except (ValueError, OverflowError) as error:
        found = type(error)
    assert found == expected
