"""QEMU's devices on PCI, as files, and interrupting by messages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

BEHIND_A_BRIDGE = ("-device", "pci-bridge,id=bridge,chassis_nr=1,addr=8")
BEHIND_A_BRIDGE += ("-device", "e1000,bus=bridge,addr=3")


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kernel with a driver for `edu`."""
    output = tmp_path_factory.mktemp("pci") / "kernel.elf"
    driver = Path(__file__).parent / "edu_driver.py"
    image.build_changed_kernel({}, output, "checked", [driver])
    return output


@pytest.fixture(params=["q35", "pc"])
def machine(request: pytest.FixtureRequest, kernel: Path):
    config = MachineConfig(
        boot=DirectBoot(kernel, image.build_initial_files("checked")),
        board=request.param,
        qemu_arguments=("-device", "edu,addr=7", *BEHIND_A_BRIDGE),
    )
    with Machine(config) as machine:
        machine.wait_for("Type help")
        yield machine


def test_devices_are_files_and_send_messages(machine: Machine) -> None:
    machine.send("cat /dev/pci/00.07.0/id /dev/pci/00.07.0/class\r")
    machine.wait_for("1234:11e8\r\n00ff00")
    machine.send("cat /dev/pci/00.07.0/resources\r")
    machine.wait_for(" 0x100000\r\n")
    machine.send("cat /dev/pci/01.03.0/id /dev/pci/01.03.0/class\r")
    machine.wait_for("8086:100e\r\n020000")
    size = 4096 if machine.config.board == "q35" else 256
    machine.send("cat /dev/pci/00.07.0/config | wc\r")
    machine.wait_for(re.compile(rf"\d+ \d+ {size}\r"))
    machine.send("cat /dev/klog | grep edu\r")
    machine.wait_for(": 3 messages came")  # grep shows what it found in colour
