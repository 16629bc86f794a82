"""The driver on the page about devices is built, and drives QEMU's device."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import image
from tools.image import ROOT
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

PAGE = ROOT / "docs" / "devices.md"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The initial files, with the driver among the modules."""
    folder = tmp_path_factory.mktemp("driver")
    source = re.search(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    (folder / "edu.py").write_text(source[1])
    modules = image.build_modules("checked", [folder / "edu.py"], folder / "modules")
    program = image.build_program(image.FIRST_PROGRAM, folder / "init", "checked")
    line = "cat /dev/klog"
    return image.pack_initial_files(program, [line], folder / "files.img", "checked", modules)


@pytest.mark.parametrize("board", ["q35", "pc"])
def test_the_driver_computes_a_factorial(files: Path, board: str) -> None:
    kernel = image.build_kernel("checked")
    config = MachineConfig(
        boot=DirectBoot(kernel, files), board=board, qemu_arguments=("-device", "edu")
    )
    with Machine(config) as machine:
        machine.wait_for("edu: the factorial of 10 is 3628800")
