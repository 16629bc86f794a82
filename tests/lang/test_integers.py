"""The fixed-width integers against Python's own, wherever the result fits."""

from __future__ import annotations

import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lang import (
    byte_swap,
    i8,
    i16,
    i32,
    i64,
    i128,
    leading_zeros,
    popcount,
    rotate_left,
    rotate_right,
    trailing_zeros,
    truncate,
    u8,
    u16,
    u32,
    u64,
    u128,
    wrapping_add,
    wrapping_mul,
    wrapping_neg,
    wrapping_shl,
    wrapping_sub,
)
from lang.integers import common_type

TYPES = [u8, u16, u32, u64, u128, i8, i16, i32, i64, i128]
OPERATORS = [
    operator.add,
    operator.sub,
    operator.mul,
    operator.floordiv,
    operator.mod,
    operator.and_,
    operator.or_,
    operator.xor,
]

kinds = st.sampled_from(TYPES)


@st.composite
def numbers(draw, kind=None):
    chosen = kind or draw(kinds)
    near_edges = st.sampled_from([chosen.minimum, chosen.maximum, 0, 1])
    return chosen(draw(near_edges | st.integers(chosen.minimum, chosen.maximum)))


@st.composite
def pairs(draw):
    kind = draw(kinds)
    return draw(numbers(kind)), draw(numbers(kind))


def outcome(operation, *operands):
    """Return the value of an operation, or the exception that it raises."""
    try:
        return operation(*operands)
    except (ArithmeticError, ValueError) as error:
        return type(error)


def expected(kind, operation, *operands):
    """Return what Python computes, or OverflowError where the type ends."""
    result = outcome(operation, *map(int, operands))
    if isinstance(result, int) and not kind.minimum <= result <= kind.maximum:
        return OverflowError
    return result


@given(pairs(), st.sampled_from(OPERATORS))
def test_an_operator_computes_what_python_does_or_overflows(pair, operation) -> None:
    a, b = pair
    result = outcome(operation, a, b)
    assert result == expected(type(a), operation, a, b)
    assert isinstance(result, type) or type(result) is type(a)


@given(numbers(), numbers(), st.sampled_from(OPERATORS))
def test_mixed_widths_widen_or_ask_for_a_conversion(a, b, operation) -> None:
    one, other = type(a), type(b)
    holders = [
        kind
        for kind in (one, other)
        if kind.minimum <= min(one.minimum, other.minimum)
        and kind.maximum >= max(one.maximum, other.maximum)
    ]
    if not holders:
        with pytest.raises((TypeError, ZeroDivisionError)):
            operation(a, b)
        return
    result = outcome(operation, a, b)
    assert result == expected(holders[0], operation, a, b)
    assert isinstance(result, type) or type(result) is holders[0]


@given(numbers(), numbers())
def test_comparisons_compare_values_whatever_the_types(a, b) -> None:
    for operation in (operator.lt, operator.le, operator.eq, operator.ne, operator.gt, operator.ge):
        assert operation(a, b) == operation(int(a), int(b))


def test_a_literal_takes_the_type_of_the_other_operand() -> None:
    assert type(u8(1) + 1) is u8
    assert type(1 + i16(1)) is i16
    with pytest.raises(OverflowError):
        u8(255) + 1


def test_a_plain_int_that_cannot_be_a_literal_widens() -> None:
    assert u32(1) + (1 << 40) == (1 << 40) + 1
    assert type(u32(1) - (1 << 40)) is int
    assert type(u64(0x1234) & ~0xFF) is u64
    with pytest.raises(OverflowError):
        u64(1) + -1


@given(numbers(), st.integers(0, 140))
def test_shifts_lose_no_bits_and_stay_within_the_width(a, amount) -> None:
    kind = type(a)
    left = expected(kind, operator.lshift, a, amount) if amount < kind.bits else ValueError
    right = int(a) >> amount if amount < kind.bits else ValueError
    assert outcome(operator.lshift, a, amount) == left
    assert outcome(operator.rshift, a, amount) == right


@given(numbers())
def test_unary_operators(a) -> None:
    kind = type(a)
    assert outcome(operator.neg, a) == expected(kind, operator.neg, a)
    assert ~a == (~int(a) if kind.signed else kind.maximum - int(a))
    assert type(~a) is kind


@given(numbers(), st.integers(0, 12))
def test_powers(a, exponent) -> None:
    assert outcome(operator.pow, a, exponent) == expected(type(a), operator.pow, a, exponent)


def test_true_division_is_for_floats() -> None:
    with pytest.raises(TypeError, match="//"):
        u32(4) / 2


@given(kinds, st.integers(-(1 << 130), 1 << 130))
def test_conversion_is_checked_and_truncation_keeps_the_low_bits(kind, value) -> None:
    if kind.minimum <= value <= kind.maximum:
        assert kind(value) == value
    else:
        with pytest.raises(OverflowError):
            kind(value)
    low = truncate(kind, value)
    assert kind.minimum <= low <= kind.maximum
    assert (int(low) - value) % (1 << kind.bits) == 0


@given(pairs())
def test_wrapping_arithmetic_is_modulo_two_to_the_width(pair) -> None:
    a, b = pair
    kind = type(a)
    assert wrapping_add(a, b) == truncate(kind, int(a) + int(b))
    assert wrapping_sub(a, b) == truncate(kind, int(a) - int(b))
    assert wrapping_mul(a, b) == truncate(kind, int(a) * int(b))
    assert wrapping_neg(a) == truncate(kind, -int(a))
    assert wrapping_shl(a, 3) == truncate(kind, int(a) << 3)


def bits_of(x) -> str:
    kind = type(x)
    return format(int(x) % (1 << kind.bits), f"0{kind.bits}b")


@given(numbers(), st.integers(0, 300))
def test_rotations_move_the_bits_around(a, amount) -> None:
    text = bits_of(a)
    turn = amount % len(text)
    assert bits_of(rotate_left(a, amount)) == text[turn:] + text[:turn]
    assert rotate_right(rotate_left(a, amount), amount) == a


@given(numbers())
def test_counts_of_bits(a) -> None:
    text = bits_of(a)
    assert leading_zeros(a) == len(text) - len(text.lstrip("0"))
    assert trailing_zeros(a) == len(text) - len(text.rstrip("0"))
    assert popcount(a) == text.count("1")


@given(numbers())
def test_byte_swap_reverses_the_bytes(a) -> None:
    size = type(a).bits // 8
    swapped = byte_swap(a)
    data = int(a).to_bytes(size, "little", signed=type(a).signed)
    assert int(swapped).to_bytes(size, "big", signed=type(a).signed) == data


def test_what_has_no_width_cannot_wrap() -> None:
    with pytest.raises(TypeError, match="no width"):
        wrapping_add(1, 2)
    with pytest.raises(TypeError):
        common_type(u64(1), i64(1))


def test_text_is_no_number() -> None:
    with pytest.raises(TypeError):
        u8("5")
    assert f"{u8(5)} {u64(255):#x}" == "5 0xff"
