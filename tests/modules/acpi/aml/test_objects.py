"""Strings, buffers, packages and references, and what becomes of them when they are stored."""

from __future__ import annotations

import pytest

from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml.assembler import (
    ARG,
    LOCAL,
    NOTHING,
    buffer,
    deref,
    index,
    method,
    name,
    named,
    number,
    package,
    returned,
    store,
    string,
)

TO_BUFFER, TO_DECIMAL, TO_HEX, TO_INTEGER = b"\x96", b"\x97", b"\x98", b"\x99"


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (buffer(b"\x01\x02", 4), "B:01020000"),
        (buffer(b"\x01\x02\x03", 1), "B:010203"),
        (package(aml.ZERO, string("a"), count=3), 'P[I:0 S:"a" N]'),
        (aml.variable_package(number(2), aml.ONE), "P[I:1 N]"),
        (string('a"\\'), 'S:"a\\"\\\\"'),
        (TO_HEX + number(0x1A) + NOTHING, 'S:"000000000000001A"'),
        (TO_HEX + buffer(b"\x01\xab") + NOTHING, 'S:"0x01,0xAB"'),
        (TO_DECIMAL + buffer(b"\x01\xab") + NOTHING, 'S:"1,171"'),
        (TO_DECIMAL + number(26) + NOTHING, 'S:"26"'),
        (TO_BUFFER + string("") + NOTHING, "B:00"),
        (TO_BUFFER + number(0x102) + NOTHING, "B:0201000000000000"),
        (TO_INTEGER + string("12z") + NOTHING, "I:C"),
        (TO_INTEGER + string("0x12z") + NOTHING, "I:12"),
        (aml.binary(aml.ADD, string("12z"), aml.ONE), "I:13"),
        (aml.binary(aml.ADD, string("  0x12"), aml.ONE), "I:13"),
        (b"\x9e" + number(0x030201) + number(1) + number(2) + NOTHING, "B:0203"),
        (aml.binary(aml.CONCATENATE, string("a"), number(0x1A)), 'S:"a000000000000001A"'),
        (aml.binary(aml.CONCATENATE, string("a"), buffer(b"\x01\xab")), 'S:"a0x01 0xAB"'),
        (aml.binary(aml.CONCATENATE, buffer(b"\x01"), buffer(b"\x02")), "B:0102"),
        (aml.binary(aml.CONCATENATE, string("a"), package()), 'S:"a[Package Object]"'),
        (aml.binary(aml.CONCATENATE, package(), string("a")), 'S:"[Package Object]a"'),
        (aml.binary(aml.CONCATENATE, number(1), number(2)), "B:01000000000000000200000000000000"),
        (b"\x9e" + string("abcdef") + number(2) + number(3) + NOTHING, 'S:"cde"'),
        (b"\x9e" + buffer(b"\x01\x02\x03") + number(2) + number(9) + NOTHING, "B:03"),
        (b"\x9e" + buffer(b"\x01\x02\x03") + number(7) + number(9) + NOTHING, "B:"),
        (b"\x9c" + buffer(b"ab\0c") + aml.ONES + NOTHING, 'S:"ab"'),
        (b"\x9c" + buffer(b"abc") + number(2) + NOTHING, 'S:"ab"'),
        (b"\x84" + buffer(b"\x22\x01\x00\x79\x00") + buffer(b"\x79\x00") + NOTHING, "B:2201007900"),
        (
            b"\x89"
            + package(number(3), number(5), number(7))
            + b"\x05"
            + number(3)
            + b"\x00"
            + aml.ZERO
            + aml.ZERO,
            "I:1",
        ),
    ],
)
def test_a_term_gives(interpreter, term: bytes, value: str) -> None:
    assert interpreter.result(returned(term)) == value


