"""PCI devices interrupt by lines, where the firmware says that their pins lead: through links, across a bridge, shared."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

DRIVER = Path(__file__).parent / "modules" / "lines" / "edu_line.py"
# Pins of slots that are four apart lead to the same line. Behind the bridge in slot 8, that of slot 1 is the bridge's second,
# which leads where the first of slot 9 does.
SLOTS = {"edu": 5, "shared": 9, "alone": 7}
BEHIND = ("-device", "pci-bridge,id=bridge,chassis_nr=1,addr=8")
BEHIND += ("-device", "edu,bus=bridge,addr=1")
DEVICES = (
    tuple(word for slot in SLOTS.values() for word in ("-device", f"edu,addr={slot}")) + BEHIND
)
REASONS = 3
TELL = "/sys/module/control"


class Lines:
    """What the driver says of each device, by its place."""

    def __init__(self, printed: str):
        self.printed = printed
        found = re.findall(r"edu (0x\w+) is at line (\d+)", printed)
        self.of = {int(place, 16): int(line) for place, line in found}
        counts = re.findall(r"edu (0x\w+) interrupted (\d+) times", printed)
        self.last = {int(place, 16): int(count) for place, count in counts}
        asked = re.findall(r"edu (0x\w+) was asked (\d+) times", printed)
        self.asked = {int(place, 16): int(count) for place, count in asked}


@pytest.fixture(scope="module", params=["q35", "pc"])
def lines(request, tmp_path_factory: pytest.TempPathFactory) -> Lines:
    folder: Path = tmp_path_factory.mktemp("lines")
    modules = image.build_modules("checked", [DRIVER], folder / "modules")
    program = image.build_program(image.FIRST_PROGRAM, folder / "init", "checked")
    line = f"echo 'unload edu_line && load edu_line && unload edu_line' > {TELL}; cat /dev/klog"
    files = image.pack_initial_files(program, [line], folder / "files.img", "checked", modules)
    boot = DirectBoot(image.build_kernel("checked"), files)
    config = MachineConfig(boot=boot, board=request.param, qemu_arguments=DEVICES)
    with Machine(config) as machine:
        machine.wait()
        printed = machine.transcript.text.replace("\r", "")
    return Lines(printed[printed.rindex("hello from typed Python") :])


def place(slot: int, bus: int = 0) -> int:
    return bus << 8 | slot << 3


def test_each_device_has_a_line(lines: Lines) -> None:
    places = {place(slot) for slot in SLOTS.values()} | {place(1, bus=1)}
    assert set(lines.of) == places, lines.printed
    assert all(0 < line < 24 for line in lines.of.values())


def test_lines_are_shared_as_pins_are_wired(lines: Lines) -> None:
    one, other = lines.of[place(SLOTS["edu"])], lines.of[place(SLOTS["shared"])]
    assert one == other
    assert lines.of[place(SLOTS["alone"])] != one
    assert lines.of[place(1, bus=1)] == one


def test_each_device_interrupts_as_often_as_it_has_reasons(lines: Lines) -> None:
    """Once more for every device that came later; no interrupt is lost, none is another device's."""
    assert sorted(lines.last.values()) == [REASONS * (each + 1) for each in range(4)]


def test_handlers_of_a_shared_line_are_asked_for_each_other(lines: Lines) -> None:
    for slot in (SLOTS["edu"], SLOTS["shared"]):
        assert lines.asked[place(slot)] > lines.last[place(slot)]


def test_nothing_interrupts_that_is_nobodys(lines: Lines) -> None:
    assert "no device says why" not in lines.printed
    assert "interrupts without end" not in lines.printed
    assert "is taken" not in lines.printed
