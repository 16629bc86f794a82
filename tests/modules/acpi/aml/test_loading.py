"""Tables that AML itself loads and unloads, and what becomes of those that cannot be loaded."""

from __future__ import annotations

import pytest

from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml.assembler import (
    LOCAL,
    buffer,
    method,
    name,
    named,
    number,
    returned,
    store,
    string,
)

HANDLE = "I:F"  # what ObjectType says of a loaded table


def type_of(place: bytes) -> bytes:
    return b"\x8e" + place


def deref_of(text: str) -> bytes:
    return aml.deref(string(text))


def added(*terms: bytes, signature: bytes = b"SSDT") -> bytes:
    return aml.table(*terms, signature=signature)


NEW = added(aml.device("\\NEW", named("X", number(5))))


# Load -------------------------------------------------------------------------------------------


def test_a_table_is_loaded_from_a_buffer(interpreter) -> None:
    interpreter.load(
        named("BUF", buffer(NEW)),
        method("LOAD", aml.load("BUF", LOCAL[0]), returned(type_of(LOCAL[0]))),
    )
    assert interpreter.value("\\LOAD") == HANDLE
    assert interpreter.value("\\NEW.X") == "I:5"


def test_load_tells_whether_it_did(interpreter) -> None:
    interpreter.load(named("BUF", buffer(NEW)), method("LOAD", returned(aml.load("BUF", LOCAL[0]))))
    assert interpreter.value("\\LOAD") == "I:" + "F" * 16


def test_a_table_is_loaded_from_registers(interpreter) -> None:
    """What AML has written there; the region is longer than the table."""
    bits = len(NEW) * 8
    interpreter.load(
        named("BUF", buffer(NEW)),
        aml.region("REG", 0, number(0x1000), number(0x200)),
        aml.field("REG", 1, ("FLD", bits)),
        method("LOAD", store(name("BUF"), name("FLD")), aml.load("REG", LOCAL[0])),
    )
    assert interpreter.value("\\LOAD") == "N"
    assert interpreter.value("\\NEW.X") == "I:5"


def test_a_table_is_loaded_from_a_field(interpreter) -> None:
    interpreter.load(
        named("BUF", buffer(NEW)),
        aml.region("REG", 0, number(0x1000), number(0x200)),
        aml.field("REG", 1, ("FLD", len(NEW) * 8)),
        method("LOAD", store(name("BUF"), name("FLD")), aml.load("FLD", LOCAL[0])),
    )
    assert interpreter.value("\\LOAD") == "N"
    assert interpreter.value("\\NEW.X") == "I:5"


def test_what_stands_behind_a_table_is_not_the_tables(interpreter) -> None:
    interpreter.load(named("BUF", buffer(NEW + b"\xa5\xff")), method("LOAD", aml.load("BUF")))
    assert interpreter.value("\\LOAD") == "N"
    assert interpreter.value("\\NEW.X") == "I:5"


def damaged(content: bytes, at: int, value: int) -> bytes:
    result = bytearray(content)
    result[at] = value
    return bytes(result)


BAD = [
    damaged(NEW, 9, NEW[9] ^ 1),  # the sum
    damaged(NEW, 4, 200),  # longer than what is there
    damaged(NEW, 4, 10),  # shorter than a header
    damaged(NEW, 7, 0x80),
    NEW[:20],
    b"",
]


@pytest.mark.parametrize("content", BAD)
def test_a_damaged_table_is_not_loaded(interpreter, content: bytes) -> None:
    interpreter.load(named("BUF", buffer(content)), method("LOAD", aml.load("BUF", LOCAL[0])))
    assert interpreter.value("\\LOAD") == "BadTable"
    assert interpreter.value("\\NEW.X") == "NotFound"
    assert interpreter.subject.table_count() == 1


@pytest.mark.parametrize("content", BAD)
def test_a_damaged_table_is_not_loaded_from_registers(interpreter, content: bytes) -> None:
    interpreter.load(
        named("BUF", buffer(content)),
        aml.region("REG", 0, number(0x1000), number(len(NEW))),
        aml.field("REG", 1, ("FLD", len(NEW) * 8)),
        method("LOAD", store(name("BUF"), name("FLD")), aml.load("REG", LOCAL[0])),
    )
    assert interpreter.value("\\LOAD") == "BadTable"
    assert interpreter.subject.table_count() == 1


def test_tables_come_only_from_where_bytes_are(interpreter) -> None:
    interpreter.load(aml.device("DEV"), method("LOAD", aml.load("DEV", LOCAL[0])))
    assert interpreter.value("\\LOAD") == "WrongType"


def test_a_table_that_is_loaded_is_not_loaded_again(interpreter) -> None:
    """However often AML tries: neither names nor memory are used up."""
    interpreter.load(named("BUF", buffer(NEW)), method("LOAD", aml.load("BUF", LOCAL[0])))
    assert interpreter.value("\\LOAD") == "N"
    for _ in range(3):
        assert interpreter.value("\\LOAD") == "AlreadyExists"
    assert interpreter.subject.table_count() == 2


def test_an_error_in_a_loaded_table_costs_one_term(interpreter) -> None:
    content = added(named("\\A", number(1)), named("\\OLD", number(2)), named("\\B", number(3)))
    interpreter.load(
        named("OLD", number(1)),
        named("BUF", buffer(content)),
        method("LOAD", aml.load("BUF"), returned(number(9))),
    )
    assert interpreter.value("\\LOAD") == "I:9"
    assert [interpreter.value(each) for each in ("\\A", "\\OLD", "\\B")] == ["I:1", "I:1", "I:3"]


