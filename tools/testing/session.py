"""A machine that runs tests one after the other, and boots again after one that it did not survive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine, MachineFailure
from tools.testing.kernel_image import MARK

ENDED = re.compile(f"{MARK}(passed|raised)\r?\n")
TIME_LIMIT_S = 60.0  # for one test, unless told otherwise, and for the start of the machine


@dataclass
class Outcome:
    """How a test ended, and what was printed meanwhile."""

    passed: bool
    reason: str  # if it did not pass
    output: str


class TestSession:
    """Runs the tests of one kernel on one kind of machine. Machines start when they are needed."""

    __test__ = False  # nothing for pytest to collect

    def __init__(self, config: MachineConfig) -> None:
        self.config = config
        self.machine: Machine | None = None
        self.time_limit_s = TIME_LIMIT_S

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(self, number: int) -> Outcome:
        """Run a test; the machine is stopped afterwards unless the test passed."""
        machine = self._running()
        start = len(machine.transcript.text)
        reason = ""
        try:
            machine.send(f"{number}\n")
            ended = machine.wait_for(ENDED, self.time_limit_s)
            if ended[1] == "raised":
                reason = "an exception left the test"
        except MachineFailure as failure:
            reason = str(failure).partition(";")[0]
        except OSError:
            reason = "the machine has ended"
        output = printed(machine.transcript.text[start:])
        if reason:
            self.stop()
        return Outcome(not reason, reason, output)

    def stop(self) -> None:
        if self.machine is not None:
            self.machine.__exit__(None, None, None)
            self.machine = None

    def _running(self) -> Machine:
        if self.machine is None:
            machine = Machine(self.config)
            machine.__enter__()
            self.machine = machine
            machine.wait_for(f"{MARK}ready", TIME_LIMIT_S)
        return self.machine


def printed(text: str) -> str:
    """What a test printed, without the lines of the protocol."""
    lines = text.replace("\r", "").split("\n")
    return "\n".join(line for line in lines if not line.startswith(MARK))


def machine_of(kernel: Path, wishes: dict[str, str]) -> MachineConfig:
    """The machine that a test's docstring wishes for."""
    known = {
        "memory": wishes.get("memory", "256M"),
        "processors": int(wishes.get("processors", "1")),
        "icount_shift": int(wishes["icount"]) if "icount" in wishes else None,
    }
    return MachineConfig(boot=DirectBoot(kernel), **known)
