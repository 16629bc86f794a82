"""The keyboard's driver is replaced while keys are pressed, and not one is lost."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from core.input.key import Key
from tests.system.test_threads import PROGRAMS
from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

LETTERS = "abcdefghijklmnopqrstuvwxyz"
KEYS = 300
MOST_AHEAD = 4  # keys that the keyboard keeps for who is busy


def press(machine: Machine, name: str) -> None:
    for is_down in (True, False):
        key = {"type": "qcode", "data": name}
        event = {"type": "key", "data": {"down": is_down, "key": key}}
        machine.monitor.command("input-send-event", events=[event])


def told(names: list[str]) -> list[str]:
    """Return what the file of events says of keys that were pressed and released."""
    numbers = [Key.ESCAPE if name == "esc" else Key[name.upper()] for name in names]
    return [f"{number.value}{end}" for number in numbers for end in "_^"]


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> DirectBoot:
    """A system that runs the program which replaces the driver."""
    folder: Path = tmp_path_factory.mktemp("replacing")
    program = image.build_program(PROGRAMS / "replacing.py", folder / "init", "checked")
    files = image.pack_initial_files(program, (), folder / "files.img", "checked")
    return DirectBoot(image.build_kernel("checked"), files)


@pytest.mark.parametrize("processors", [1, 2, 4])
def test_no_key_is_lost_while_the_driver_is_replaced(system: DirectBoot, processors: int) -> None:
    names = [*random.Random(processors).choices(LETTERS, k=KEYS), "esc"]
    wanted = told(names)
    with Machine(MachineConfig(boot=system, processors=processors)) as machine:
        machine.wait_for("listening")
        for count, name in enumerate(names):
            press(machine, name)
            if count >= MOST_AHEAD:
                machine.wait_for(wanted[2 * (count - MOST_AHEAD) + 1])
        times = int(machine.wait_for(re.compile(r"replaced (\d+)"))[1])
        assert machine.wait() == 0
        shown = machine.transcript.text
    events = re.findall(r"\d+[_^]", shown[shown.index("listening") :])
    assert events == wanted
    assert times >= 1  # a busy host replaces seldom
