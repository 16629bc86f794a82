"""What happens to the machine arrives as file reads: its power button, and a device that is plugged in while it runs."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

PERIOD_S = 0.5


@pytest.fixture(scope="module")
def booted(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Machine]:
    """Return what boots a machine that runs a command line."""
    folder: Path = tmp_path_factory.mktemp("events")
    executable = image.build_program(image.FIRST_PROGRAM, folder / "init", "checked")
    kernel = image.build_kernel("checked")

    def boot(line: str, kind: str) -> Machine:
        files = image.pack_initial_files(executable, [line], folder / "files.img", "checked")
        boot = DirectBoot(kernel, files)
        return Machine(MachineConfig(boot=boot, qemu_arguments=("-M", kind)))

    return boot


@contextmanager
def done_again_and_again(action: Callable[[], None]) -> Iterator[None]:
    """Do something until the block ends, since nobody knows when the machine begins to listen."""
    is_over = threading.Event()

    def work() -> None:
        while not is_over.wait(PERIOD_S):
            action()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        is_over.set()
        worker.join()


def press(machine: Machine) -> None:
    machine.monitor.command("system_powerdown")


@pytest.mark.parametrize("kind", ["q35", "pc"])
def test_the_power_button_is_read_from_a_file(booted, kind: str) -> None:
    with booted("echo listening; cat /dev/power_button", kind) as machine:
        machine.wait_for("listening")
        with done_again_and_again(lambda: press(machine)):
            machine.wait_for("pressed")
            machine.wait_for("pressed")


def test_a_device_that_is_plugged_in_is_told_of(booted) -> None:
    numbers = count(6)

    def plug_in(machine: Machine) -> None:
        slot = next(numbers)
        machine.monitor.command(
            "device_add", driver="virtio-rng-pci", id=f"d{slot}", addr=hex(slot)
        )

    with booted("echo listening; cat /sys/acpi/events", "pc") as machine:
        machine.wait_for("listening")
        with done_again_and_again(lambda: plug_in(machine)):
            machine.wait_for(re.compile(r"\\_SB\.PCI0\.S[0-9A-F]+ 0x1"))
