"""For each operation of AML one method that carries it out, and what that returns.

The names are those of modules/acpi/aml/opcodes.py. docs/aml-operations.md is made of them by tools/aml_operations.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml.assembler import (
    ARG,
    LOCAL,
    NOTHING,
    ONE,
    ZERO,
    binary,
    buffer,
    compare,
    conditional,
    create_field,
    device,
    enclosed,
    field,
    index,
    loop,
    method,
    name,
    named,
    number,
    otherwise,
    package,
    region,
    returned,
    scope,
    store,
    string,
)

TRUE = "I:" + "F" * 16
FALSE = "I:0"


@dataclass(frozen=True)
class Case:
    """A table, and what its method MAIN returns."""

    terms: tuple[bytes, ...]
    result: str


def gives(value: bytes, result: str, *before: bytes) -> Case:
    """A method that only returns a term's value, and the terms of the table before it."""
    return Case((*before, method("MAIN", returned(value))), result)


def does(result: str, *terms: bytes, before: tuple[bytes, ...] = ()) -> Case:
    """A method of several terms, and the terms of the table before it."""
    return Case((*before, method("MAIN", *terms)), result)


def unary(code: int, value: bytes) -> bytes:
    return bytes([code]) + value + NOTHING


def bcd(code: int, value: int) -> bytes:
    return bytes([0x5B, code]) + number(value) + NOTHING


def of_buffer(code: bytes, result: str, start: int = 1, bits: bytes = b"") -> Case:
    """A field of a buffer of eight bytes, which is what it holds there."""
    create = create_field(code, name("BUF"), number(start), "FLD", bits)
    content = bytes.fromhex("1122334455667788") + b"\x99"
    return gives(name("FLD"), result, named("BUF", buffer(content)), create)


INDEXED = (
    region("REG", 1, number(0x70), number(8)),
    field("REG", 1, ("IDX", 8), ("DAT", 8), ("BNK", 8)),
)
REFERENCE = b"\x71"
MUTEX = b"\x5b\x01" + name("MTX") + b"\x01"
EVENT = b"\x5b\x02" + name("EVT")
ACQUIRE = b"\x5b\x23" + name("MTX") + b"\xff\xff"
RELEASE = b"\x5b\x27" + name("MTX")
SIGNAL = b"\x5b\x24" + name("EVT")
RESET = b"\x5b\x26" + name("EVT")
WAIT = b"\x5b\x25" + name("EVT") + ZERO
TYPE_OF = b"\x8e"
END_TAG = bytes.fromhex("7900")
ADDED = named("BUF", buffer(aml.table(named("\\NEW", number(5)), signature=b"SSDT")))
SEVEN = (ZERO,) * 6 + (number(9),)
COUNT_TO_THREE = loop(
    ONE,
    b"\x75" + LOCAL[0],
    conditional(compare(aml.LESS, LOCAL[0], number(3)), aml.CONTINUE),
    aml.BREAK,
)

