"""Everything at once: the system holds, uses all its processors, and keeps nothing.

PATCHWORK_LONG=1 has ten minutes of it, and more processors.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.system.test_threads import PROGRAMS
from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

IS_LONG = bool(os.environ.get("PATCHWORK_LONG"))
SECONDS = 600 if IS_LONG else 2
TIMEOUT_S = 3600 if IS_LONG else 240
AT_HAND = 200  # pages that caches and stacks keep, however long it goes on
AT_HAND_EACH = 20  # for each processor, which has caches of its own, and a thread more to run
MANY = [4, 12, 64] if IS_LONG else [12]
FEW = 4  # processors; more of them, on a host with fewer, are idle when the last threads take long to end
SHIFT = 6  # of the counted instructions: 64 ns each


def stress(tmp_path: Path, seconds: int, processors: int, icount_shift: int | None = None) -> str:
    """Run the program with a thread that only computes for each processor; return what it prints."""
    program = image.build_program(PROGRAMS / "stress.py", tmp_path / "stress", "release")
    arguments = [str(seconds), str(processors)]
    files = image.pack_initial_files(program, arguments, tmp_path / "files.img", "release")
    config = MachineConfig(
        boot=DirectBoot(image.build_kernel("release"), files),
        processors=processors,
        icount_shift=icount_shift,
        memory="1G",
        timeout_s=TIMEOUT_S,
    )
    with Machine(config) as machine:
        machine.wait()
        return machine.transcript.text.replace("\r", "")


def check(output: str, processors: int) -> None:
    """All was right, each processor worked, and the memory is back."""
    print(output)
    assert "\nall went well\n" in output
    busy = re.findall(r"^processor \d+: (\d+) %$", output, re.MULTILINE)
    assert len(busy) == processors
    assert min(map(int, busy)) >= (90 if IS_LONG else 70 if processors <= FEW else 20)
    who = r"\w+" if processors <= FEW or IS_LONG else "hog"
    counts = dict(re.findall(rf"^({who} \d+): (\d+)$", output, re.MULTILINE))
    assert counts
    assert min(map(int, counts.values())) > 0
    more_pages = int(re.search(r"more pages: (-?\d+)", output)[1])
    assert more_pages <= AT_HAND + processors * AT_HAND_EACH


@pytest.mark.timeout(TIMEOUT_S)
@pytest.mark.parametrize("processors", [2, *MANY])
def test_everything_at_once(tmp_path: Path, processors: int) -> None:
    check(stress(tmp_path, SECONDS, processors), processors)


@pytest.mark.timeout(TIMEOUT_S)
def test_everything_at_once_with_counted_instructions(tmp_path: Path) -> None:
    """One processor, whose time is the number of its instructions: the same each time."""
    check(stress(tmp_path, SECONDS, 1, SHIFT), 1)
