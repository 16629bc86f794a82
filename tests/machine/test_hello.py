"""The image boots, directly and by the firmware, says hello and paints the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from compiler.testing import native
from tests.tools.machine.conftest import require_firmware, require_qemu
from tools import image
from tools.machine.config import DirectBoot, FirmwareBoot, MachineConfig
from tools.machine.machine import Machine

BORDER = 80  # pixels around the picture that the label and the firmware's text leave alone


def boot(config: MachineConfig, picture: Path) -> Image.Image:
    with Machine(config) as machine:
        machine.wait_for("hello from typed Python")
        machine.wait_for("ready")
        machine.screenshot(picture)
    return Image.open(picture).convert("RGB")


@pytest.mark.parametrize("build", ["checked", "release"])
def test_the_kernel_says_hello(build: str, tmp_path: Path) -> None:
    require_qemu()
    config = MachineConfig(boot=DirectBoot(image.build_kernel(build)))
    assert boot(config, tmp_path / "screen.png").size == (1280, 800)


def test_the_screen_shows_what_the_same_code_paints_here(tmp_path: Path) -> None:
    require_qemu()
    config = MachineConfig(boot=DirectBoot(image.build_kernel("checked")))
    picture = boot(config, tmp_path / "screen.png")
    quilt = native("core.graphics.quilt")
    for x in range(0, picture.width, 7):
        for y in (*range(0, BORDER, 5), *range(picture.height - BORDER, picture.height, 5)):
            red, green, blue = picture.getpixel((x, y))
            assert red << 16 | green << 8 | blue == quilt.pixel(x, y), (x, y)


def test_the_firmware_starts_the_loader(tmp_path: Path) -> None:
    require_qemu()
    require_firmware()
    config = MachineConfig(boot=FirmwareBoot(image.build_disk("checked")))
    picture = boot(config, tmp_path / "screen.png")
    quilt = native("core.graphics.quilt")
    colours = [picture.getpixel((x, picture.height - 1)) for x in range(picture.width)]
    expected = [quilt.pixel(x, picture.height - 1) for x in range(picture.width)]
    assert [r << 16 | g << 8 | b for r, g, b in colours] == expected