def test_a_table_that_loads_itself_ends(interpreter) -> None:
    """Its bytes are not in it, but what loads it calls itself while it is loaded."""
    content = added(name("\\LOAD"))
    interpreter.load(named("BUF", buffer(content)), method("LOAD", aml.load("BUF", LOCAL[0])))
    assert interpreter.value("\\LOAD") == "N"
    assert interpreter.subject.table_count() == 2


# LoadTable --------------------------------------------------------------------------------------

OEM = aml.table(
    aml.device("OWN", named("PARM", number(0))), named("X", number(5)), signature=b"OEM1"
)


def test_one_of_the_firmwares_tables_is_loaded(interpreter) -> None:
    take = store(aml.load_table("OEM1", "TESTER", "TESTING"), LOCAL[0])
    interpreter.load_all(aml.table(method("LOAD", take, returned(type_of(LOCAL[0])))), OEM)
    assert interpreter.value("\\X") == "NotFound"
    assert interpreter.value("\\LOAD") == HANDLE
    assert interpreter.value("\\X") == "I:5"


def test_a_table_that_is_not_there_gives_zero(interpreter) -> None:
    asked = [
        aml.load_table("NONE"),
        aml.load_table("OEM1", "OTHER"),
        aml.load_table("OEM1", "", "X"),
    ]
    methods = [method(f"M{i}", returned(each)) for i, each in enumerate(asked)]
    interpreter.load_all(aml.table(*methods), OEM)
    assert [interpreter.value(f"\\M{i}") for i in range(len(asked))] == ["I:0"] * 3


def test_a_place_and_what_is_stored_there(interpreter) -> None:
    """The place may be one that the table makes, and is looked up where the table is loaded."""
    take = aml.load_table("OEM1", root="\\_SB", place="OWN.PARM", data=number(7))
    interpreter.load_all(aml.table(method("LOAD", store(take, LOCAL[0]))), OEM)
    assert interpreter.value("\\LOAD") == "N"
    assert interpreter.value("\\_SB.OWN.PARM") == "I:7"
    assert interpreter.value("\\_SB.X") == "I:5"


def test_a_root_that_is_missing_loads_nothing(interpreter) -> None:
    take = aml.load_table("OEM1", root="\\_SB.NONE")
    interpreter.load_all(aml.table(method("LOAD", store(take, LOCAL[0]))), OEM)
    assert interpreter.value("\\LOAD") == "NotFound"
    assert interpreter.value("\\X") == "NotFound"


@pytest.mark.parametrize("signature", ["DSDT", "OEM1"])
def test_the_firmwares_tables_are_loaded_once(interpreter, signature: str) -> None:
    both = (store(aml.load_table(signature), LOCAL[0]),) * 2
    interpreter.load_all(aml.table(method("LOAD", *both)), OEM)
    assert interpreter.value("\\LOAD") == "AlreadyExists"


def test_a_program_that_another_loads_first_is_not_loaded_again(interpreter) -> None:
    """The DSDT's own terms ask for an SSDT, which would come next by itself."""
    first = aml.table(store(aml.load_table("SSDT", root="\\_SB"), aml.NOTHING))
    second = added(named("X", number(5)))
    assert interpreter.load_all(first, second) == 0
    assert interpreter.paths() == ["\\_SB.X Integer"]


# Unload -----------------------------------------------------------------------------------------


def test_a_loaded_table_can_be_unloaded_and_loaded_again(interpreter) -> None:
    interpreter.load(
        named("BUF", buffer(NEW)),
        method(
            "BOTH",
            aml.load("BUF", LOCAL[0]),
            aml.unload(LOCAL[0]),
            returned(b"\x5b\x12" + name("\\NEW") + LOCAL[1]),
        ),
        method("LOAD", aml.load("BUF", LOCAL[0])),
    )
    for _ in range(3):
        assert interpreter.value("\\BOTH") == "I:0"
        assert interpreter.value("\\NEW.X") == "NotFound"
    assert interpreter.value("\\LOAD") == "N"
    assert interpreter.value("\\NEW.X") == "I:5"
    assert interpreter.subject.table_count() == 2


def test_a_table_is_unloaded_once(interpreter) -> None:
    twice = (aml.unload(LOCAL[0]),) * 2
    interpreter.load(named("BUF", buffer(NEW)), method("M", aml.load("BUF", LOCAL[0]), *twice))
    assert interpreter.value("\\M") == "NotFound"


def test_what_is_no_table_cannot_be_unloaded(interpreter) -> None:
    interpreter.load(named("X", number(1)), method("M", aml.unload(name("X"))))
    assert interpreter.value("\\M") == "WrongType"


def test_a_method_may_unload_the_table_that_it_is_in(interpreter) -> None:
    """Its bytes stay until it has returned."""
    content = added(method("\\GO", aml.unload(name("\\HND")), returned(number(8))))
    interpreter.load(
        named("BUF", buffer(content)),
        named("HND", aml.ZERO),
        method("LOAD", aml.load("BUF", LOCAL[0]), b"\x9d" + LOCAL[0] + name("HND")),
    )
    assert interpreter.value("\\LOAD") == "N"
    assert interpreter.value("\\GO") == "I:8"
    assert interpreter.value("\\GO") == "NotFound"


def test_a_reference_into_an_unloaded_table_leads_nowhere(interpreter) -> None:
    content = added(aml.device("\\NEW", named("PKG", aml.package(number(4)))))
    interpreter.load(
        named("BUF", buffer(content)),
        method(
            "M",
            aml.load("BUF", LOCAL[0]),
            store(b"\x71" + name("\\NEW.PKG"), LOCAL[1]),
            aml.unload(LOCAL[0]),
            returned(aml.deref(LOCAL[1])),
        ),
    )
    assert interpreter.value("\\M") == "Uninitialized"
