"""The kernel is ready soon after its first instruction, on one processor and on several."""

from __future__ import annotations

import re

import pytest

from tests.tools.machine.conftest import require_qemu
from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

READY = re.compile(r"\[ *(\d+)\.(\d+)-00-I\] ready")


@pytest.mark.parametrize("build", ["checked", "release"])
def test_the_first_processor_is_number_0_when_others_run(build: str) -> None:
    """Each processor's variables are its own, also where LLVM sees the whole image at once."""
    require_qemu()
    config = MachineConfig(boot=DirectBoot(image.build_kernel(build)), processors=4)
    with Machine(config) as machine:
        machine.wait_for("-00-I] 4 processors run")
        machine.wait_for(READY)


@pytest.mark.parametrize(("build", "limit_ms"), [("checked", 100), ("release", 50)])
def test_the_kernel_is_ready_soon(build: str, limit_ms: int) -> None:
    require_qemu()
    config = MachineConfig(boot=DirectBoot(image.build_kernel(build)), icount_shift=0)
    with Machine(config) as machine:
        seconds, milliseconds = map(int, machine.wait_for(READY).groups())
    assert seconds * 1000 + milliseconds < limit_ms
