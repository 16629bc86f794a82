"""QEMU and its firmware are found, or asked for."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tools.failure import Failure
from tools.machine import emulator
from tools.machine.emulator import Firmware

GOOD = {
    "interface-types": ["uefi"],
    "targets": [{"architecture": "x86_64", "machines": ["pc-i440fx-*", "pc-q35-*"]}],
    "features": ["acpi-s3", "verbose-dynamic"],
}


@pytest.fixture
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(emulator, "DESCRIPTIONS", (tmp_path,))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    (tmp_path / "apt-get").touch(mode=0o755)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Where the administrator and the distribution describe firmware."""
    both = (tmp_path / "etc", tmp_path / "usr")
    for folder in both:
        folder.mkdir()
    monkeypatch.setattr(emulator, "DESCRIPTIONS", both)
    return both


def describe(folder: Path, name: str, **changes: Any) -> Firmware:
    """Install a firmware with its description."""
    firmware = Firmware(folder / f"{name}.code", folder / f"{name}.vars", "raw")
    firmware.code.touch()
    firmware.variables.touch()
    mapping = {
        "device": "flash",
        "executable": {"filename": str(firmware.code), "format": "raw"},
        "nvram-template": {"filename": str(firmware.variables), "format": "raw"},
    }
    (folder / f"{name}.json").write_text(json.dumps(GOOD | {"mapping": mapping} | changes))
    return firmware


@pytest.mark.usefixtures("nothing_installed")
def test_a_missing_emulator_is_asked_for() -> None:
    with pytest.raises(
        Failure, match="^the emulator QEMU is missing; install it with: apt-get install qemu-sys"
    ):
        emulator.qemu()


@pytest.mark.usefixtures("nothing_installed")
def test_missing_firmware_is_asked_for() -> None:
    with pytest.raises(
        Failure, match="^UEFI firmware for QEMU is missing; install it with: apt-get install ovmf$"
    ):
        emulator.firmware()


def test_the_first_that_suits_is_taken(folders: tuple[Path, Path]) -> None:
    _, usr = folders
    describe(usr, "10-secure", features=["secure-boot"])
    describe(usr, "20-arm", targets=[{"architecture": "aarch64", "machines": ["virt-*"]}])
    describe(usr, "30-bios", **{"interface-types": ["bios"]})
    describe(usr, "40-small", targets=[{"architecture": "x86_64", "machines": ["microvm"]}])
    (usr / "50-broken.json").write_text("{")
    describe(usr, "60-gone").code.unlink()
    good = describe(usr, "70-good")
    describe(usr, "80-later")
    assert emulator.find_firmware() == good


def test_the_administrator_overrides_the_distribution(folders: tuple[Path, Path]) -> None:
    etc, usr = folders
    describe(usr, "60-edk2")
    own = describe(etc, "60-edk2")
    assert emulator.find_firmware() == own


def test_a_qemu_with_windows_says_so(tmp_path: Path) -> None:
    qemu = tmp_path / "qemu"
    qemu.touch(mode=0o755)
    qemu.write_text("#!/bin/sh\necho Available display backend types:; echo none; echo gtk\n")
    assert emulator.has_windows(qemu)
    qemu.write_text("#!/bin/sh\necho Available display backend types:; echo none\n")
    assert not emulator.has_windows(qemu)
