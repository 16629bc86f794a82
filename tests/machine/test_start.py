"""The kernel starts on many machines, and is ready soon after its first instruction."""

from __future__ import annotations

import re

import pytest
from elftools.elf.elffile import ELFFile

from tests.tools.machine.conftest import require_qemu
from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

READY = re.compile(r"\[ *(\d+)\.(\d+)-00-I\] ready")


def test_the_variables_of_a_processor_begin_as_zeros() -> None:
    """Whoever starts another processor gives it zeros (modules/smp/stacks.py)."""
    with image.build_kernel("checked").open("rb") as file:
        assert not any(ELFFile(file).get_section_by_name(".percpu").data())


@pytest.mark.parametrize("build", ["checked", "release"])
def test_the_first_processor_is_number_0_when_others_run(build: str) -> None:
    """Each processor's variables are its own, also where LLVM sees the whole image at once."""
    require_qemu()
    boot = DirectBoot(image.build_kernel(build), image.build_initial_files(build))
    config = MachineConfig(boot=boot, processors=4)
    with Machine(config) as machine:
        machine.wait_for("-00-I] 4 processors run")
        machine.wait_for(READY)


@pytest.mark.parametrize(
    "arguments",
    [
        ("-machine", "acpi=off"),
        ("-machine", "pc,memory-backend=ram"),
        ("-machine", "microvm,memory-backend=ram,pcie=on,acpi=on,pit=off,pic=off"),
        ("-no-hpet",),
        ("-cpu", "Opteron_G1"),
    ],
    ids=lambda arguments: arguments[-1],
)
def test_the_kernel_starts_on_machines_that_lack_something(arguments: tuple[str, ...]) -> None:
    require_qemu()
    kernel = image.build_kernel("checked")
    config = MachineConfig(boot=DirectBoot(kernel), processors=2, qemu_arguments=arguments)
    with Machine(config) as machine:
        machine.wait_for("ready")


@pytest.mark.parametrize(("build", "limit_ms"), [("checked", 100), ("release", 50)])
def test_the_kernel_is_ready_soon(build: str, limit_ms: int) -> None:
    require_qemu()
    config = MachineConfig(boot=DirectBoot(image.build_kernel(build)), icount_shift=0)
    with Machine(config) as machine:
        seconds, milliseconds = map(int, machine.wait_for(READY).groups())
    assert seconds * 1000 + milliseconds < limit_ms
