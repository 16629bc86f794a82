"""The image boots, directly and by the firmware, says hello and paints the screen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from compiler.testing import native
from tests.tools.machine.conftest import require_firmware, require_qemu
from tools import image, initial_files
from tools.machine.config import DirectBoot, FirmwareBoot, MachineConfig
from tools.machine.machine import Machine

BORDER = 80  # pixels around the picture that label and log leave alone


@pytest.mark.parametrize("build", ["checked", "release"])
def test_the_kernel_says_hello(build: str) -> None:
    require_qemu()
    with Machine(MachineConfig(boot=DirectBoot(image.build_kernel(build)))) as machine:
        machine.wait_for("hello from typed Python")
        machine.wait_for("ready")


@pytest.fixture
def disk_without_programs(tmp_path: Path) -> Path:
    """A folder with what a disk holds, but the initial files, so that the screen stays as the kernel leaves it."""
    image.build_disk("checked")
    folder = Path(shutil.copytree(image.disk_folder("checked"), tmp_path / "disk"))
    (tmp_path / "empty").mkdir()
    (folder / image.INITIAL_FILES_ON_DISK).write_bytes(initial_files.pack(tmp_path / "empty"))
    return folder


def test_the_firmware_starts_the_loader_and_the_screen_shows_what_the_same_code_paints_here(
    disk_without_programs: Path, tmp_path: Path
) -> None:
    require_qemu()
    require_firmware()
    with Machine(MachineConfig(boot=FirmwareBoot(disk_without_programs))) as machine:
        machine.wait_for("hello from typed Python")
        machine.wait_for("ready")
        machine.screenshot(tmp_path / "screen.png")
    with Image.open(tmp_path / "screen.png") as shown:
        picture = shown.convert("RGB")
    quilt = native("core.graphics.quilt")
    for x in range(0, picture.width, 7):
        for y in (*range(0, BORDER, 5), *range(picture.height - BORDER, picture.height, 5)):
            red, green, blue = picture.getpixel((x, y))
            assert red << 16 | green << 8 | blue == quilt.pixel(x, y), (x, y)
