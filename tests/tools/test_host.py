"""What the host lacks is installed for root on Debian, and asked for otherwise."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tools import host
from tools.failure import Failure

EMULATOR = host.Requirement("the emulator", {"apt-get": "emu-x86", "dnf": "emu"})


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only directory in which programs are found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def program(path: Path, script: str = "") -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_root_gets_it_installed(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(programs / "apt-get", f'echo "$@" >> {programs}/log')
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    host.provide(EMULATOR)
    log = (programs / "log").read_text()
    assert log == "install --yes --no-install-recommends emu-x86\n"


def test_missing_package_lists_are_fetched(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(
        programs / "apt-get",
        f"echo $1 >> {programs}/log; [ $1 = update ] && : > {programs}/lists; [ -e {programs}/lists ]",
    )
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    host.provide(EMULATOR)
    assert (programs / "log").read_text().split() == ["install", "update", "install"]


def test_a_failed_installation_says_what_to_run(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(programs / "apt-get", "exit 100")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(Failure, match="could not be installed; run: apt-get install emu-x86"):
        host.provide(EMULATOR)


def test_others_are_told_the_command(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(programs / "apt-get", f"touch {programs}/called")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Failure, match="missing; install it with: apt-get install emu-x86"):
        host.provide(EMULATOR)
    assert not (programs / "called").exists()


def test_the_advice_is_for_the_package_manager_that_is_there(programs: Path) -> None:
    program(programs / "dnf")
    assert host.advice(EMULATOR) == "install it with: dnf install emu"


def test_without_a_known_package_manager_the_advice_is_general(programs: Path) -> None:
    assert host.advice(EMULATOR) == "install it and run the command again"
