"""What both of QEMU's boards have, from one boot of each: clocks, PCI, keyboard, mouse, serial ports.

    q35    PCI Express, whose configuration spaces lie in memory (ACPI's table MCFG)
    pc     PCI, which is configured by ports

What keyboards, mice and serial ports send is tested by tests/modules/drivers, on both, too.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

BASE = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)
MOST_SECONDS = 120  # from the machine's start to the end of the command line
LINES = {
    "epoch": "cat /dev/clock/epoch; echo",
    "tables": "ls /sys/acpi/tables",
    "keyboard": "cat /dev/kbd/0/name; echo",
    "mouse": "cat /dev/mouse/0/name; echo",
    "serial": "ls /dev/serial",
    "functions": "ls /dev/pci",
    "bridge": "cat /dev/pci/00.00.0/id; cat /dev/pci/00.00.0/config | wc",
    "express": "cat /dev/pci/00.09.0/config | wc; cat /dev/pci/00.09.0/extended",
    "log": "cat /dev/klog",
}
ARGUMENTS = ("-rtc", f"base={BASE:%Y-%m-%dT%H:%M:%S}", "-device", "e1000e,addr=9")
SECOND_PORT = ("-chardev", "null,id=none", "-serial", "chardev:none")


class Board:
    """A board, and what each command line printed there."""

    def __init__(self, name: str, printed: str):
        self.name = name
        self.is_express = name == "q35"
        parts = re.split(r"^== (\w+)\n", printed, flags=re.MULTILINE)
        self.printed = dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture(scope="module", params=["q35", "pc"])
def board(request, tmp_path_factory: pytest.TempPathFactory) -> Board:
    folder: Path = tmp_path_factory.mktemp("boards")
    program = image.build_program(image.FIRST_PROGRAM, folder / "init", "checked")
    line = "; ".join(f"echo == {name}; {command}" for name, command in LINES.items())
    files = image.pack_initial_files(program, ["--dumb", line], folder / "files.img", "checked")
    config = MachineConfig(
        boot=DirectBoot(image.build_kernel("checked"), files),
        board=request.param,
        qemu_arguments=ARGUMENTS + SECOND_PORT,
    )
    with Machine(config) as machine:
        machine.wait()
        return Board(request.param, machine.transcript.text.replace("\r", ""))


def test_the_clock_with_the_battery_says_what_time_it_is(board: Board) -> None:
    seconds = int(board.printed["epoch"]) / 1e9 - BASE.timestamp()
    assert 0 <= seconds < MOST_SECONDS


def test_the_clock_counts_by_the_hpet(board: Board) -> None:
    assert "HPET" in board.printed["tables"]
    assert re.search(r"the clock counts at \d+ kHz, by the HPET", board.printed["log"])


def test_configuration_spaces_are_found_where_the_board_has_them(board: Board) -> None:
    assert ("MCFG" in board.printed["tables"]) == board.is_express
    by = "memory" if board.is_express else "ports"
    found = re.search(rf"pci: (\d+) functions of devices, found by {by}", board.printed["log"])
    assert found
    assert int(found[1]) == len(board.printed["functions"].split())


def test_they_are_as_large_as_the_bus_has_them(board: Board) -> None:
    size = 4096 if board.is_express else 256
    bridge = "8086:29c0" if board.is_express else "8086:1237"
    assert re.fullmatch(rf"{bridge}\n\d+ \d+ {size}\n", board.printed["bridge"])
    errors = "0001 2 0x100\n"  # advanced error reporting, beyond the first 256 bytes
    assert (errors in board.printed["express"]) == board.is_express


def test_a_keyboard_and_a_mouse_are_there(board: Board) -> None:
    assert board.printed["keyboard"] == "PS/2 Keyboard\n"
    assert board.printed["mouse"] == "PS/2 Mouse with a wheel and five buttons\n"


def test_the_serial_port_beside_the_console_is_there(board: Board) -> None:
    assert board.printed["serial"].split() == ["0/"]


def test_nothing_is_wrong(board: Board) -> None:
    assert "acpi: the firmware's programs are loaded, with 0 errors" in board.printed["log"]
    assert "no device says why" not in board.printed["log"]


@pytest.mark.parametrize("name", ["q35", "pc"])
def test_without_the_hpet_the_clock_counts_by_the_timer_of_acpi(name: str) -> None:
    boot = DirectBoot(image.build_kernel("checked"))
    with Machine(MachineConfig(boot=boot, board=name, qemu_arguments=("-no-hpet",))) as machine:
        machine.wait_for(re.compile(r"the clock counts at \d+ kHz, by the PM timer"))
