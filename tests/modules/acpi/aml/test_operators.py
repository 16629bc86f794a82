"""Operators give what Python's do, within the bits of an integer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml.assembler import LOCAL, binary, number, returned, string

MODEL = {
    aml.ADD: lambda a, b: a + b,
    aml.SUBTRACT: lambda a, b: a - b,
    aml.MULTIPLY: lambda a, b: a * b,
    aml.SHIFT_LEFT: lambda a, b: a << b if b < 64 else 0,
    aml.SHIFT_RIGHT: lambda a, b: a >> b if b < 64 else 0,
    aml.AND: lambda a, b: a & b,
    aml.NAND: lambda a, b: ~(a & b),
    aml.OR: lambda a, b: a | b,
    aml.NOR: lambda a, b: ~(a | b),
    aml.XOR: lambda a, b: a ^ b,
    aml.MOD: lambda a, b: a % b,
}
TRUTHS = {
    aml.AND_TOO: lambda a, b: a and b,
    aml.OR_TOO: lambda a, b: a or b,
    aml.EQUAL: lambda a, b: a == b,
    aml.GREATER: lambda a, b: a > b,
    aml.LESS: lambda a, b: a < b,
}

integers = st.one_of(st.integers(0, 70), st.integers(0, (1 << 64) - 1))


def calculated(subject, term: bytes, revision: int = 2) -> str:
    subject.begin()
    subject.load(aml.table(aml.method("MAIN", returned(term)), revision=revision), True)
    result = bytes(subject.evaluate(b"\\MAIN", [])).decode()
    assert subject.end() == 0
    return result


@given(st.sampled_from(sorted(MODEL)), integers, integers, st.sampled_from([1, 2]))
def test_integers_as_in_python(subject, code: int, a: int, b: int, revision: int) -> None:
    mask = 0xFFFFFFFF if revision == 1 else (1 << 64) - 1
    a, b = a & mask, b & mask
    if code == aml.MOD and b == 0:
        expected = "DividedByZero"
    else:
        expected = f"I:{MODEL[code](a, b) & mask:X}"
    assert calculated(subject, binary(code, number(a), number(b)), revision) == expected


@given(st.sampled_from(sorted(TRUTHS)), integers, integers)
def test_what_holds_is_all_ones(subject, code: int, a: int, b: int) -> None:
    expected = (1 << 64) - 1 if TRUTHS[code](a, b) else 0
    assert calculated(subject, aml.compare(code, number(a), number(b))) == f"I:{expected:X}"


@given(integers)
def test_bits_are_found(subject, value: int) -> None:
    left = value.bit_length()
    right = (value & -value).bit_length()
    assert calculated(subject, b"\x81" + number(value) + aml.NOTHING) == f"I:{left:X}"
    assert calculated(subject, b"\x82" + number(value) + aml.NOTHING) == f"I:{right:X}"


@given(st.integers(0, 10**16 - 1))
def test_decimal_digits_go_there_and_back(subject, value: int) -> None:
    coded = calculated(subject, b"\x5b\x29" + number(value) + aml.NOTHING)
    assert coded == f"I:{value}"
    back = calculated(subject, b"\x5b\x28" + number(int(str(value), 16)) + aml.NOTHING)
    assert back == f"I:{value:X}"


def test_digits_that_are_none_are_refused(subject) -> None:
    assert calculated(subject, b"\x5b\x28" + number(0x1A) + aml.NOTHING) == "OutOfRange"
    assert calculated(subject, b"\x5b\x29" + number(10**16) + aml.NOTHING) == "OutOfRange"


def test_division_gives_both_results(interpreter) -> None:
    divide = b"\x78" + number(17) + number(5) + LOCAL[0] + LOCAL[1]
    both = aml.variable_package(number(2))
    assert (
        interpreter.result(
            divide,
            aml.store(both, LOCAL[2]),
            aml.store(LOCAL[0], aml.index(LOCAL[2], aml.ZERO)),
            aml.store(LOCAL[1], aml.index(LOCAL[2], aml.ONE)),
            returned(LOCAL[2]),
        )
        == "P[I:2 I:3]"
    )


def test_the_result_goes_to_the_target_too(interpreter) -> None:
    term = binary(aml.ADD, number(3), number(4), LOCAL[3])
    assert interpreter.result(term, returned(LOCAL[3])) == "I:7"


def test_counting_wraps(interpreter) -> None:
    assert (
        interpreter.result(aml.store(aml.ONES, LOCAL[0]), b"\x75" + LOCAL[0], returned(LOCAL[0]))
        == "I:0"
    )
    assert (
        interpreter.result(
            aml.store(aml.ZERO, LOCAL[0]), b"\x76" + LOCAL[0], returned(LOCAL[0]), revision=1
        )
        == "I:FFFFFFFF"
    )


@pytest.mark.parametrize(("revision", "size"), [(1, 4), (2, 8)])
def test_the_size_of_an_integer_is_that_of_all(interpreter, revision: int, size: int) -> None:
    terms = (aml.store(aml.ONE, LOCAL[0]), returned(b"\x87" + LOCAL[0]))
    assert interpreter.result(*terms, revision=revision) == f"I:{size}"


@pytest.mark.parametrize(
    ("left", "right", "order"),
    [
        (string("abc"), string("abd"), -1),
        (string("abc"), string("ab"), 1),
        (aml.buffer(b"\x01\x02"), aml.buffer(b"\x01\x02"), 0),
        (aml.buffer(b"\xff"), aml.buffer(b"\x01\x02"), 1),
        (number(0x12), string("12"), 0),
        (string("0000000000000012"), number(0x12), 0),
        (number(0x0201), aml.buffer(b"\x01\x02"), 0),
    ],
)
def test_the_type_of_the_first_decides_how_to_compare(
    subject, left: bytes, right: bytes, order: int
) -> None:
    ones = "I:" + "F" * 16
    for code, holds in ((aml.EQUAL, order == 0), (aml.LESS, order < 0), (aml.GREATER, order > 0)):
        assert calculated(subject, aml.compare(code, left, right)) == (ones if holds else "I:0")


@pytest.mark.parametrize(
    ("text", "revision", "value"),
    [
        ("4294967295", 1, 0x42949672),
        ("000000001234567890", 1, 0x12345678),
        ("0x123456789ABCDEF01", 2, 0x123456789ABCDEF0),
    ],
)
def test_a_string_is_as_many_digits_as_an_integer_has(
    subject, text: str, revision: int, value: int
) -> None:
    assert calculated(subject, binary(aml.OR, string(text), aml.ZERO), revision) == f"I:{value:X}"
