"""The machine is switched off and started anew from the shell, and QEMU sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine, MachineDied


@pytest.fixture(scope="module")
def booted(tmp_path_factory: pytest.TempPathFactory):
    """Return what boots a machine that runs a command line."""
    folder: Path = tmp_path_factory.mktemp("power")
    executable = image.build_program(image.FIRST_PROGRAM, folder / "init", "checked")
    kernel = image.build_kernel("checked")

    def boot(line: str, processors: int = 1) -> Machine:
        files = image.pack_initial_files(executable, [line], folder / "files.img", "checked")
        return Machine(MachineConfig(boot=DirectBoot(kernel, files), processors=processors))

    return boot


@pytest.mark.parametrize("processors", [1, 2])
def test_shutdown_ends_the_machine(booted, processors: int) -> None:
    with booted("shutdown; sleep 1000", processors) as machine:
        assert machine.wait() == 0


def test_reboot_resets_the_machine(booted) -> None:
    with (
        booted("reboot; sleep 1000") as machine,
        pytest.raises(MachineDied, match="the machine reset itself"),
    ):
        machine.wait()


def test_the_file_says_what_can_be_written_to_it(booted) -> None:
    with booted("cat /sys/power; echo sideways > /sys/power; shutdown") as machine:
        machine.wait_for("switch the machine off")
        machine.wait_for("echo: 'sideways' is no command here; there are off, reset")
        assert machine.wait() == 0


def test_a_command_that_switches_the_machine_off_has_succeeded(shell) -> None:
    done = shell("echo last; shutdown; sleep 1000")
    assert (done.stdout, done.returncode) == ("last\n", 0)
