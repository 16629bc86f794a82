"""The display is the screen where the firmware has given none, whenever its driver comes."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from tests.kernel.io import screen_reader
from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

NAME = "bochs_display"


def boot(files: Path, *arguments: str) -> Machine:
    config = MachineConfig(
        boot=DirectBoot(image.build_kernel("checked"), files), qemu_arguments=arguments
    )
    return Machine(config)


def wait_for_text(machine: Machine, text: str, picture: Path) -> None:
    """Wait until a row on the screen has some text."""
    for _ in range(100):
        machine.screenshot(picture)
        try:
            if any(text in line for line in screen_reader.read(picture)):
                return
        except KeyError:  # it is being drawn
            pass
        time.sleep(0.1)
    raise AssertionError(f"{text!r} is not on the screen")


def pack(folder: Path, objects: Path, *commands: str) -> Path:
    """Pack initial files of a system that runs some command lines."""
    program = image.build_program(image.FIRST_PROGRAM, folder / "init", "checked")
    line = "; ".join([*commands, "echo all is done", "sleep 1000"])
    return image.pack_initial_files(
        program, ["--dumb", line], folder / "files.img", "checked", objects
    )


def test_the_screen_comes_with_the_driver_and_outlives_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    objects = Path(shutil.copytree(image.build_modules("checked"), tmp_path / "objects"))
    root = Path(shutil.copytree(image.ROOT_FILES, tmp_path / "root"))
    (root / "aside").mkdir()
    (objects / NAME).rename(root / "aside" / NAME)
    monkeypatch.setattr(image, "ROOT_FILES", root)
    files = pack(
        tmp_path,
        objects,
        "cat /dev/fb/0/name",
        f"cat /aside/{NAME} > /kernel/modules/{image.version()}/{NAME}:create",
        f"echo 'load {NAME}' > /sys/module/control; cat /dev/fb/0/name; echo",
        f"echo 'replace {NAME} && unload {NAME}' > /sys/module/control",
        "cat /dev/fb/0/info; cat /sys/module/list",
    )
    with boot(files) as machine:
        machine.wait_for("/dev/fb/0/name: there is no such file")
        machine.wait_for("Bochs Display\r\n")
        machine.wait_for("1280 800 5120 B8G8R8A8\r\n")
        machine.wait_for("all is done\r\n")
        assert f"{NAME} 1.0" not in machine.transcript.text
        wait_for_text(machine, "Bochs Display", tmp_path / "screen.png")
        wait_for_text(machine, "all is done", tmp_path / "screen.png")


@pytest.fixture
def looking(tmp_path: Path) -> Path:
    """Initial files of a system that shows which screens there are."""
    commands = "ls /dev/fb", "cat /sys/module/list", "cat /dev/klog | grep bochs_display"
    return pack(tmp_path, image.build_modules("checked"), *commands)


def test_a_display_with_too_little_memory_is_named(looking: Path) -> None:
    with boot(looking, "-global", "VGA.vgamem_mb=2") as machine:
        machine.wait_for("bochs_display: 0x200000 bytes are too few for the pixels")
        machine.wait_for("all is done\r\n")
        assert "0/\r\n" not in machine.transcript.text


def test_of_two_displays_the_first_is_the_screen(looking: Path) -> None:
    with boot(looking, "-device", "bochs-display") as machine:
        machine.wait_for("all is done\r\n")
        assert f"{NAME} 1.0 2 0 0" in machine.transcript.text
        assert "out of use" not in machine.transcript.text
        assert "0/\r\n" in machine.transcript.text
