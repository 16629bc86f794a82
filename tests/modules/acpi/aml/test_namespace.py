"""Names lead where ACPI's rules say."""

from __future__ import annotations

import pytest

from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml.assembler import device, method, name, named, number, returned, scope


def test_an_empty_table_has_what_every_system_has(interpreter) -> None:
    assert interpreter.load() == 0
    assert bytes(interpreter.subject.paths()).decode().splitlines() == [
        "\\_GPE Scope",
        "\\_PR Scope",
        "\\_SB Device",
        "\\_SI Scope",
        "\\_TZ Device",
        "\\_REV Integer",
        "\\_OS String",
        "\\_GL Mutex",
        "\\_OSI Method",
    ]


def test_names_are_made_in_their_scopes(interpreter) -> None:
    interpreter.load(
        scope("\\_SB", device("PCI0", named("_ADR", number(1)), device("S08"))),
        named("\\_SB.PCI0.S08.X", number(2)),
        scope("\\_SB.PCI0", named("^Y", number(3))),
    )
    assert interpreter.paths() == [
        "\\_SB.PCI0 Device",
        "\\_SB.PCI0._ADR Integer",
        "\\_SB.PCI0.S08 Device",
        "\\_SB.PCI0.S08.X Integer",
        "\\_SB.Y Integer",
    ]


def test_a_single_name_is_looked_up_above_and_a_path_is_not(interpreter) -> None:
    interpreter.load(
        named("TOP", number(7)),
        scope(
            "\\_SB",
            device("A", method("M", returned(name("TOP"))), method("N", returned(name("^TOP")))),
        ),
    )
    assert interpreter.value("\\_SB.A.M") == "I:7"
    assert interpreter.value("\\_SB.A.N") == "NotFound"


def test_the_nearest_name_is_meant(interpreter) -> None:
    interpreter.load(
        named("X", number(1)),
        device("A", named("X", number(2)), method("M", returned(name("X")))),
        method("M", returned(name("X"))),
    )
    assert interpreter.value("\\A.M") == "I:2"
    assert interpreter.value("\\M") == "I:1"


def test_an_alias_is_what_it_names(interpreter) -> None:
    interpreter.load(
        named("X", number(1)),
        method("M", returned(number(4))),
        aml.alias("X", "Y"),
        aml.alias("M", "N"),
        method("SET", aml.store(number(9), name("Y"))),
        method("CALL", returned(name("N"))),
    )
    assert interpreter.paths()[2:4] == ["\\Y Alias", "\\N MethodAlias"]
    interpreter.value("\\SET")
    assert interpreter.value("\\X") == "I:9"
    assert interpreter.value("\\CALL") == "I:4"


def test_a_name_that_is_there_stays_and_the_rest_is_loaded(interpreter) -> None:
    assert (
        interpreter.load(named("X", number(1)), named("X", number(2)), named("Y", number(3))) == 1
    )
    assert interpreter.value("\\X") == "I:1"
    assert interpreter.value("\\Y") == "I:3"


def test_a_scope_that_is_missing_is_left_out_and_the_rest_is_loaded(interpreter) -> None:
    assert interpreter.load(scope("\\_SB.NONE", named("X", number(1))), named("Y", number(3))) == 1
    assert interpreter.paths() == ["\\Y Integer"]


def test_names_of_a_method_are_gone_when_it_returns(interpreter) -> None:
    interpreter.load(method("M", named("X", number(5)), returned(name("X"))))
    for _ in range(3):
        assert interpreter.value("\\M") == "I:5"
    assert interpreter.paths() == ["\\M Method"]


def test_terms_under_a_condition_are_made_if_it_holds(interpreter) -> None:
    interpreter.load(
        named("X", number(1)),
        aml.conditional(name("X"), named("YES", number(1))),
        aml.otherwise(named("NO", number(1))),
        aml.conditional(aml.ZERO, named("NO", number(1))),
        aml.otherwise(named("ELSE", number(1))),
    )
    assert [line.split()[0] for line in interpreter.paths()] == ["\\X", "\\YES", "\\ELSE"]


@pytest.mark.parametrize("bad", [b"ab__", b"1ABC", b"A.BC", b"A\x00BC"])
def test_what_is_no_name_is_refused(interpreter, bad: bytes) -> None:
    assert interpreter.load(b"\x08" + bad + number(1)) == 1
    assert interpreter.paths() == []


def test_a_name_above_the_root_is_refused(interpreter) -> None:
    interpreter.load(method("M", returned(name("^^X"))))
    assert interpreter.value("\\M") == "BadName"


def test_an_element_may_be_named_before_it_is_there(interpreter) -> None:
    interpreter.load(
        named("P", aml.package(name("\\_SB.DEV"), name("NUM"), name("NONE"))),
        scope("\\_SB", device("DEV")),
        named("NUM", number(0x1F)),
    )
    assert interpreter.value("\\P") == "P[R:\\_SB.DEV I:1F N]"


def test_types_have_the_words_of_the_reference_implementation(interpreter) -> None:
    interpreter.load(
        b"\x5b\x02" + name("EVT"),
        b"\x5b\x01" + name("MTX") + b"\x03",
        aml.enclosed(b"\x5b\x84", name("PWR") + b"\x00\x00\x00"),
        aml.enclosed(b"\x5b\x83", name("CPU") + bytes(6)),
        aml.enclosed(b"\x5b\x85", name("THRM")),
        aml.region("REG", 1, number(0x80), number(4)),
        aml.field("REG", 1, ("F1", 8), ("F2", 8), ("F3", 8)),
        aml.index_field("F1", "F2", 1, ("IDX", 8)),
        aml.bank_field("REG", "F3", number(2), 1, ("BNK", 8)),
        named("BUF", aml.buffer(b"\x01\x02")),
        aml.create_field(b"\x8c", name("BUF"), number(1), "BYTE"),
    )
    assert [line.split()[1] for line in interpreter.paths()] == [
        "Event",
        "Mutex",
        "Power",
        "Processor",
        "Thermal",
        "Region",
        "RegionField",
        "RegionField",
        "RegionField",
        "IndexField",
        "BankField",
        "Buffer",
        "BufferField",
    ]
    assert interpreter.value("\\BYTE") == "I:2"