@pytest.mark.parametrize(
    ("term", "error"),
    [
        (LOCAL[0], "Uninitialized"),
        (aml.binary(aml.ADD, package(), aml.ONE), "WrongType"),
        (index(package(aml.ONE), number(1)), "OutOfRange"),
        (index(buffer(b"\x01"), number(1)), "OutOfRange"),
        (deref(number(1)), "WrongType"),
        (deref(string("\\NONE")), "NotFound"),
        (deref(index(package(count=1), aml.ZERO)), "Uninitialized"),
        (name("NONE"), "NotFound"),
        (b"\x5b\x7f", "BadOpcode"),
        (aml.variable_package(aml.ONES), "OutOfRange"),
        (aml.enclosed(b"\x11", number(1 << 30)), "TooLarge"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(
    interpreter, term: bytes, error: str
) -> None:
    assert interpreter.result(returned(term)) == error
    known, table, offset = interpreter.subject.trouble()
    assert known and table == 0 and 36 < offset <= 36 + len(aml.method("MAIN", returned(term)))
    assert bytes(interpreter.subject.trouble_method()) == b"\\MAIN"


def test_a_name_keeps_its_type(interpreter) -> None:
    interpreter.load(
        named("NUM", number(1)),
        named("STR", string("abc")),
        named("BUF", buffer(b"\x01\x02\x03")),
        method("M", store(string("1F"), name("NUM")), store(number(5), name("STR"))),
        method("N", store(number(0x0708090A0B), name("BUF"))),
        method("O", store(buffer(b"\xff"), name("BUF"))),
    )
    interpreter.value("\\M")
    interpreter.value("\\N")
    assert interpreter.value("\\NUM") == "I:1F"
    assert interpreter.value("\\STR") == 'S:"0000000000000005"'
    assert interpreter.value("\\BUF") == "B:0B0A09"
    interpreter.value("\\O")
    assert interpreter.value("\\BUF") == "B:FF0000"


def test_a_copied_object_brings_its_type(interpreter) -> None:
    interpreter.load(named("X", number(1)), method("M", b"\x9d" + string("abc") + name("X")))
    interpreter.value("\\M")
    assert interpreter.value("\\X") == 'S:"abc"'


def test_what_is_stored_is_a_copy(interpreter) -> None:
    interpreter.load(
        named("B", buffer(b"\x01\x02")),
        method(
            "M",
            store(name("B"), LOCAL[0]),
            store(number(9), index(LOCAL[0], aml.ZERO)),
            returned(LOCAL[0]),
        ),
    )
    assert interpreter.value("\\M") == "B:0902"
    assert interpreter.value("\\B") == "B:0102"


def test_an_argument_is_the_callers_buffer(interpreter) -> None:
    interpreter.load(
        named("B", buffer(b"\x01\x02")),
        method("CHNG", store(number(9), index(ARG[0], aml.ONE)), arguments=1),
        method("M", name("CHNG") + name("B")),
    )
    interpreter.value("\\M")
    assert interpreter.value("\\B") == "B:0109"


def test_a_reference_as_argument_is_written_through(interpreter) -> None:
    interpreter.load(
        named("X", number(1)),
        method("SET", store(number(7), ARG[0]), arguments=1),
        method(
            "M",
            store(number(2), LOCAL[0]),
            name("SET") + b"\x71" + LOCAL[0],
            name("SET") + b"\x71" + name("X"),
            returned(LOCAL[0]),
        ),
    )
    assert interpreter.value("\\M") == "I:7"
    assert interpreter.value("\\X") == "I:7"


def test_a_reference_may_or_may_not_be_there(interpreter) -> None:
    ones = "I:" + "F" * 16
    interpreter.load(
        named("X", number(5)),
        method("YES", returned(b"\x5b\x12" + name("X") + LOCAL[0])),
        method("NO", returned(b"\x5b\x12" + name("NONE") + LOCAL[0])),
        method("GET", b"\x5b\x12" + name("X") + LOCAL[0], returned(deref(LOCAL[0]))),
    )
    assert interpreter.value("\\YES") == ones
    assert interpreter.value("\\NO") == "I:0"
    assert interpreter.value("\\GET") == "I:5"


def test_sizes_and_types_are_told(interpreter) -> None:
    interpreter.load(
        named("P", package(aml.ONE, aml.ONE)),
        named("S", string("abc")),
        aml.device("DEV"),
        method("SZ", returned(aml.binary(aml.ADD, b"\x87" + name("P"), b"\x87" + name("S")))),
        method("TP", returned(b"\x8e" + name("P"))),
        method("TD", returned(b"\x8e" + name("DEV"))),
    )
    assert interpreter.value("\\SZ") == "I:5"
    assert interpreter.value("\\TP") == "I:4"
    assert interpreter.value("\\TD") == "I:6"


def test_what_holds_itself_is_freed_at_the_end(interpreter) -> None:
    itself = store(b"\x71" + name("P"), index(name("P"), aml.ZERO))
    local = store(index(LOCAL[0], aml.ZERO), index(LOCAL[0], aml.ZERO))
    interpreter.load(
        named("P", package(count=1)),
        method(
            "M",
            itself,
            store(package(count=1), LOCAL[0]),
            local,
            store(b"\x71" + LOCAL[1], LOCAL[1]),
        ),
    )
    interpreter.value("\\M")
    assert interpreter.value("\\P") == "P[R:\\P]"


def test_identifiers_are_mended(interpreter) -> None:
    interpreter.load(
        aml.device(
            "DEV",
            named("_HID", string("*pnp0a03")),
            named("_STR", string("ab")),
            named("_ADR", string("1F")),
            named("_PRT", number(1)),
        )
    )
    assert interpreter.value("\\DEV._HID") == 'S:"PNP0A03"'
    assert interpreter.value("\\DEV._STR") == "B:610062000000"
    assert interpreter.value("\\DEV._ADR") == "I:1F"
    assert interpreter.value("\\DEV._PRT") == "P[I:1]"


def test_a_result_that_is_a_reference_is_told_as_what_it_leads_to(interpreter) -> None:
    elements = package(number(1), string("two"))
    assert interpreter.result(returned(index(elements, number(1)))) == 'S:"two"'
    interpreter.subject.begin()
    interpreter.load(named("FIVE", number(5)), method("M", returned(b"\x71" + name("FIVE"))))
    assert interpreter.value("\\M") == "I:5"


def test_a_number_in_letters_ends_before_it_is_too_large(interpreter) -> None:
    long = string("12345678901234567890123")
    assert interpreter.result(returned(TO_INTEGER + long + NOTHING)) == "I:AB54A98CEB1F0AD2"
    short = returned(TO_INTEGER + string("12345678901") + NOTHING)
    assert interpreter.result(short, revision=1) == "I:499602D2"


def test_a_byte_of_a_buffer_has_a_type_of_its_own(interpreter) -> None:
    byte = store(index(buffer(b"ab"), number(0)), LOCAL[0])
    assert interpreter.result(byte, returned(b"\x8e" + LOCAL[0])) == "I:E"
