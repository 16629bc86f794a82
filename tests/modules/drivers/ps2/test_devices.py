"""QEMU's keyboard and mouse, used from the outside, as files inside."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from core.input.key import Key
from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine, MachineHung

TRIES, TRY_S = 100, 0.3
KEYS = {
    "a": Key.A,
    "shift": Key.LEFT_SHIFT,
    "alt_r": Key.RIGHT_ALT,
    "up": Key.UP,
    "pause": Key.PAUSE,
}


@pytest.fixture(scope="module")
def booted(tmp_path_factory: pytest.TempPathFactory):
    """Return what boots a machine that runs a command line."""
    folder: Path = tmp_path_factory.mktemp("ps2")
    executable = image.build_program(image.FIRST_PROGRAM, folder / "init", "checked")
    kernel = image.build_kernel("checked")

    def boot(line: str, board: str) -> Machine:
        files = image.pack_initial_files(executable, [line], folder / "files.img", "checked")
        return Machine(MachineConfig(boot=DirectBoot(kernel, files), board=board, timeout_s=20))

    return boot


def send(machine: Machine, *events: tuple[str, dict[str, object]]) -> None:
    """Do something to the machine's keyboard or mouse."""
    sent = [{"type": kind, "data": data} for kind, data in events]
    machine.monitor.command("input-send-event", events=sent)


def press(machine: Machine, key: str) -> None:
    for is_down in (True, False):
        send(machine, ("key", {"down": is_down, "key": {"type": "qcode", "data": key}}))


def click(machine: Machine, button: str) -> None:
    for is_down in (True, False):
        send(machine, ("btn", {"down": is_down, "button": button}))


def until_read(machine: Machine, act: Callable[[], None], text: str) -> None:
    """Do something again and again, until the program that reads the file is there and shows it."""
    for _ in range(TRIES):
        act()
        with suppress(MachineHung):
            machine.wait_for(text, TRY_S)
            return
    raise MachineHung(machine.report(f"{text!r} was not read"))


@pytest.mark.parametrize("board", ["q35", "pc"])
def test_keys_are_read_from_a_file(booted, board: str) -> None:
    with booted("cat /dev/kbd/0/name; echo; cat /dev/kbd/0/events", board) as machine:
        machine.wait_for("PS/2 Keyboard\r\n")
        until_read(machine, lambda: press(machine, "x"), f"{Key.X.value}_")
        for name, key in KEYS.items():
            press(machine, name)
            machine.wait_for(f"{key.value}_{key.value}^")


@pytest.mark.parametrize("board", ["q35", "pc"])
def test_a_mouse_is_read_from_a_file(booted, board: str) -> None:
    with booted("cat /dev/mouse/0/name; echo; cat /dev/mouse/0/events", board) as machine:
        machine.wait_for("PS/2 Mouse with a wheel and five buttons\r\n")
        until_read(machine, lambda: click(machine, "right"), "2_2^")
        axes = {"x": 12, "y": -173}
        send(machine, *(("rel", {"axis": axis, "value": axes[axis]}) for axis in axes))
        machine.wait_for("12x")
        machine.wait_for("-127y-46y")  # in packets of as much as fits
        events = {
            "left": "1_1^",
            "right": "2_2^",
            "middle": "3_3^",
            "side": "4_4^",
            "extra": "5_5^",
            "wheel-up": "1z",
            "wheel-down": "-1z",
        }
        for button, text in events.items():
            click(machine, button)
            machine.wait_for(text)


def test_a_machine_without_the_controller_goes_on(booted) -> None:
    with booted("ls /dev/kbd | wc; echo done; shutdown", "q35,i8042=off") as machine:
        machine.wait_for("done")
        assert machine.wait() == 0
