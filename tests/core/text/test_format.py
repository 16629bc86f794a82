"""Formatting against Python's own format()."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.text.format_spec import FormatSpec, parse_number_spec, parse_text_spec
from lang.layout import representation

MODULE = "core.text.format"

signed = st.integers(-(1 << 63), (1 << 63) - 1)
unsigned = st.integers(0, (1 << 64) - 1)
wide_signed = st.integers(-(1 << 127), (1 << 127) - 1)
wide_unsigned = st.integers(0, (1 << 128) - 1)

SPEC = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "<", ">", "=", "^", "*<", "0=", "x^", "é>", "𝄞=", " ="]),
        st.sampled_from(["", "+", "-", " "]),
        st.sampled_from(["", "#"]),
        st.sampled_from(["", "0"]),
        st.sampled_from(["", "1", "5", "9", "12", "40", "150"]),
        st.sampled_from(["", "_", ",", "_,"]),
        st.sampled_from(["", ".", ".0", ".3", ".20"]),
        st.sampled_from(["", "b", "c", "d", "n", "o", "x", "X", "s", "f", "z"]),
    ),
)


def written(implementation, function: str, value, spec: FormatSpec | None = None) -> str:
    """Return what a function writes of a value."""
    module = implementation(MODULE)
    out = module.TextBuffer(bytearray(1000))
    if spec is None:
        getattr(module, function)(out, value)
    else:
        fields = [getattr(spec, name) for name in representation(FormatSpec).fields]
        getattr(module, function)(out, value, module.FormatSpec(*fields))
    assert not out.is_truncated
    return bytes(out.text()).decode()


def python_format(value, text: str) -> str | None:
    """Return what Python writes; None if it refuses the specification."""
    try:
        return format(value, text)
    except (ValueError, OverflowError):
        return None


def check_number(implementation, function: str, value: int, text: str) -> None:
    assume(not text.endswith("c"))
    expected = python_format(value, text)
    if expected is None or text.endswith("f"):
        with pytest.raises(ValueError, match="[a-z]"):
            parse_number_spec(text)
        return
    assert written(implementation, function, value, parse_number_spec(text)) == expected


@given(unsigned, SPEC)
def test_u64(implementation, value, text) -> None:
    check_number(implementation, "format_u64", value, text)


@given(signed, SPEC)
def test_i64(implementation, value, text) -> None:
    check_number(implementation, "format_i64", value, text)


@given(wide_unsigned, SPEC)
def test_u128(implementation, value, text) -> None:
    check_number(implementation, "format_u128", value, text)


@given(wide_signed, SPEC)
def test_i128(implementation, value, text) -> None:
    check_number(implementation, "format_i128", value, text)


@given(st.integers(0, 12), st.integers(0, 20), st.sampled_from(["_", ",", ""]))
@settings(max_examples=300)
def test_zeros_in_front_are_grouped_with_the_digits(implementation, digits, width, group) -> None:
    check_number(implementation, "format_i64", -(10**digits), f"0{width}{group}")


@given(st.booleans(), SPEC)
def test_bool_with_a_specification_is_a_number(implementation, value, text) -> None:
    assume(text)
    check_number(implementation, "format_bool", value, text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), SPEC)
def test_text(implementation, value, text) -> None:
    expected = python_format(value, text)
    if expected is None:
        with pytest.raises(ValueError, match="[a-z]"):
            parse_text_spec(text)
        return
    spec = parse_text_spec(text)
    assert written(implementation, "format_text", value.encode(), spec) == expected


@given(st.integers(-5, 0x11000F), st.sampled_from(["c", "5c", "05c", "*^9c", "<4c", "é=6c"]))
def test_character(implementation, value, text) -> None:
    assume(not 0xD800 <= value <= 0xDFFF)  # a surrogate is no character
    expected = python_format(value, text)
    spec = parse_number_spec(text)
    code_point = implementation(MODULE).code_point
    if expected is None:
        with pytest.raises(OverflowError):
            code_point(value)
        return
    assert written(implementation, "format_character", code_point(value), spec) == expected


@given(unsigned, signed, wide_unsigned, wide_signed)
def test_plain_numbers(implementation, a, b, c, d) -> None:
    assert written(implementation, "write_u64", a) == str(a)
    assert written(implementation, "write_i64", b) == str(b)
    assert written(implementation, "write_u128", c) == str(c)
    assert written(implementation, "write_i128", d) == str(d)
    assert written(implementation, "write_address", a) == hex(a)


def test_powers_of_two_and_their_neighbours(implementation) -> None:
    for value in (number for n in range(128) for number in ((1 << n) - 1, 1 << n)):
        assert written(implementation, "write_u128", value) == str(value)
        if value < 1 << 64:
            assert written(implementation, "write_u64", value) == str(value)


def test_powers_of_ten_and_their_neighbours(implementation) -> None:
    for value in (10**n + difference for n in range(39) for difference in (-1, 0, 1)):
        assert written(implementation, "write_u128", value) == str(value)
        if value < 1 << 64:
            assert written(implementation, "write_u64", value) == str(value)


def test_truth_and_text(implementation) -> None:
    assert written(implementation, "write_bool", True) == "True"
    assert written(implementation, "write_bool", False) == "False"
    assert written(implementation, "write_text", "né".encode()) == "né"


def test_an_empty_specification_changes_nothing(implementation) -> None:
    assert written(implementation, "format_i64", -12, parse_number_spec("")) == "-12"
