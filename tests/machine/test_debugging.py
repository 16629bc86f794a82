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
    source = (root / "kernel/init/start_info.py").read_text().splitlines()
    line = 1 + source.index("    regions[region_count] = MemoryRegion(start, length, kind)")
    socket = tmp_path / "gdb.sock"
    config = MachineConfig(
        boot=DirectBoot(kernel),
        qemu_arguments=("-S", "-gdb", f"unix:{socket},server,nowait"),
    )
    commands = [
        "set debuginfod enabled off",
        f"target remote {socket}",
        f"hbreak start_info.py:{line}",
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
    assert "kernel.init.start_info.add_region" in frames[0], done.stdout + done.stderr
    assert "kernel.init.start_info.read" in names
    assert "kernel.init.start.from_pvh" in names
    assert len(frames) < 10
    assert "length = 56" in done.stdout  # of the start info itself
    assert "regions[region_count] = MemoryRegion(start, length, kind)" in done.stdout
