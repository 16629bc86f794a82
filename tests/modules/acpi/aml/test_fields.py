"""Fields against a plain model of their bits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml.assembler import (
    ARG,
    buffer,
    field,
    method,
    name,
    named,
    number,
    region,
    returned,
    store,
)

SIZE = 32
PRESERVE, WITH_ONES, WITH_ZEROS = 0, 1, 2


def bits_of(value: int, count: int) -> int:
    return value & (1 << count) - 1


@st.composite
def layouts(draw) -> tuple[int, int, list[int]]:
    """An access size, an update rule, and how many bits the fields have that fill a region."""
    access = draw(st.integers(1, 4))
    widths = draw(st.lists(st.integers(1, 40), min_size=1, max_size=8))
    while sum(widths) > SIZE * 8:
        widths.pop()
    return access, draw(st.sampled_from([PRESERVE, WITH_ONES, WITH_ZEROS])), widths


@given(
    layouts(), st.lists(st.tuples(st.integers(0, 7), st.integers(0, (1 << 64) - 1)), max_size=12)
)
def test_fields_are_bits_of_registers(subject, layout, writes) -> None:
    access, update, widths = layout
    subject.begin()
    names = [f"F{i}" for i in range(len(widths))]
    terms = [
        region("REG", 0, number(0x1000), number(SIZE)),
        field("REG", access | update << 5, *zip(names, widths, strict=True)),
        *(method(f"S{i}", store(ARG[0], name(each)), arguments=1) for i, each in enumerate(names)),
    ]
    assert subject.load(aml.table(*terms), True) == 0
    memory, unit = 0, 8 << (access - 1)
    starts = [sum(widths[:i]) for i in range(len(widths))]
    for chosen, value in writes:
        i = chosen % len(widths)
        subject.evaluate(f"\\S{i}".encode(), [value])
        first, last = starts[i] // unit, (starts[i] + widths[i] - 1) // unit
        touched = ((1 << (last - first + 1) * unit) - 1) << first * unit
        mine = ((1 << widths[i]) - 1) << starts[i]
        rest = {PRESERVE: memory, WITH_ONES: touched, WITH_ZEROS: 0}[update]
        memory = (memory & ~touched) | (rest & touched & ~mine)
        memory |= bits_of(value, widths[i]) << starts[i]
    for i, each in enumerate(names):
        got = bytes(subject.evaluate(f"\\{each}".encode(), [])).decode()
        assert got == f"I:{bits_of(memory >> starts[i], widths[i]):X}"
    assert subject.end() == 0


@given(st.binary(min_size=1, max_size=20), st.data())
def test_fields_are_bits_of_a_buffer(subject, content: bytes, data) -> None:
    start = data.draw(st.integers(0, len(content) * 8 - 1))
    width = data.draw(st.integers(1, len(content) * 8 - start))
    value = data.draw(st.integers(0, (1 << 64) - 1))
    subject.begin()
    create = aml.create_field(b"\x5b\x13", name("BUF"), number(start), "FLD", number(width))
    terms = (named("BUF", buffer(content)), create)
    subject.load(aml.table(*terms, method("SET", store(ARG[0], name("FLD")), arguments=1)), True)
    whole = int.from_bytes(content, "little")
    before = bits_of(whole >> start, width)
    wide = "B:" + before.to_bytes((width + 7) // 8, "little").hex().upper()
    assert bytes(subject.evaluate(b"\\FLD", [])).decode() == wide
    subject.evaluate(b"\\SET", [value])
    after = whole & ~(((1 << width) - 1) << start) | bits_of(value, min(width, 64)) << start
    changed = after.to_bytes(len(content), "little").hex().upper()
    assert bytes(subject.evaluate(b"\\BUF", [])).decode() == f"B:{changed}"
    assert subject.end() == 0


def test_a_field_beyond_the_region_is_refused_when_it_is_touched(interpreter) -> None:
    interpreter.load(region("REG", 1, number(0), number(2)), field("REG", 1, ("A", 16), ("B", 8)))
    assert interpreter.value("\\A") == "I:0"
    assert interpreter.value("\\B") == "OutOfRange"


def test_a_field_beyond_the_buffer_is_refused_when_it_is_made(interpreter) -> None:
    terms = (
        named("BUF", buffer(b"\x01\x02")),
        aml.create_field(b"\x8a", name("BUF"), aml.ZERO, "FLD"),
        returned(name("FLD")),
    )
    assert interpreter.result(*terms) == "OutOfRange"
    wild = aml.create_field(b"\x8c", name("BUF"), aml.ONES, "FLD")
    assert interpreter.result(terms[0], wild) == "OutOfRange"


def test_an_index_chooses_what_the_data_register_shows(interpreter) -> None:
    interpreter.load(
        region("REG", 1, number(0x70), number(2)),
        field("REG", 1, ("IDX", 8), ("DAT", 8)),
        aml.index_field("IDX", "DAT", 1, ("", 24), ("FLD", 8)),
        method("SET", store(number(0x5A), name("FLD")), returned(name("IDX"))),
    )
    assert interpreter.value("\\SET") == "I:3"
    assert interpreter.value("\\DAT") == "I:5A"
    assert interpreter.value("\\FLD") == "I:5A"


def test_a_bank_is_chosen_before_its_field_is_touched(interpreter) -> None:
    interpreter.load(
        region("REG", 0, number(0), number(4)),
        field("REG", 1, ("BNK", 8)),
        aml.bank_field("REG", "BNK", number(6), 1, ("", 8), ("FLD", 8)),
        method("SET", store(number(1), name("FLD")), returned(name("BNK"))),
    )
    assert interpreter.value("\\SET") == "I:6"


def test_wide_fields_are_buffers(interpreter) -> None:
    interpreter.load(
        region("REG", 0, number(0), number(16)),
        field("REG", 1, ("FLD", 72)),
        method("SET", store(buffer(bytes(range(1, 11))), name("FLD"))),
    )
    interpreter.value("\\SET")
    assert interpreter.value("\\FLD") == "B:010203040506070809"


def test_a_field_whose_name_is_there_costs_only_itself(interpreter) -> None:
    interpreter.load(
        named("A", number(5)),
        region("REG", 1, number(0), number(4)),
        field("REG", 1, ("A", 8), ("B", 8)),
        method("SET", store(number(7), name("B"))),
        field("REG", 1, ("", 8), ("C", 8)),
    )
    interpreter.value("\\SET")
    assert interpreter.value("\\A") == "I:5"
    assert interpreter.value("\\C") == "I:7"


BUS_SPACES = [(4, 34), (7, 66), (9, 3)]  # SMBus, IPMI, a generic serial bus with one byte


@pytest.mark.parametrize(("space", "size"), BUS_SPACES)
def test_a_device_on_a_bus_is_asked_by_a_buffer(interpreter, space: int, size: int) -> None:
    access = b"\x01\x05\x06"  # AccessAs (BufferAcc, AttribByte)
    interpreter.load(
        region("BUS", space, number(0), number(0x100)),
        aml.enclosed(b"\x5b\x81", name("BUS") + b"\x05" + access + aml.field_list(("DEV", 8))),
        method("READ", returned(name("DEV"))),
        method("WRIT", returned(store(buffer(b"\x00\x01\x07"), name("DEV")))),
        method("BAD", store(number(7), name("DEV"))),
    )
    assert interpreter.value("\\READ") == "B:" + "00" * size
    assert interpreter.value("\\WRIT") == "B:000107" + "00" * (size - 3)
    assert interpreter.value("\\BAD") == "WrongType"


def test_a_field_in_a_package_is_what_it_holds(interpreter) -> None:
    interpreter.load(
        region("REG", 0, number(0x1000), number(4)),
        field("REG", 1, ("A", 8)),
        method("M", store(number(5), name("A")), returned(aml.package(name("A")))),
    )
    assert interpreter.value("\\M") == "P[I:5]"


def test_a_field_of_a_string_is_one_of_a_buffer_of_its_own(interpreter) -> None:
    create = aml.create_field(b"\x8c", name("STR"), number(1), "FLD")
    interpreter.load(
        named("STR", aml.string("abc")),
        method("M", create, store(number(0x58), name("FLD")), returned(name("STR"))),
    )
    assert interpreter.value("\\M") == 'S:"abc"'


def test_a_field_without_bits_is_refused(interpreter) -> None:
    create = aml.create_field(b"\x5b\x13", buffer(b"abc"), number(1), "FLD", number(0))
    interpreter.load(method("M", create))
    assert interpreter.value("\\M") == "OutOfRange"


@pytest.mark.parametrize(("flags", "taken"), [(1, 0), (1 | 1 << 4, 2)])
def test_a_field_with_the_lock_rule_keeps_the_firmware_out(subject, flags: int, taken: int) -> None:
    """Once for each time that it is read or written, however many accesses that takes."""
    subject.begin()
    terms = [
        region("REG", 0, number(0x1000), number(SIZE)),
        field("REG", flags, ("WIDE", 60)),
        method("SET", store(number(0x1234_5678_9ABC), name("WIDE"))),
    ]
    assert subject.load(aml.table(*terms), True) == 0
    subject.evaluate(b"\\SET", [])
    assert bytes(subject.evaluate(b"\\WIDE", [])) == b"I:123456789ABC"
    assert subject.global_lock() == (taken, False)
    assert subject.end() == 0
