"""A terminal and the machine's serial port are one."""

from __future__ import annotations

import os
import re
import termios
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.machine import tiny
from tests.tools.machine.conftest import Boot
from tools.machine.config import MachineConfig
from tools.machine.console import Console
from tools.machine.machine import MachineHung

ECHO = tiny.say("ready\n") + tiny.echo_until("!") + tiny.exit_with(0x10 + 5)
READY = re.compile("ready")


class Terminal:
    """The side of a pseudo terminal on which a person sits."""

    def __init__(self) -> None:
        self.person, self.program = os.openpty()
        self.seen = ""
        self.status: int | None = None

    def start(self, config: MachineConfig) -> None:
        self.thread = threading.Thread(target=self._run, args=(config,))
        self.thread.start()

    def _run(self, config: MachineConfig) -> None:
        self.status = Console(self.program, self.program).run(config, READY)

    def see(self, text: str) -> None:
        while text not in self.seen:
            self.seen += os.read(self.person, 1024).decode()

    def type(self, keys: bytes) -> None:
        os.write(self.person, keys)

    def end(self) -> int | None:
        self.thread.join(30)
        return self.status


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    terminal = Terminal()
    yield terminal
    os.close(terminal.person)
    os.close(terminal.program)


def test_keys_go_to_the_machine_and_its_status_comes_back(terminal: Terminal, direct: Boot) -> None:
    terminal.start(direct(ECHO))
    terminal.see("ready")
    terminal.type(b"hello\x03!")
    terminal.see("hello\x03!")
    assert terminal.end() == 5


def test_ctrl_a_x_ends_the_machine(terminal: Terminal, direct: Boot) -> None:
    terminal.start(direct(ECHO))
    terminal.see("ready")
    terminal.type(b"\x01x")
    assert terminal.end() == 0


def test_ctrl_a_x_ends_a_machine_that_is_not_ready(terminal: Terminal, direct: Boot) -> None:
    terminal.start(direct(tiny.say("not yet\n") + tiny.halt()))
    terminal.see("not yet")
    terminal.type(b"\x01x")
    assert terminal.end() == 0


def test_ctrl_a_twice_types_it_once(terminal: Terminal, direct: Boot) -> None:
    terminal.start(direct(ECHO))
    terminal.see("ready")
    terminal.type(b"a\x01\x01b!")
    terminal.see("a\x01b!")
    assert terminal.end() == 5


def test_the_terminal_is_left_as_it_was(terminal: Terminal, direct: Boot) -> None:
    before = termios.tcgetattr(terminal.program)
    terminal.start(direct(ECHO))
    terminal.see("ready")
    assert termios.tcgetattr(terminal.program) != before
    terminal.type(b"!")
    terminal.end()
    assert termios.tcgetattr(terminal.program) == before


def test_without_a_terminal_input_and_output_are_files(direct: Boot, tmp_path: Path) -> None:
    (tmp_path / "input").write_bytes(b"\x01x!")
    with (tmp_path / "input").open() as keyboard, (tmp_path / "output").open("w") as screen:
        assert Console(keyboard.fileno(), screen.fileno()).run(direct(ECHO), READY) == 5
    assert (tmp_path / "output").read_text() == "ready\n\x01x!"


def test_the_watchdog_ends_a_machine_that_is_never_ready(direct: Boot, tmp_path: Path) -> None:
    config = direct(tiny.say("loading\n") + tiny.halt(), timeout_s=0.5)
    with (
        (tmp_path / "output").open("w") as screen,
        open(os.devnull) as keyboard,
        pytest.raises(MachineHung, match="'ready' in 0.5 s; its last lines were:\n *loading"),
    ):
        Console(keyboard.fileno(), screen.fileno()).run(config, READY)
