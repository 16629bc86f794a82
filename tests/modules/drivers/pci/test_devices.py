"""QEMU's devices on PCI, as files, and interrupting by messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

HERE = Path(__file__).parent
BEHIND_A_BRIDGE = ("-device", "pci-bridge,id=bridge,chassis_nr=1,addr=8")
BEHIND_A_BRIDGE += ("-device", "e1000,bus=bridge,addr=3")
DEVICES = ("-device", "edu,addr=7", "-device", "e1000e,addr=9", *BEHIND_A_BRIDGE)


BOARDS = pytest.mark.parametrize("board", ["q35", "pc"])


@pytest.fixture(scope="module")
def boot(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Machine]:
    """Return what boots a machine with devices and with drivers for `edu` and `e1000e`, to run command lines."""
    folder = tmp_path_factory.mktemp("pci")
    drivers = sorted(HERE.glob("*_driver.py"))
    modules = image.build_modules("checked", drivers, folder / "modules")
    program = image.build_program(image.FIRST_PROGRAM, folder / "init", "checked")
    kernel = image.build_kernel("checked")

    def machine(board: str, *lines: str) -> Machine:
        output = folder / "files.img"
        files = image.pack_initial_files(program, lines, output, "checked", modules)
        return Machine(
            MachineConfig(boot=DirectBoot(kernel, files), board=board, qemu_arguments=DEVICES)
        )

    return machine


@BOARDS
def test_devices_are_files_and_send_messages(boot, board: str) -> None:
    line = "cat id class resources; cat config | wc"
    edu = f"cd /dev/pci/00.07.0; {line}; cd /dev/pci/01.03.0; {line}"
    with boot(board, f"{edu}; cat /dev/pci/00.09.0/extended; cat /dev/klog") as machine:
        machine.wait()
        shown = machine.transcript.text.replace("\r", "")
    size = 4096 if board == "q35" else 256
    assert re.search(rf"1234:11e8\n00ff00\n0 memory 0x\w+ 0x100000\n\d+ \d+ {size}\n", shown)
    assert "8086:100e\n020000\n" in shown
    assert ("0001 2 0x100\n" in shown) == (board == "q35")  # advanced error reporting
    assert "edu: 3 messages came" in shown
    # One more where the link comes up meanwhile, half a second after the reset, which is an "other" cause, too.
    assert re.search(r"network: [34] messages came", shown)


@BOARDS
def test_drivers_and_the_bus_itself_come_and_go(boot, board: str) -> None:
    """What is unloaded lets go of its vectors: there are fewer of them than turns here."""
    drivers = "unload edu_driver && unload network_driver && replace pci"
    turn = f"{drivers} && load edu_driver && load network_driver"
    turns = f"echo '{' && '.join([turn] * 20)}' > /sys/module/control"
    last = "cat /sys/module/list; ls /dev/pci/00.07.0"
    with boot(board, "; ".join([*[turns] * 12, last])) as machine:
        machine.wait()
        shown = machine.transcript.text.replace("\r", "")
    assert "network_driver 1.0 1 0 0\n" in shown
    assert "edu_driver 1.0 1 0 0\n" in shown
    assert "resources" in shown
    assert "refused" not in shown
    assert "out of use" not in shown
