"""Finds QEMU and its firmware on this host.

The firmware is found through the descriptions that every distribution installs beside it.
Source: QEMU, docs/interop/firmware.json.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools import host

PROGRAM = "qemu-system-x86_64"
DESCRIPTIONS = (Path("/etc/qemu/firmware"), Path("/usr/share/qemu/firmware"))

QEMU = host.Requirement(
    "the emulator QEMU",
    {
        "apt-get": "qemu-system-x86",
        "dnf": "qemu-system-x86-core",
        "pacman": "qemu-system-x86",
        "zypper": "qemu-x86",
        "apk": "qemu-system-x86_64",
        "brew": "qemu",
    },
)

OVMF = host.Requirement(
    "UEFI firmware for QEMU",
    {
        "apt-get": "ovmf",
        "dnf": "edk2-ovmf",
        "pacman": "edk2-ovmf",
        "zypper": "qemu-ovmf-x86_64",
        "apk": "ovmf",
    },
)


@dataclass(frozen=True)
class Firmware:
    """A UEFI firmware: its code, and the variables that a new machine starts with."""

    code: Path
    variables: Path
    format: str  # of both files, as QEMU calls it


def qemu() -> Path:
    """Return the emulator, which is installed first where that is allowed.

    Raises:
        Failure: there is none; says what to install.
    """
    found = shutil.which(PROGRAM)
    if found is None:
        host.provide(QEMU)
        found = shutil.which(PROGRAM)
    if found is None:
        raise host.missing(QEMU)
    return Path(found)


def firmware() -> Firmware:
    """Return a UEFI firmware without Secure Boot, which is installed first where that is allowed.

    Raises:
        Failure: there is none; says what to install.
    """
    found = find_firmware()
    if found is None:
        host.provide(OVMF)
        found = find_firmware()
    if found is None:
        raise host.missing(OVMF)
    return found


def find_firmware() -> Firmware | None:
    """The first firmware that suits, in the order that the distribution gives them."""
    files = {path.name: path for folder in DESCRIPTIONS[::-1] for path in folder.glob("*.json")}
    for name in sorted(files):
        found = _read_description(files[name])
        if found is not None:
            return found
    return None


def _read_description(path: Path) -> Firmware | None:
    """The firmware that a description is about; None if it is not one for our machine."""
    try:
        about = json.loads(path.read_text())
        machines = [
            machine
            for target in about["targets"]
            if target["architecture"] == "x86_64"
            for machine in target["machines"]
        ]
        mapping = about["mapping"]
        suits = (
            "uefi" in about["interface-types"]
            and any(machine.startswith("pc-q35") for machine in machines)
            and "secure-boot" not in about["features"]
            and mapping["device"] == "flash"
        )
        if not suits:
            return None
        code, variables = mapping["executable"], mapping["nvram-template"]
        found = Firmware(Path(code["filename"]), Path(variables["filename"]), code["format"])
    except (ValueError, KeyError, OSError):
        return None
    return found if found.code.is_file() and found.variables.is_file() else None


def has_windows(program: Path) -> bool:
    """Whether this QEMU can open one; distributions package that apart."""
    finished = subprocess.run(
        [program, "-display", "help"], capture_output=True, text=True, check=False
    )
    return bool({"gtk", "sdl", "cocoa"} & set(finished.stdout.split()))
