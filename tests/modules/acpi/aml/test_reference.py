"""Tables that are loaded by AML, notices and _REG: as in the reference implementation, where that is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml import reference
from tests.modules.acpi.aml.reference import ERROR, Answers

pytestmark = reference.needed

MAIN = """
DefinitionBlock ("", "DSDT", 2, "TESTER", "TESTING", 1)
{
    Name (SEEN, Zero)
    Method (HEAR, 2) { SEEN = (SEEN << 8) | (Arg0 << 4) | Arg1 }
    Device (DEV)
    {
        Name (_HID, "TEST0000")
        Method (_REG, 2) { HEAR (Arg0, Arg1) }
        OperationRegion (MEM, SystemMemory, 0, 4)
        OperationRegion (IO, SystemIO, 0, 4)
        OperationRegion (RTC, SystemCMOS, 0, 4)
        DataTableRegion (TBL, "DSDT", "", "")
        OperationRegion (RTC2, SystemCMOS, 8, 4)
    }

    DataTableRegion (TBLA, "OEM1", "TESTER", "")
    Field (TBLA, ByteAcc, NoLock, Preserve)
    {
        SIGN, 32, SIZE, 32, Offset (10), MAKR, 16, Offset (0x1000), FAR, 8
    }
    Method (MISS)
    {
        DataTableRegion (TBLB, "NONE", "", "")
        Field (TBLB, ByteAcc, NoLock, Preserve) { X, 8 }
        Return (X)
    }

    Name (GOOD, Buffer () { GOOD_BYTES })
    Name (BAD, Buffer () { BAD_BYTES })
    Name (HND, Zero)
    Method (LBAD) { Load (BAD, Local0) Return (One) }
    Method (LGOO) { Local0 = 77 Load (GOOD, Local0) Return (ObjectType (Local0)) }

    Method (TNON) { Return (LoadTable ("NONE", "", "", "", "", Zero)) }
    Method (TDSD) { Return (LoadTable ("DSDT", "", "", "", "", Zero)) }
    Method (TROO) { Return (LoadTable ("OEM2", "", "", "\\NONE", "", Zero)) }
    Method (TOEM)
    {
        Local0 = LoadTable ("OEM2", "TESTER", "", "\\_SB", "\\HND", 9)
        Return (ObjectType (Local0))
    }

    Method (NOTI) { Notify (DEV, 0x81) Notify (\\_SB, Zero) Return (One) }
}
"""
OEM1 = """
DefinitionBlock ("", "OEM1", 2, "TESTER", "ONE", 1) { Name (XONE, 1) }
"""
OEM2 = """
DefinitionBlock ("", "OEM2", 2, "TESTER", "TWO", 1) { Device (XTWO) { Name (_ADR, 2) } }
"""
SSDT = """
DefinitionBlock ("", "SSDT", 2, "TESTER", "NEW", 1)
{
    External (\\HEAR, MethodObj)
    Device (XNEW)
    {
        Name (_ADR, 3)
        Method (_REG, 2) { \\HEAR (Arg0, Arg1) }
        OperationRegion (RTC, SystemCMOS, 0, 4)
    }
}
"""
NAMES = [
    *["\\SEEN", "\\SIGN", "\\SIZE", "\\MAKR", "\\FAR", "\\MISS"],
    *["\\LBAD", "\\XNEW._ADR", "\\LGOO", "\\XNEW._ADR", "\\LGOO"],
    *["\\TNON", "\\TDSD", "\\TROO", "\\_SB.XTWO._ADR", "\\TOEM", "\\_SB.XTWO._ADR", "\\HND"],
    *["\\TOEM", "\\NOTI"],
]


def bytes_of(content: bytes) -> str:
    return ", ".join(map(str, content))


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Return the DSDT and the tables that the firmware has besides."""
    folder: Path = tmp_path_factory.mktemp("asl")
    good = reference.compiled(folder, "good", SSDT)
    bad = good[:9] + bytes([good[9] ^ 1]) + good[10:]
    main = MAIN.replace("GOOD_BYTES", bytes_of(good)).replace("BAD_BYTES", bytes_of(bad))
    others = [reference.compiled(folder, "one", OEM1), reference.compiled(folder, "two", OEM2)]
    return [reference.compiled(folder, "main", main), *others]


def test_the_same_values(interpreter, tables: list[bytes], tmp_path: Path) -> None:
    expected = Answers(tmp_path, tables, NAMES)
    assert interpreter.load_all(*tables) == 0
    interpreter.subject.initialise()
    values = [interpreter.value(each) for each in NAMES]
    assert [each if each[1] == ":" else ERROR for each in values] == expected.values
    notices = bytes(interpreter.subject.notices()).decode().splitlines()
    heard = [(line.split()[0].strip("\\"), int(line.split()[1], 16)) for line in notices]
    assert set(heard) == set(expected.notices), "acpiexec has several handlers, each in a thread"


def test_the_same_of_a_table_that_comes_later(interpreter, tmp_path: Path) -> None:
    """Devices of a table that AML loads hear that their registers can be reached."""
    folder = tmp_path / "asl"
    folder.mkdir()
    good = reference.compiled(folder, "good", SSDT)
    main = MAIN.replace("GOOD_BYTES", bytes_of(good)).replace("BAD_BYTES", "0")
    tables = [reference.compiled(folder, "main", main), aml.table(signature=b"OEM1")]
    names = ["\\LGOO", "\\SEEN"]
    expected = Answers(tmp_path, tables, names)
    interpreter.load_all(*tables)
    interpreter.subject.initialise()
    assert [interpreter.value(each) for each in names] == expected.values
    assert expected.values[1] == "I:515151"


CONTROLLER = """
DefinitionBlock ("", "DSDT", 2, "TESTER", "TESTING", 1)
{
    Name (SEEN, Zero)
    Name (CNT, Zero)
    Device (EC)
    {
        Name (_HID, EisaId ("PNP0C09"))
        Method (_REG, 2) { If (Arg1) { CNT++ SEEN = (SEEN << 8) | (Arg0 << 4) | Arg1 } }
    }
}
"""


def test_the_same_of_an_embedded_controller_without_a_region(interpreter, tmp_path: Path) -> None:
    folder = tmp_path / "asl"
    folder.mkdir()
    tables = [reference.compiled(folder, "main", CONTROLLER)]
    names = ["\\SEEN", "\\CNT"]
    expected = Answers(tmp_path, tables, names)
    interpreter.load_all(*tables)
    interpreter.subject.initialise()
    assert [interpreter.value(each) for each in names] == expected.values
    assert expected.values == ["I:31", "I:1"]
