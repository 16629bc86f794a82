"""What the host has to have installed, and how it gets there.

Root on a Debian machine (a fresh container, a CI runner) gets what is missing without asking.
Everybody else is told the command for their package manager.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

from tools.failure import Failure

INSTALL_COMMANDS = {
    "apt-get": "apt-get install",
    "dnf": "dnf install",
    "pacman": "pacman -S",
    "zypper": "zypper install",
    "apk": "apk add",
    "brew": "brew install",
}


@dataclass(frozen=True)
class Requirement:
    """Something that a package of the system provides."""

    name: str
    packages: dict[str, str] = field(default_factory=dict)  # by package manager


def provide(requirement: Requirement) -> None:
    """Install what is missing where that is allowed.

    Raises:
        Failure: it is not allowed, or did not work; says what to install.
    """
    package = requirement.packages.get("apt-get")
    if package is None or os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise missing(requirement)

    print(f"patchwork: installing {package}", file=sys.stderr, flush=True)
    install = ["apt-get", "install", "--yes", "--no-install-recommends", package]
    # A new machine has no package lists, and fetching them is slow on one that has.
    if not _run_quietly(install) and not (
        _run_quietly(["apt-get", "update"]) and _run_quietly(install)
    ):
        raise Failure(f"{requirement.name} could not be installed; run: apt-get install {package}")


def missing(requirement: Requirement) -> Failure:
    """The failure that says so."""
    return Failure(f"{requirement.name} is missing; {advice(requirement)}")


def advice(requirement: Requirement) -> str:
    """What to type to get it, on this machine."""
    for manager, command in INSTALL_COMMANDS.items():
        package = requirement.packages.get(manager)
        if package is not None and shutil.which(manager) is not None:
            return f"install it with: {command} {package}"
    return "install it and run the command again"


def _run_quietly(command: list[str]) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    finished = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return finished.returncode == 0