CASES = {
    # Data
    "ZERO": gives(ZERO, "I:0"),
    "ONE": gives(ONE, "I:1"),
    "ONES": gives(aml.ONES, TRUE),
    "BYTE": gives(number(0x12), "I:12"),
    "WORD": gives(number(0x1234), "I:1234"),
    "DOUBLE_WORD": gives(number(0x12345678), "I:12345678"),
    "QUAD_WORD": gives(number(0x123456789ABCDEF0), "I:123456789ABCDEF0"),
    "STRING": gives(string("text"), 'S:"text"'),
    "BUFFER": gives(buffer(b"\x01\x02"), "B:0102"),
    "PACKAGE": gives(package(ONE, string("a")), 'P[I:1 S:"a"]'),
    "VARIABLE_PACKAGE": gives(aml.variable_package(number(2), ONE), "P[I:1 N]"),
    "REVISION": gives(aml.REVISION, "I:2"),
    # Names
    "ALIAS": gives(name("Y"), "I:5", named("X", number(5)), aml.alias("X", "Y")),
    "NAME": gives(name("X"), "I:5", named("X", number(5))),
    "SCOPE": gives(name("\\_SB.X"), "I:5", scope("\\_SB", named("X", number(5)))),
    "DEVICE": gives(TYPE_OF + name("DEV"), "I:6", device("DEV")),
    "PROCESSOR": gives(TYPE_OF + name("CPU"), "I:C", enclosed(b"\x5b\x83", name("CPU") + bytes(6))),
    "POWER_RESOURCE": gives(
        TYPE_OF + name("PWR"), "I:B", enclosed(b"\x5b\x84", name("PWR") + bytes(3))
    ),
    "THERMAL_ZONE": gives(TYPE_OF + name("THRM"), "I:D", enclosed(b"\x5b\x85", name("THRM"))),
    "METHOD": gives(name("F"), "I:5", method("F", returned(number(5)))),
    "EXTERNAL": gives(ONE, "I:1", b"\x15" + name("NONE") + b"\x08\x00"),
    # Fields
    "OPERATION_REGION": gives(TYPE_OF + name("REG"), "I:A", region("REG", 0, ZERO, number(4))),
    "DATA_REGION": gives(
        name("SIGN"),
        f"I:{int.from_bytes(b'DSDT', 'little'):X}",
        aml.data_region("REG", string("DSDT"), string(""), string("")),
        field("REG", 1, ("SIGN", 32)),
    ),
    "FIELD": does("I:5", store(number(5), name("IDX")), returned(name("IDX")), before=INDEXED),
    "INDEX_FIELD": does(
        "I:3",
        store(number(5), name("FLD")),
        returned(name("IDX")),
        before=(*INDEXED, aml.index_field("IDX", "DAT", 1, ("", 24), ("FLD", 8))),
    ),
    "BANK_FIELD": does(
        "I:6",
        store(number(5), name("FLD")),
        returned(name("BNK")),
        before=(*INDEXED, aml.bank_field("REG", "BNK", number(6), 1, ("", 32), ("FLD", 8))),
    ),
    "CREATE_BIT_FIELD": of_buffer(b"\x8d", "I:1", 4),
    "CREATE_BYTE_FIELD": of_buffer(b"\x8c", "I:22"),
    "CREATE_WORD_FIELD": of_buffer(b"\x8b", "I:3322"),
    "CREATE_DOUBLE_WORD_FIELD": of_buffer(b"\x8a", "I:55443322"),
    "CREATE_QUAD_WORD_FIELD": of_buffer(b"\x8f", "I:9988776655443322"),
    "CREATE_FIELD": of_buffer(b"\x5b\x13", "B:2102", 4, number(12)),
    # Places
    "LOCAL_0": does("I:5", store(number(5), LOCAL[0]), returned(LOCAL[0])),
    "ARGUMENT_0": gives(name("F") + number(5), "I:5", method("F", returned(ARG[0]), arguments=1)),
    "ARGUMENT_6": gives(
        name("F") + b"".join(SEVEN), "I:9", method("F", returned(ARG[6]), arguments=7)
    ),
    "DEBUG": does("I:1", store(number(5), aml.DEBUG), returned(ONE)),
    "STORE": does(
        "I:5", store(number(5), name("X")), returned(name("X")), before=(named("X", ZERO),)
    ),
    "COPY_OBJECT": does(
        'S:"a"', b"\x9d" + string("a") + name("X"), returned(name("X")), before=(named("X", ZERO),)
    ),
    "REF_OF": gives(aml.deref(REFERENCE + name("X")), "I:5", named("X", number(5))),
    "COND_REF_OF": gives(b"\x5b\x12" + name("NONE") + LOCAL[0], FALSE),
    "DEREF_OF": gives(aml.deref(string("\\X")), "I:5", named("X", number(5))),
    "INDEX": gives(aml.deref(index(package(ONE, number(5)), ONE)), "I:5"),
    "SIZE_OF": gives(b"\x87" + name("X"), "I:4", named("X", string("text"))),
    "OBJECT_TYPE": gives(TYPE_OF + name("X"), "I:2", named("X", string("text"))),
    # Integers
    "ADD": gives(binary(aml.ADD, number(3), number(4)), "I:7"),
    "SUBTRACT": gives(binary(aml.SUBTRACT, number(3), number(4)), TRUE),
    "INCREMENT": does("I:6", store(number(5), LOCAL[0]), b"\x75" + LOCAL[0], returned(LOCAL[0])),
    "DECREMENT": does("I:4", store(number(5), LOCAL[0]), b"\x76" + LOCAL[0], returned(LOCAL[0])),
    "MULTIPLY": gives(binary(aml.MULTIPLY, number(3), number(4)), "I:C"),
    "DIVIDE": does(
        "P[I:2 I:3]",
        b"\x78" + number(17) + number(5) + LOCAL[0] + LOCAL[1],
        named("P", package(ZERO, ZERO)),
        store(LOCAL[0], index(name("P"), ZERO)),
        store(LOCAL[1], index(name("P"), ONE)),
        returned(name("P")),
    ),
    "MOD": gives(binary(aml.MOD, number(17), number(5)), "I:2"),
    "SHIFT_LEFT": gives(binary(aml.SHIFT_LEFT, number(3), number(4)), "I:30"),
    "SHIFT_RIGHT": gives(binary(aml.SHIFT_RIGHT, number(0x35), number(4)), "I:3"),
    "AND": gives(binary(aml.AND, number(6), number(12)), "I:4"),
    "NAND": gives(binary(aml.NAND, aml.ONES, number(12)), "I:" + "F" * 15 + "3"),
    "OR": gives(binary(aml.OR, number(6), number(12)), "I:E"),
    "NOR": gives(binary(aml.NOR, ZERO, number(12)), "I:" + "F" * 15 + "3"),
    "XOR": gives(binary(aml.XOR, number(6), number(12)), "I:A"),
    "NOT": gives(unary(0x80, number(12)), "I:" + "F" * 15 + "3"),
    "FIND_SET_LEFT_BIT": gives(unary(0x81, number(0x18)), "I:5"),
    "FIND_SET_RIGHT_BIT": gives(unary(0x82, number(0x18)), "I:4"),
    "FROM_BCD": gives(bcd(0x28, 0x19), "I:13"),
    "TO_BCD": gives(bcd(0x29, 19), "I:19"),
    "LOGICAL_AND": gives(compare(aml.AND_TOO, ONE, ZERO), FALSE),
    "LOGICAL_OR": gives(compare(aml.OR_TOO, ONE, ZERO), TRUE),
    "LOGICAL_NOT": gives(b"\x92" + ZERO, TRUE),
    "EQUAL": gives(compare(aml.EQUAL, number(3), number(3)), TRUE),
    "GREATER": gives(compare(aml.GREATER, number(3), number(2)), TRUE),
    "LESS": gives(compare(aml.LESS, number(3), number(2)), FALSE),
    # Strings, buffers, packages
    "CONCATENATE": gives(binary(aml.CONCATENATE, string("a"), string("b")), 'S:"ab"'),
    "CONCATENATE_RESOURCES": gives(
        binary(0x84, buffer(bytes.fromhex("220200") + END_TAG), buffer(END_TAG)), "B:2202007900"
    ),
    "MATCH": gives(
        b"\x89" + package(ONE, number(5), number(9)) + b"\x01" + number(5) + b"\0" + ZERO + ZERO,
        "I:1",
    ),
    "MID": gives(b"\x9e" + string("text") + ONE + number(2) + NOTHING, 'S:"ex"'),
    "TO_BUFFER": gives(unary(0x96, string("ab")), "B:616200"),
    "TO_DECIMAL_STRING": gives(unary(0x97, number(19)), 'S:"19"'),
    "TO_HEX_STRING": gives(unary(0x98, buffer(b"\x01\x02")), 'S:"0x01,0x02"'),
    "TO_INTEGER": gives(unary(0x99, string("0x1F")), "I:1F"),
    "TO_STRING": gives(b"\x9c" + buffer(b"ab\0") + number(8) + NOTHING, 'S:"ab"'),
    # Where to go on
    "IF": does("I:2", conditional(ZERO, returned(ONE)), returned(number(2))),
    "ELSE": does(
        "I:3",
        otherwise(returned(ONE)),  # without an If it is stepped over
        conditional(ZERO, returned(number(2))),
        otherwise(returned(number(3))),
    ),
    "WHILE": does("I:3", store(ZERO, LOCAL[0]), COUNT_TO_THREE, returned(LOCAL[0])),
    "CONTINUE": does("I:3", store(ZERO, LOCAL[0]), COUNT_TO_THREE, returned(LOCAL[0])),
    "BREAK": does("I:3", store(ZERO, LOCAL[0]), COUNT_TO_THREE, returned(LOCAL[0])),
    "RETURN": does("I:5", returned(number(5)), returned(ONE)),
    "NOOP": does("I:1", aml.NOOP, returned(ONE)),
    "BREAK_POINT": does("I:1", b"\xcc", returned(ONE)),
    # Locks, time, the system
    "MUTEX": gives(TYPE_OF + name("MTX"), "I:9", MUTEX),
    "ACQUIRE": gives(ACQUIRE, FALSE, MUTEX),
    "RELEASE": does("MutexOrder", ACQUIRE, RELEASE, RELEASE, before=(MUTEX,)),
    "EVENT": gives(TYPE_OF + name("EVT"), "I:7", EVENT),
    "SIGNAL": does(FALSE, SIGNAL, returned(WAIT), before=(EVENT,)),
    "RESET": does(TRUE, SIGNAL, RESET, returned(WAIT), before=(EVENT,)),
    "WAIT": does(TRUE, SIGNAL, WAIT, returned(WAIT), before=(EVENT,)),
    "STALL": does("I:1", b"\x5b\x21" + number(10), returned(ONE)),
    "SLEEP": does("I:1", b"\x5b\x22" + number(10), returned(ONE)),
    "TIMER": gives(compare(aml.GREATER, b"\x5b\x33", ZERO), TRUE),
    "NOTIFY": does("I:1", aml.notify("DEV", ONE), returned(ONE), before=(device("DEV"),)),
    "FATAL": does("I:1", b"\x5b\x32\x01\x02\x00\x00\x00" + ONE, returned(ONE)),
    # Tables
    "LOAD": does(
        "I:5", aml.load("BUF", LOCAL[0]), returned(aml.deref(string("\\NEW"))), before=(ADDED,)
    ),
    "LOAD_TABLE": gives(aml.load_table("NONE"), "I:0"),
    "UNLOAD": does(
        FALSE,
        aml.load("BUF", LOCAL[0]),
        aml.unload(LOCAL[0]),
        returned(b"\x5b\x12" + name("\\NEW") + LOCAL[1]),
        before=(ADDED,),
    ),
}
