"""A second serial port of QEMU's, used from the outside, as files inside."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

PORT = "/dev/serial/0"
UNTIL_HEARD = f"head -n 1 {PORT}/data"  # what is sent when the machine ends is lost
MANY = 20_000  # bytes; more than any queue on the way


class Cable:
    """This end of the machine's serial port."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.line = socket.socket(socket.AF_UNIX)

    def plug_in(self) -> None:
        for _ in range(100):
            try:
                self.line.connect(self.path)
                break
            except (FileNotFoundError, ConnectionRefusedError):
                time.sleep(0.1)
        self.line.settimeout(60)

    def receive(self, count: int) -> bytes:
        data = b""
        while len(data) < count and (more := self.line.recv(count - len(data))):
            data += more
        return data


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[Cable]:
    made = Cable(tmp_path / "line")
    yield made
    made.line.close()


def booted(tmp_path: Path, cable: Cable, board: str, line: str) -> Machine:
    """Return a machine with a cable at its second port, which runs a command line."""
    executable = image.build_program(image.FIRST_PROGRAM, tmp_path / "init", "checked")
    kernel = image.build_kernel("checked")
    files = image.pack_initial_files(executable, [line], tmp_path / "files.img", "checked")
    arguments = (
        *("-chardev", f"socket,id=cable,path={cable.path},server=on,wait=off"),
        *("-serial", "chardev:cable"),
    )
    return Machine(
        MachineConfig(boot=DirectBoot(kernel, files), board=board, qemu_arguments=arguments)
    )


@pytest.mark.parametrize("board", ["q35", "pc"])
def test_what_is_sent_and_what_comes(tmp_path: Path, cable: Cable, board: str) -> None:
    line = (
        f"cat {PORT}/name; echo over the wire > {PORT}/data; echo listening; "
        f"head -n 2 {PORT}/data; cat {PORT}/lost"
    )
    with booted(tmp_path, cable, board, line) as machine:
        cable.plug_in()
        machine.wait_for("COM2 0x2f8")
        assert cable.receive(14) == b"over the wire\n"
        machine.wait_for("listening")
        cable.line.sendall("grüße\nand more\n".encode())
        assert machine.wait() == 0
        printed = machine.transcript.text.replace("\r", "")
    assert "grüße\nand more\n0" in printed


def test_much_is_sent_whole(tmp_path: Path, cable: Cable) -> None:
    """More than the queue holds: whoever writes waits for room."""
    text = "y" * 99
    line = "; ".join(
        [
            f"echo {text} > /tmp/line:w:c",
            "cat" + " /tmp/line" * 100 + " > /tmp/much:w:c",
            "cat" + " /tmp/much" * (MANY // 10_000) + f" > {PORT}/data",
            UNTIL_HEARD,
        ]
    )
    with booted(tmp_path, cable, "q35", line) as machine:
        cable.plug_in()
        assert cable.receive(MANY) == (text + "\n").encode() * (MANY // 100)
        cable.line.sendall(b"heard\n")
        assert machine.wait() == 0


def test_the_module_goes_and_comes_back(tmp_path: Path, cable: Cable) -> None:
    control = "/sys/module/control"
    line = "; ".join(
        [
            f"echo unload serial > {control}",
            "ls /dev/serial",
            f"echo load serial > {control}",
            f"echo again > {PORT}/data",
            UNTIL_HEARD,
        ]
    )
    with booted(tmp_path, cable, "q35", line) as machine:
        cable.plug_in()
        assert cable.receive(6) == b"again\n"
        cable.line.sendall(b"heard\n")
        assert machine.wait() == 0
        assert "/dev/serial: there is no such file" in machine.transcript.text


def test_what_nobody_reads_is_counted(tmp_path: Path, cable: Cable) -> None:
    line = f"echo ready > {PORT}/data; sleep 2; cat {PORT}/lost"
    with booted(tmp_path, cable, "q35", line) as machine:
        cable.plug_in()
        assert cable.receive(6) == b"ready\n"
        cable.line.sendall(b"z" * (1024 + 345))
        machine.wait_for("345")
