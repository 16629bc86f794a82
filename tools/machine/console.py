"""Connects the machine's serial port with this terminal.

Every key goes to the machine, Ctrl-C too. Ctrl-A begins what is ours: Ctrl-A X ends the machine,
Ctrl-A Ctrl-A types one Ctrl-A. Without a terminal, what comes from standard input is typed, and
what the machine prints goes to standard output all the same.
"""

from __future__ import annotations

import os
import re
import select
import socket
import sys
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tools.failure import Failure
from tools.machine.config import MachineConfig
from tools.machine.machine import FOREVER, Machine

ESCAPE = 0x01  # Ctrl-A
END_KEYS = b"xX"


class Console:
    """A keyboard and a screen, given as file descriptors, for one machine."""

    def __init__(self, keyboard: int | None = None, screen: int | None = None) -> None:
        self.keyboard = sys.stdin.fileno() if keyboard is None else keyboard
        self.screen = sys.stdout.fileno() if screen is None else screen
        self.after_escape = False
        self.was_ended = False  # by us, not by itself

    def run(self, config: MachineConfig, ready: re.Pattern[str] | None) -> int:
        """Run a machine to its end and return its status; 0 if it was ended by a key.

        `ready` is what it prints once it is up; None if that may take as long as it likes.

        Raises:
            MachineHung: it is not ready in the time that the configuration gives it.
            MachineDied: it reset itself.
        """
        with (
            _every_key(self.keyboard),
            Machine(config, self._show) as machine,
            self._typing(machine),
        ):
            try:
                if ready is not None:
                    machine.wait_for(ready)
                return machine.wait(FOREVER)
            except Failure:
                if self.was_ended:
                    return 0
                raise

    def _show(self, data: bytes) -> None:
        """Print what the machine printed; on the thread that reads it."""
        while data:
            data = data[os.write(self.screen, data) :]

    @contextmanager
    def _typing(self, machine: Machine) -> Iterator[None]:
        """Pass the keys on, on a thread of their own, for as long as the block lasts."""
        stop, stopped = socket.socketpair()
        typist = threading.Thread(target=self._type, args=(machine, stopped), name="keyboard")
        typist.start()
        try:
            yield
        finally:
            stop.close()
            typist.join()
            stopped.close()

    def _type(self, machine: Machine, stopped: socket.socket) -> None:
        with suppress(OSError):  # the machine ended between two keys
            while True:
                readable, _, _ = select.select([self.keyboard, stopped], [], [])
                keys = b"" if stopped in readable else os.read(self.keyboard, 1024)
                if not keys:
                    return
                machine.send(self._for_machine(keys))
                if self.was_ended:
                    machine.quit()
                    return

    def _for_machine(self, keys: bytes) -> bytes:
        """The keys without those that are ours."""
        if not os.isatty(self.keyboard):
            return keys
        passed = bytearray()
        for key in keys:
            if self.after_escape:
                self.after_escape = False
                self.was_ended |= key in END_KEYS
                if key == ESCAPE:
                    passed.append(key)
            elif key == ESCAPE:
                self.after_escape = True
            else:
                passed.append(key)
        return bytes(passed)


@contextmanager
def _every_key(keyboard: int) -> Iterator[None]:
    """Have a terminal deliver each key at once and as it is, for as long as the block lasts."""
    if not os.isatty(keyboard):
        yield
        return

    before = termios.tcgetattr(keyboard)
    input_modes, output_modes, control_modes, local_modes, *speeds, characters = before
    input_modes &= ~(termios.ICRNL | termios.IXON)
    local_modes &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
    raw = [input_modes, output_modes, control_modes, local_modes, *speeds, characters]
    termios.tcsetattr(keyboard, termios.TCSADRAIN, raw)
    try:
        yield
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
