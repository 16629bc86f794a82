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
LINKED_IN = "modules.linked_in"


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kernel with the driver, and the initial files."""
    folder = tmp_path_factory.mktemp("driver")
    source = re.search(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    (folder / "edu.py").write_text(source[1])
    image.build_changed_kernel({}, folder / "kernel.elf", "checked", [folder / "edu.py"])
    return folder / "kernel.elf"


@pytest.mark.parametrize("board", ["q35", "pc"])
def test_the_driver_computes_a_factorial(kernel: Path, board: str) -> None:
    files = image.build_initial_files("checked")
    config = MachineConfig(
        boot=DirectBoot(kernel, files), board=board, qemu_arguments=("-device", "edu")
    )
    with Machine(config) as machine:
        machine.wait_for("Type help")
        machine.send("cat /dev/klog | grep edu\r")
        machine.wait_for(": the factorial of 10 is 3628800")  # grep shows what it found in colour
