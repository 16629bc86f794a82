"""The disk boots by UEFI firmware: from every bus, with little and much memory, on many processors.

A handful every time; with PATCHWORK_LONG=1 in the environment, all combinations that have a limit.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from tests.tools.machine.conftest import require_firmware, require_qemu
from tools import image
from tools.machine.config import Bus, FirmwareBoot, MachineConfig
from tools.machine.machine import Machine

is_long = pytest.mark.skipif("PATCHWORK_LONG" not in os.environ, reason="set PATCHWORK_LONG=1")

MEMORY = {
    "80M": 40,
    "128M": 80,
    "256M": 200,
    "2G": 1900,
    "4G": 3900,
    "64G": 64000,
}  # MiB free, at least
PROCESSORS = [1, 2, 12, 64, 255]


def boot(**wishes: object) -> str:
    """Boot until the kernel is ready; return what it printed."""
    require_qemu()
    require_firmware()
    bus = wishes.pop("bus", Bus.VIRTIO)
    disk = FirmwareBoot(image.build_disk("checked"), bus)
    with Machine(MachineConfig(boot=disk, timeout_s=240, **wishes)) as machine:
        machine.wait_for("] ready")
        return machine.transcript.text


def free_memory(printed: str) -> int:
    found = re.search(r"(\d+) MiB of memory are free", printed)
    assert found
    return int(found[1])


@pytest.mark.parametrize("bus", Bus)
def test_from_every_bus(bus: Bus) -> None:
    assert "initial files and folders" in boot(bus=bus)


@pytest.mark.parametrize("memory", ["80M", "4G"])
def test_with_little_and_much_memory(memory: str) -> None:
    assert free_memory(boot(memory=memory)) >= MEMORY[memory]


@is_long
@pytest.mark.parametrize("memory", MEMORY)
def test_with_each_amount_of_memory(memory: str) -> None:
    assert free_memory(boot(memory=memory)) >= MEMORY[memory]


def test_on_several_processors() -> None:
    assert "3 processors run" in boot(processors=3)


@is_long
@pytest.mark.parametrize("processors", PROCESSORS)
def test_on_each_number_of_processors(processors: int) -> None:
    printed = boot(processors=processors, memory="2G")
    assert processors == 1 or f"{processors} processors run" in printed


def boot_folder(folder: Path) -> Machine:
    """Return a machine whose disk has the files of a folder."""
    require_qemu()
    require_firmware()
    return Machine(MachineConfig(boot=FirmwareBoot(folder), timeout_s=120))


@pytest.fixture
def disk_folder(tmp_path: Path) -> Path:
    """A copy of what the disk holds."""
    image.build_disk("checked")
    return Path(shutil.copytree(image.disk_folder("checked"), tmp_path / "disk"))


def test_a_missing_kernel_is_a_sentence(disk_folder: Path) -> None:
    (disk_folder / image.KERNEL_ON_DISK).unlink()
    with boot_folder(disk_folder) as machine:
        machine.wait_for("the kernel is missing: there is no file")
        machine.wait_for("Press a key")


def test_a_damaged_kernel_is_a_sentence(disk_folder: Path) -> None:
    kernel = disk_folder / image.KERNEL_ON_DISK
    kernel.write_bytes(kernel.read_bytes()[:5000])
    with boot_folder(disk_folder) as machine:
        machine.wait_for("the kernel is damaged: the file patchwork\\kernel.elf ")
        machine.wait_for("Press a key")


def test_damaged_initial_files_end_in_a_report(disk_folder: Path) -> None:
    (disk_folder / image.INITIAL_FILES_ON_DISK).write_bytes(b"PWFILES1" + bytes(4000))
    with boot_folder(disk_folder) as machine:
        machine.wait_for("kernel panic: the initial files are damaged")


def test_the_kernel_lies_elsewhere_each_time() -> None:
    """The address in the report of the module list, or in any log line that names code."""
    places = {re.search(r"the kernel is at (0x[0-9a-f]+)", boot())[1] for _ in range(3)}
    assert len(places) > 1
