"""Machines to boot by hand-made images, where QEMU is installed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.tools.machine import tiny
from tools.machine import emulator
from tools.machine.config import DirectBoot, FirmwareBoot, MachineConfig

Boot = Callable[..., MachineConfig]


def require_qemu() -> None:
    """Skip the test where there is no emulator."""
    if shutil.which(emulator.PROGRAM) is None:
        pytest.skip(f"{emulator.PROGRAM} is not installed")


def require_firmware() -> None:
    """Skip the test where there is no UEFI firmware."""
    if emulator.find_firmware() is None:
        pytest.skip("there is no UEFI firmware for QEMU")


@pytest.fixture
def direct(tmp_path: Path) -> Boot:
    """Makes the configuration of a machine that runs the given code at once."""
    require_qemu()

    def configure(code: bytes, **options: Any) -> MachineConfig:
        kernel = tmp_path / "kernel, with comma.elf"
        kernel.write_bytes(tiny.pvh_kernel(code))
        return MachineConfig(boot=DirectBoot(kernel), **options)

    return configure


@pytest.fixture
def by_firmware(tmp_path: Path, direct: Boot) -> Boot:
    """Makes the configuration of a machine whose firmware starts the given code."""
    require_firmware()

    def configure(code: bytes, **options: Any) -> MachineConfig:
        disk = tmp_path / "a disk, with: colon"
        (disk / "EFI" / "BOOT").mkdir(parents=True)
        (disk / "EFI" / "BOOT" / "BOOTX64.EFI").write_bytes(tiny.uefi_application(code))
        return MachineConfig(boot=FirmwareBoot(disk), **options)

    return configure
