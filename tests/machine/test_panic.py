"""A kernel that fails a check prints a traceback with lines and source before it stops."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.machine.conftest import require_qemu
from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

# In place of the kernel's first lines: fails a check three calls deep, the last of them inlined.
FAILING = """\
from __future__ import annotations

from core.handover import Handover
from kernel.io import serial
from lang import Array, Ptr, inline, noinline, u64, usize

table: Array[u64, 8]


def from_pvh(info: u64) -> None:
    serial.initialise()
    index: usize = 6
    while True:
        index += walk(index)


def from_loader(found: Ptr[Handover]) -> None:
    from_pvh(0)


@noinline
def walk(index: usize) -> usize:
    return 1 + usize(pick(index + 1))


@inline
def pick(index: usize) -> u64:
    return table[index]
"""


def build(kind: str, directory: Path) -> Path:
    """Link a kernel that begins with the lines above; return the image."""
    source, output = directory / "start.py", directory / "kernel.elf"
    source.write_text(FAILING)
    image.build_changed_kernel({"kernel.init.start": source}, output, kind)
    return output


@pytest.mark.parametrize("kind", ["checked", "release"])
def test_a_failed_check_prints_a_traceback(kind: str, tmp_path: Path) -> None:
    require_qemu()
    output: list[bytes] = []
    config = MachineConfig(boot=DirectBoot(build(kind, tmp_path)))
    with Machine(config, on_output=output.append) as machine:
        assert machine.wait() == 1
    lines = b"".join(output).decode().replace("\r", "").splitlines()
    start = lines.index("Traceback (most recent call last):")
    place = lines.index('  File "start.py", line 14, in kernel.init.start.from_pvh')
    assert start < place
    assert lines[place:] == [
        '  File "start.py", line 14, in kernel.init.start.from_pvh',
        "    index += walk(index)",
        '  File "start.py", line 23, in kernel.init.start.walk',
        "    return 1 + usize(pick(index + 1))",
        '  File "start.py", line 28, in kernel.init.start.pick',
        "    return table[index]",
        "kernel panic: start.py:28 in pick: IndexError: index 8 is out of range for length 8",
    ]
