"""A program has the screen while it has its pixels open, and the terminal has it again afterwards."""

from __future__ import annotations

import time
from pathlib import Path

from PIL import Image

from tests.kernel.io import screen_reader
from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

ORANGE = (0xE7, 0x6F, 0x51)


def pixels(machine: Machine, path: Path) -> Image.Image:
    machine.screenshot(path)
    with Image.open(path) as picture:
        return picture.convert("RGB")


def test_a_program_paints_and_gives_the_screen_back(tmp_path: Path) -> None:
    program = image.build_program(Path(__file__).parent / "paint.py", tmp_path / "init", "checked")
    files = image.pack_initial_files(program, (), tmp_path / "files.img", "checked")
    with Machine(MachineConfig(boot=DirectBoot(image.build_kernel("checked"), files))) as machine:
        machine.wait_for("['1280', '800', '5120', 'B8G8R8A8']")
        machine.wait_for("it has no more")
        machine.wait_for("painted")
        picture = pixels(machine, tmp_path / "painted.png")
        assert picture.getpixel((639, 100)) == picture.getpixel((0, 199)) == ORANGE
        assert picture.getpixel((640, 150)) != ORANGE

        machine.send("\r")
        machine.wait_for("closed")
        for _ in range(100):
            machine.screenshot(tmp_path / "after.png")
            try:
                if "closed" in screen_reader.read(tmp_path / "after.png"):
                    return
            except KeyError:  # the terminal was drawing
                pass
            time.sleep(0.1)
        raise AssertionError("the terminal is not on the screen again")
