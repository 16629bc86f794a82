"""The console on the screen: keys are typed from the outside, and the answer is read from screenshots."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.kernel.io import screen_reader
from tools import image
from tools.machine.config import DirectBoot, FirmwareBoot, MachineConfig
from tools.machine.machine import Machine

# Keys as QEMU calls them, by what they type with an American keymap.
NAMES = {" ": "spc", "\n": "ret", "/": "slash", "-": "minus", ".": "dot", ";": "semicolon"}
NAMES |= {"'": "apostrophe", "=": "equal", "[": "bracket_left", "\\": "backslash"}
SHIFTED = {">": "dot", "|": "backslash", '"': "apostrophe", ":": "semicolon", "_": "minus"}
LIMIT_S = 150.0


def press(machine: Machine, *keys: str) -> None:
    """Press keys, and release them in the other order."""
    for is_down in (True, False):
        for key in keys if is_down else reversed(keys):
            data = {"down": is_down, "key": {"type": "qcode", "data": key}}
            machine.monitor.command("input-send-event", events=[{"type": "key", "data": data}])


def type_text(machine: Machine, text: str) -> None:
    """Type, each character when the one before was answered: QEMU's keyboard remembers few."""
    for character in text:
        printed = len(machine.transcript.text)
        if character in SHIFTED:
            press(machine, "shift", SHIFTED[character])
        elif character.isupper():
            press(machine, "shift", character.lower())
        else:
            press(machine, NAMES.get(character, character))
        wait_for_output(machine, printed)


def wait_for_output(machine: Machine, printed: int) -> None:
    """Wait until the machine has printed more than so many characters."""
    deadline = time.monotonic() + LIMIT_S
    while len(machine.transcript.text) <= printed:
        assert time.monotonic() < deadline, "nothing happens"
        time.sleep(0.005)


@pytest.fixture
def screen(tmp_path: Path) -> Callable[[Machine], list[str]]:
    """Return what reads a machine's screen, but for empty rows at the end."""

    def read(machine: Machine) -> list[str]:
        machine.screenshot(tmp_path / "screen.png")
        lines = screen_reader.read(tmp_path / "screen.png")
        while lines and not lines[-1]:
            lines.pop()
        return lines

    return read


@pytest.fixture(scope="module")
def system() -> tuple[Path, Path]:
    return image.build_kernel("checked"), image.build_initial_files("checked")


@pytest.fixture
def machine(request: pytest.FixtureRequest, system: tuple[Path, Path]) -> Iterator[Machine]:
    board = getattr(request, "param", "q35")
    with Machine(MachineConfig(boot=DirectBoot(*system), board=board)) as machine:
        machine.wait_for("Type help")
        yield machine


def wait_for(machine: Machine, read: Callable[[Machine], list[str]], line: str) -> list[str]:
    """Wait until a row on the screen is `line`, and return all of them."""
    deadline = time.monotonic() + LIMIT_S
    lines: list[str] = []
    while time.monotonic() < deadline:
        try:
            lines = read(machine)
        except KeyError:  # it was being drawn
            continue
        if line in lines:
            return lines
        time.sleep(0.2)
    raise AssertionError(f"{line!r} is not on the screen: {lines}")


@pytest.mark.parametrize("machine", ["q35", "pc"], indirect=True)
def test_the_shell_answers_on_the_screen(machine: Machine, screen) -> None:
    wait_for(machine, screen, "/ >")
    type_text(machine, "echo Hello | wc > /tmp/n:create\ncat /tmp/n\n")
    lines = wait_for(machine, screen, "1 1 6")
    assert "/ > cat /tmp/n" in lines
    type_text(machine, "sh -c 'echo begins; sleep 1000'\n")
    wait_for(machine, screen, "begins")
    press(machine, "ctrl", "c")
    wait_for(machine, screen, "shell: sh: interrupt")


def test_text_that_has_left_at_the_top_comes_back(machine: Machine, screen) -> None:
    wait_for(machine, screen, "/ >")
    first, last = "keymap US", "space  space space space space"
    type_text(machine, "cat /base/data/keymaps/us\n")
    assert first not in wait_for(machine, screen, last)
    for _ in range(2):
        press(machine, "shift", "pgup")
    wait_for(machine, screen, first)
    press(machine, "ret")
    assert first not in wait_for(machine, screen, last)


def test_a_keymap_is_chosen_by_writing_it(machine: Machine, screen) -> None:
    wait_for(machine, screen, "/ >")
    type_text(machine, "cat /base/data/keymaps/de > /dev/keymap; cat /dev/keymap\n")
    wait_for(machine, screen, "German")
    type_text(machine, "echo zy")
    press(machine, "semicolon")
    press(machine, "alt_r", "e")
    press(machine, "equal")
    press(machine, "e")
    press(machine, "ret")
    wait_for(machine, screen, "yzö€é")


def test_the_firmwares_screen_is_used_as_well(screen) -> None:
    config = MachineConfig(boot=FirmwareBoot(image.build_disk("checked")))
    with Machine(config) as machine:
        machine.wait_for("Type help")
        wait_for(machine, screen, "/ >")
        type_text(machine, "echo firmware\n")
        wait_for(machine, screen, "firmware")
