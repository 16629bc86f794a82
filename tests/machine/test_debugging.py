"""gdb stops the machine at a line of Python, and shows frames, inlined ones too, and values."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tools.machine.conftest import require_qemu
from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine


@pytest.mark.skipif(not shutil.which("gdb"), reason="needs gdb")
def test_gdb_stops_at_a_line_of_python(root: Path, tmp_path: Path) -> None:
    require_qemu()
    kernel = image.build_kernel("checked")
    line = 1 + (root / "core/graphics/quilt.py").read_text().splitlines().index(
        "    mixed = wrapping_mul(place ^ (place >> 31), 0x94D049BB133111EB)"
    )
    socket = tmp_path / "gdb.sock"
    config = MachineConfig(
        boot=DirectBoot(kernel),
        qemu_arguments=("-S", "-gdb", f"unix:{socket},server,nowait"),
    )
    commands = [
        "set debuginfod enabled off",
        f"target remote {socket}",
        f"hbreak quilt.py:{line}",
        "continue",
        "backtrace",
        "info args",
        f"list {line},{line}",
    ]
    options = [option for command in commands for option in ("-ex", command)]
    with Machine(config):
        done = subprocess.run(
            ["gdb", "-batch", "-nx", *options, kernel],
            cwd=root,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    frames = [text for text in done.stdout.splitlines() if text.startswith("#")]
    names = " ".join(frames)
    assert "core.graphics.quilt.patch_colour" in frames[0], done.stdout + done.stderr
    assert "core.graphics.quilt.paint" in names
    assert "kernel.init.start.from_pvh" in names
    assert len(frames) < 10
    assert "column = 0" in done.stdout
    assert "mixed = wrapping_mul(place ^ (place >> 31), 0x94D049BB133111EB)" in done.stdout
