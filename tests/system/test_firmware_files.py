"""What the firmware says of the machine, as files: /sys/acpi, on two kinds of machines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

NAMES = "/sys/acpi/namespace"
LINES = [
    "ls /sys/acpi",
    "cat /sys/acpi/devices",
    f"ls {NAMES}",
    f"cat {NAMES}/_S5",
    f"cat {NAMES}/_SB/PCI0/_HID",
    f"cat {NAMES}/_SB/PCI0/_CID",
    f"cat {NAMES}/_SB/PCI0/resources",
    f"cat {NAMES}/_OSI",
    f"cat {NAMES}/_SB/NONE",
    f"ls {NAMES}/_SB/PCI0/NONE",
    f"echo Linux > {NAMES}/_OSI",
    "shutdown",
]


@pytest.fixture(scope="module", params=["q35", "pc"])
def output(request, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what a machine prints that looks at its own firmware."""
    folder: Path = tmp_path_factory.mktemp("firmware")
    executable = image.build_program(image.FIRST_PROGRAM, folder / "init", "checked")
    kernel = image.build_kernel("checked")
    files = image.pack_initial_files(
        executable, ["; ".join(LINES)], folder / "files.img", "checked"
    )
    boot = DirectBoot(kernel, files)
    config = MachineConfig(boot=boot, qemu_arguments=("-M", request.param))
    shown = bytearray()
    with Machine(config, shown.extend) as machine:
        assert machine.wait() == 0
    return shown.decode().replace("\r", "")


def test_tables_and_names_are_there(output: str) -> None:
    assert "namespace" in output
    for name in ("_GPE", "_OSI", "_SB", "_S5"):
        assert name in output


def test_names_are_read(output: str) -> None:
    assert "P[I:" in output  # _S5
    assert "I:80AD041" in output or "I:30AD041" in output  # a root of PCI


def test_resources_are_told(output: str) -> None:
    assert "    buses 0x0-0xff produced\n" in output
    assert "    ports 0xcf8-0xcff\n" in output


def test_interrupts_are_led_to_lines_of_apics(output: str) -> None:
    assert "    device 0x1 pin 1 -> \\_SB." in output


def test_a_method_that_may_do_something_is_not_called_by_reading(output: str) -> None:
    assert "method of 1 arguments\n" in output


def test_what_is_not_there_is_not_found(output: str) -> None:
    assert "cat: " in output
    assert "ls: " in output


def test_devices_are_listed(output: str) -> None:
    assert re.search(r"\\_SB\.PCI0 .*PNP0A03.* status 0xf\n", output)
    assert re.search(r"\\_SB\.PCI0\.[A-Z0-9]+\.KBD PNP0303 status 0xf\n", output)
