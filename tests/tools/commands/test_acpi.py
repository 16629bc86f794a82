"""`./patchwork acpi` prints names and values of tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.modules.acpi.aml import assembler as aml
from tools.cli import run
from tools.commands import acpi
from tools.failure import Failure

DSDT = aml.table(
    aml.scope(
        "\\_SB",
        aml.device(
            "DEV",
            aml.named("_HID", aml.string("PNP0A03")),
            aml.method(
                "TWIC", aml.returned(aml.binary(aml.ADD, aml.ARG[0], aml.ARG[0])), arguments=1
            ),
            aml.method("BAD", aml.returned(aml.name("NONE"))),
        ),
    ),
    aml.named("\\_SB.NONE.X", aml.ZERO),
)


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "dsdt.aml"
    path.write_bytes(DSDT)
    return str(path)


def test_the_namespace_with_values(table: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["acpi", table]) == 0
    output = capfd.readouterr()
    assert '\\_SB.DEV._HID String S:"PNP0A03"' in output.out
    assert "DSDT 0, offset 0x" in output.err
    assert output.err.endswith(", in \\: NotFound\n")


def test_paths_are_sorted(table: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["acpi", "--paths", table]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines == sorted(lines)
    assert "\\_SB.DEV.TWIC Method" in lines


def test_a_method_is_evaluated(table: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["acpi", "--trace", table, "--eval", "\\_SB.DEV.TWIC", "0x21"]) == 0
    output = capfd.readouterr()
    assert output.out == "I:42\n"
    assert "\\_SB.DEV.TWIC I:21\n" in output.err


def test_an_error_has_a_place(table: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["acpi", table, "--eval", "\\_SB.DEV.BAD"]) == 1
    output = capfd.readouterr()
    assert output.out == "E:NotFound\n"
    assert "in \\_SB.DEV.BAD: NotFound" in output.err


def test_a_list_is_evaluated(table: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    names = tmp_path / "names"
    names.write_text("\\_SB.DEV._HID\n\\_REV\n")
    assert run(["acpi", "--evaluate", str(names), table]) == 0
    assert capfd.readouterr().out == '\\_SB.DEV._HID\tS:"PNP0A03"\n\\_REV\tI:2\n'


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.aml"
    path.write_bytes(b"DSDT")
    with pytest.raises(Failure, match="no ACPI table"):
        acpi.main([str(path)])
    with pytest.raises(Failure, match="cannot read"):
        acpi.main([str(tmp_path / "none.aml")])
    with pytest.raises(Failure, match="no table was named"):
        acpi.main([])


def test_resources_are_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "dsdt.aml"
    resources = aml.buffer(bytes.fromhex("4701F803F80301082210007900"))
    route = aml.package(aml.number(0x1FFFF), aml.ZERO, aml.ZERO, aml.number(16))
    path.write_bytes(
        aml.table(
            aml.named("_CRS", resources),
            aml.named("_PRS", aml.buffer(b"\x22")),
            aml.named("_PRT", aml.package(route)),
        )
    )
    assert run(["acpi", "--resources", str(path)]) == 0
    output = capfd.readouterr()
    assert output.out.splitlines() == [
        "\\_CRS",
        "    ports 0x3f8-0x3ff",
        "    interrupt 4 edge high",
        "\\_PRS",
        "    E:BadResource",
        "\\_PRT",
        "    device 0x1 pin 1 -> line 16",
    ]


def test_devices_are_listed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "dsdt.aml"
    identifiers = aml.package(aml.number(0x030AD041), aml.string("abc0001"))
    path.write_bytes(
        aml.table(
            aml.device(
                "PCI0",
                aml.named("_HID", aml.number(0x080AD041)),
                aml.named("_CID", identifiers),
                aml.named("_UID", aml.string("one")),
                aml.device("S08", aml.named("_ADR", aml.number(0x10000))),
            ),
            aml.device("GONE", aml.named("_UID", aml.number(7)), aml.named("_STA", aml.ZERO)),
        )
    )
    assert run(["acpi", "--devices", str(path)]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert [each for each in lines if not each.startswith("\\_")] == [
        '\\PCI0 PNP0A08 PNP0A03 ABC0001 unit "one" status 0xf',
        "\\PCI0.S08 address 0x10000 status 0xf",
        "\\GONE unit 7 status 0x0",
    ]
