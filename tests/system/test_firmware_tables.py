"""Tables that the firmware's programs load while the system runs, its notices, and _REG, on the machine itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.modules.acpi.aml import assembler as aml
from tests.modules.acpi.aml.assembler import (
    ARG,
    LOCAL,
    binary,
    buffer,
    device,
    field,
    method,
    name,
    named,
    number,
    region,
    returned,
    store,
    string,
)
from tests.system.test_threads import PROGRAMS
from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

CONTROLLER, SMBUS, CMOS = 3, 4, 5
CALL = {"arguments": 1}
SEEN = name("\\_SB.TST0.SEEN")
HEARS = method(
    "_REG",
    store(binary(aml.SHIFT_LEFT, SEEN, number(8)), SEEN),
    store(binary(aml.ADD, SEEN, binary(aml.SHIFT_LEFT, ARG[0], number(4))), SEEN),
    store(binary(aml.ADD, SEEN, ARG[1]), SEEN),
    arguments=2,
)
NEW = aml.table(
    device(
        "\\_SB.TST0.NEW",
        named("X", number(5)),
        region("RTC", CMOS, number(0), number(4)),
        HEARS,
    ),
    signature=b"SSDT",
    product=b"NEW     ",
)
OEM1 = aml.table(device("OWN", named("PARM", number(1))), signature=b"OEM1")
FACT = aml.table(b"data", signature=b"OEMF")
MAIN = aml.table(
    device(
        "\\_SB.TST0",
        named("SEEN", aml.ZERO),
        named("BUF", buffer(NEW)),
        named("HND", aml.ZERO),
        *(region(f"R{each}", each, number(0), number(4)) for each in (0, CONTROLLER, SMBUS, CMOS)),
        HEARS,
        aml.data_region("TBL", string("OEMF"), string("TESTER"), string("")),
        field("TBL", 1, ("SIGN", 32), ("", 32 * 8), ("LAST", 32), ("NEXT", 8)),
        field("TBL", 1, ("", 1 << 20), ("FAR", 8)),
        method("LOAD", aml.load("BUF", LOCAL[0]), b"\x9d" + LOCAL[0] + name("HND"), **CALL),
        method("UNLD", aml.unload(name("HND")), **CALL),
        method(
            "TAKE",
            aml.load_table("OEM1", root="\\_SB.TST0", place="OWN.PARM", data=number(9)),
            **CALL,
        ),
        method("MISS", returned(aml.load_table("NONE")), **CALL),
        method("TELL", aml.notify("\\_SB.TST0", ARG[0]), **CALL),
    ),
    signature=b"SSDT",
)


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what the program prints, by the first word of the line."""
    folder: Path = tmp_path_factory.mktemp("tables")
    program = image.build_program(PROGRAMS / "firmware_tables.py", folder / "init", "checked")
    files = image.pack_initial_files(program, (), folder / "files.img", "checked")
    arguments = []
    for index, content in enumerate((MAIN, OEM1, FACT)):
        path = folder / f"table{index}"
        path.write_bytes(content)
        arguments += ["-acpitable", f"file={path}"]
    boot = DirectBoot(image.build_kernel("checked"), files)
    with Machine(MachineConfig(boot=boot, qemu_arguments=tuple(arguments))) as machine:
        assert machine.wait() == 0, machine.transcript.text
        printed = machine.transcript.text.replace("\r", "").splitlines()
    words = [line.split() for line in printed if line.strip()]
    return {each[0]: each[1:] for each in words}


def test_devices_hear_of_registers_that_this_machine_has(lines) -> None:
    """Of its clock's memory, not of an embedded controller or an SMBus."""
    assert lines["heard"] == ["I:51"]


def test_a_region_of_a_table_is_its_bytes(lines) -> None:
    assert lines["table"][0] == f"I:{int.from_bytes(b'OEMF', 'little'):X}"
    assert [each for each in lines["table"] if each.startswith("E:")] == ["E:OutOfRange"] * 2


def test_a_table_is_loaded_and_its_devices_hear_of_their_registers(lines) -> None:
    assert lines["load"] == ["nothing", "N", "I:5", "I:5151"]
    assert lines["twice"][0].startswith("E:AlreadyExists")


def test_a_table_is_unloaded_and_loaded_again(lines) -> None:
    assert lines["unload"] == ["N", "nothing"]
    assert lines["again"] == ["N", "I:5"]


def test_one_of_the_firmwares_tables_is_loaded(lines) -> None:
    assert lines["taken"] == ["nothing", "N", "I:9"]
    assert lines["missing"] == ["I:0"]


def test_programs_hear_of_notices(lines) -> None:
    assert lines["notify"] == ["N", "\\_SB.TST0", "0x81"]
