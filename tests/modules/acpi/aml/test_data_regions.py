"""A region of the bytes of a table: of which table, and what of it can be reached."""

from __future__ import annotations

import pytest

from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml.assembler import (
    field,
    method,
    name,
    named,
    number,
    returned,
    scope,
    store,
    string,
)

ANY = string("")
BYTES, WORDS, DOUBLE_WORDS = 1, 2, 3  # accesses of fields
HEADER = (("SIG", 32), ("LEN", 32), ("REV", 8), ("SUM", 8))


def facts(content: bytes, **header: bytes) -> bytes:
    """Return a table that is no program."""
    return aml.table(content, signature=b"FACT", **header)


def region_of(signature: str, maker: bytes = ANY, product: bytes = ANY) -> bytes:
    return aml.data_region("REG", string(signature), maker, product)


def little(text: bytes) -> str:
    return f"I:{int.from_bytes(text, 'little'):X}"


def test_the_region_is_the_table_with_its_header(interpreter) -> None:
    program = aml.table(
        region_of("FACT"), field("REG", DOUBLE_WORDS, *HEADER, ("", 8 * 26), ("LAST", 32))
    )
    assert interpreter.load_all(program, facts(b"data")) == 0
    assert interpreter.value("\\SIG") == little(b"FACT")
    assert interpreter.value("\\LEN") == "I:28"
    assert interpreter.value("\\LAST") == little(b"data")


def test_a_program_reads_itself(interpreter) -> None:
    program = aml.table(region_of("DSDT"), field("REG", BYTES, *HEADER))
    assert interpreter.load_all(program) == 0
    assert interpreter.value("\\SIG") == little(b"DSDT")
    assert interpreter.value("\\LEN") == f"I:{len(program):X}"
    assert interpreter.value("\\SUM") == f"I:{program[9]:X}"


def test_the_first_table_of_those_makers_is_meant(interpreter) -> None:
    content = field("REG", BYTES, ("", 36 * 8), ("VAL", 8))
    others = [
        facts(b"1", maker=b"OTHER\0"),
        facts(b"2", product=b"PRODUCT\0"),
        facts(b"3", product=b"PRODUCT\0"),
    ]
    program = aml.table(region_of("FACT", string("TESTER"), string("PRODUCT")), content)
    assert interpreter.load_all(program, *others) == 0
    assert interpreter.value("\\VAL") == little(b"2")


def test_the_texts_may_be_computed(interpreter) -> None:
    both = aml.binary(aml.CONCATENATE, string("FA"), string("CT"))
    program = aml.table(
        aml.data_region("REG", both, ANY, ANY), field("REG", BYTES, ("", 36 * 8), ("VAL", 8))
    )
    assert interpreter.load_all(program, facts(b"7")) == 0
    assert interpreter.value("\\VAL") == little(b"7")


MISSING = [
    region_of("NONE"),
    region_of("FAC"),
    region_of("FACTS"),
    region_of("FACT", string("TESTE")),
    region_of("FACT", ANY, string("TESTING LONG")),
    region_of("", ANY),
]


@pytest.mark.parametrize("missing", MISSING)
def test_a_table_that_is_missing_costs_the_region_alone(interpreter, missing: bytes) -> None:
    program = aml.table(
        named("BEFO", number(1)),
        scope("\\_SB", missing, field("REG", BYTES, *HEADER), named("NEXT", number(2))),
        named("LAST", number(3)),
    )
    assert interpreter.load_all(program, facts(b"")) == 2, "the region and its fields"
    assert interpreter.paths() == ["\\_SB.NEXT Integer", "\\BEFO Integer", "\\LAST Integer"]


def test_a_method_ends_where_a_table_is_missing(interpreter) -> None:
    interpreter.load(method("M", region_of("NONE"), returned(number(1))))
    assert interpreter.value("\\M") == "MissingTable"
    assert interpreter.subject.trouble()[0]


def test_what_is_no_text_names_no_table(interpreter) -> None:
    wrong = aml.data_region("REG", number(5), ANY, ANY)
    interpreter.load(method("M", wrong, returned(number(1))))
    assert interpreter.value("\\M") == "WrongType"


@pytest.mark.parametrize("access", [BYTES, WORDS, DOUBLE_WORDS])
def test_nothing_beyond_the_table_is_reached(interpreter, access: int) -> None:
    """The table is 38 bytes long."""
    program = aml.table(
        region_of("FACT"),
        field("REG", access, ("", 36 * 8), ("HERE", 16), ("NEXT", 16), ("", 1 << 20), ("FAR", 8)),
        field("REG", access, ("", 37 * 8), ("OVER", 32)),
        field("REG", access, ("", (1 << 28) - 1), ("END", 1)),
    )
    assert interpreter.load_all(program, facts(b"ab")) == 0
    assert interpreter.value("\\HERE") == ("OutOfRange" if access > WORDS else little(b"ab"))
    for each in ("NEXT", "FAR", "OVER", "END"):
        assert interpreter.value(f"\\{each}") == "OutOfRange"


def test_a_table_is_only_read(interpreter) -> None:
    program = aml.table(
        region_of("FACT"),
        field("REG", BYTES, *HEADER),
        method("SET", store(number(0), name("LEN"))),
    )
    interpreter.load_all(program, facts(b""))
    assert interpreter.value("\\SET") == "WrongType"
    assert interpreter.value("\\LEN") == "I:24"


def test_a_table_can_be_loaded_from_its_region(interpreter) -> None:
    added = aml.table(named("\\NEW", number(5)), signature=b"OEM1")
    program = aml.table(
        region_of("OEM1"),
        method(
            "LOAD", b"\x5b\x20" + name("REG") + aml.LOCAL[0], returned(aml.deref(string("\\NEW")))
        ),
    )
    assert interpreter.load_all(program, added) == 0
    assert interpreter.value("\\NEW") == "NotFound"
    assert interpreter.value("\\LOAD") == "I:5"


def test_the_bytes_stay_when_the_table_is_unloaded(interpreter) -> None:
    added = aml.table(named("\\NEW", number(5)), signature=b"SSDT")
    program = aml.table(
        named("BUF", aml.buffer(added)),
        method(
            "BOTH",
            b"\x5b\x20" + name("BUF") + aml.LOCAL[0],
            region_of("SSDT"),
            field("REG", BYTES, *HEADER),
            b"\x5b\x2a" + aml.LOCAL[0],
            returned(name("LEN")),
        ),
    )
    interpreter.load_all(program)
    assert interpreter.value("\\BOTH") == f"I:{len(added):X}"
    assert interpreter.value("\\NEW") == "NotFound"
