"""One program run on the system, as if it were run here: its output, and its exit status.

The program is the first that the kernel starts (kernel/init/first.py). From then on the serial line is the program's, until
the kernel says how it ended:

    [   0.045-00-I] ready
    whatever the program prints
    [   0.050-00-I] init has ended: 3
"""

from __future__ import annotations

import hashlib
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from tools import image
from tools.machine.config import MachineConfig
from tools.machine.machine import FOREVER, Machine, MachineDied

UP = re.compile(r"\] ready\r?\n")
READY = re.compile(rb"\[ *\d+\.\d{3}-\w\w-I\] ready\n")
ENDED = re.compile(rb"\[ *\d+\.\d{3}-\w\w-I\] init has ended: ([^\n]*)\n")
FAILED = 1


def build(source: Path, build: str) -> Path:
    """Compile a program for the system, and return the file.

    Raises:
        Failure: it does not compile; the errors were printed.
    """
    digest = hashlib.sha256(str(source.resolve()).encode()).hexdigest()[:16]
    folder = image.ROOT / "build" / "programs" / f"{digest}-{build}"
    return image.build_program(source.resolve(), folder / source.stem, build)


def run(config: MachineConfig) -> int:
    """Boot a machine whose first program is the one to run; print its output, and return its status, 0 if it switched
    the machine off.

    A status that is no number is printed, and counts as 1.

    Raises:
        MachineHung, MachineDied: the system failed.
    """
    from rich.console import Console

    with Console(stderr=True).status("booting") as status:  # on a terminal only
        output = Output(status.stop)
        with Machine(config, output.take) as machine:
            machine.wait_for(UP)
            machine.wait(FOREVER)
            ended_with = output.finish()
            if ended_with is None and machine.was_switched_off:
                return 0
            if ended_with is None:
                raise MachineDied(machine.report("the system ended before the program did"))
    if ended_with.isdecimal():
        return int(ended_with) & 0xFF
    if ended_with:
        print(ended_with, file=sys.stderr)
        return FAILED
    return 0


def certain_size(output: bytes) -> int:
    """How much of some output can be no beginning of the system's last line, and is no half of a line's end."""
    certain = output.rfind(b"[")
    if certain < 0:
        certain = len(output)
    return certain - 1 if certain == len(output) and output.endswith(b"\r") else certain


class Output:
    """Picks what the program printed out of what the machine printed.

    begin: called once, when the program has begun.
    """

    def __init__(self, begin: Callable[[], None]) -> None:
        self.begin = begin
        self.lock = threading.Lock()  # output comes on a thread of its own
        self.held = b""  # not printed yet
        self.has_begun = False

    def take(self, data: bytes) -> None:
        """Print what is certainly the program's; what may be the system's last line waits."""
        with self.lock:
            self.held = (self.held + data).replace(b"\r\n", b"\n")
            if not self.has_begun:
                found = READY.search(self.held)
                if found is None:
                    return
                self.has_begun = True
                self.begin()
                self.held = self.held[found.end() :]
            self._print(certain_size(self.held))

    def finish(self) -> str | None:
        """Print the rest, and return the program's status; None if the system did not say it."""
        with self.lock:
            found = ENDED.search(self.held)
            self._print(len(self.held) if found is None else found.start())
            return None if found is None else found[1].decode(errors="replace")

    def _print(self, size: int) -> None:
        sys.stdout.buffer.write(self.held[:size])
        sys.stdout.buffer.flush()
        self.held = self.held[size:]
