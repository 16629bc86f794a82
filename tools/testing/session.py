"""A machine that runs tests one after the other, and boots again after one that it did not survive."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Self

from tools.failure import Failure
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine, MachineDied, MachineHung
from tools.testing.kernel_image import MARK

ENDED = re.compile(f"{MARK}(passed|raised)\r?\n")
TIME_LIMIT_S = 180.0  # for one test, unless told otherwise, and for the start, on a busy host
PANIC_STATUS = 1  # of a machine whose kernel panicked

WISHES = {"memory": str, "processors": int, "icount": int}


class Ending(Enum):
    """How a test came to its end."""

    PASSED = auto()
    RAISED = auto()  # an exception left it
    PANICKED = auto()
    HUNG = auto()
    DIED = auto()  # the machine reset itself, or powered off


@dataclass
class Outcome:
    """How a test ended, in a word and in a sentence, and what was printed meanwhile."""

    ending: Ending
    sentence: str
    output: str


class TestSession:
    """Runs the tests of one kernel on one kind of machine. Machines start when they are needed."""

    __test__ = False  # nothing for pytest to collect

    def __init__(self, config: MachineConfig) -> None:
        self.config = config
        self.machine: Machine | None = None
        self.held = ExitStack()  # the machine, while there is one
        self.time_limit_s = TIME_LIMIT_S

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(self, number: int) -> Outcome:
        """Run a test; the machine is stopped afterwards unless the test passed."""
        machine = self._running()
        start = len(machine.transcript.text)
        ending, sentence = self._ending_of(machine, number)
        output = printed(machine.transcript.text[start:])
        if ending is not Ending.PASSED:
            self.stop()
        return Outcome(ending, sentence, output)

    def stop(self) -> None:
        self.held.close()
        self.machine = None

    def _running(self) -> Machine:
        if self.machine is None:
            self.machine = self.held.enter_context(Machine(self.config))
            self.machine.wait_for(f"{MARK}ready", TIME_LIMIT_S)
        return self.machine

    def _ending_of(self, machine: Machine, number: int) -> tuple[Ending, str]:
        try:
            machine.send(f"{number}\n")
            ended = machine.wait_for(ENDED, self.time_limit_s)
        except MachineHung:
            return Ending.HUNG, f"the test did not end in {self.time_limit_s:g} s"
        except (MachineDied, OSError):
            return _ending_of_machine(machine)
        if ended[1] == "raised":
            return Ending.RAISED, "an exception left the test"
        return Ending.PASSED, "the test returned"


def _ending_of_machine(machine: Machine) -> tuple[Ending, str]:
    try:
        status = machine.wait()
    except MachineDied:
        return Ending.DIED, "the machine reset itself"
    if status == PANIC_STATUS:
        return Ending.PANICKED, "the kernel panicked"
    return Ending.DIED, f"the machine ended with status {status}"


def printed(text: str) -> str:
    """What a test printed, without the lines of the protocol."""
    lines = text.replace("\r", "").split("\n")
    return "\n".join(line for line in lines if not line.startswith(MARK))


def machine_of(kernel: Path, wishes: Mapping[str, str]) -> MachineConfig:
    """The machine that a test's docstring wishes for.

    Raises:
        Failure: there is no such machine.
    """
    values = {name: _wish(name, text) for name, text in wishes.items()}
    return MachineConfig(
        boot=DirectBoot(kernel),
        memory=values.get("memory", "256M"),
        processors=values.get("processors", 1),
        icount_shift=values.get("icount"),
    )


def _wish(name: str, text: str) -> str | int:
    if name not in WISHES:
        known = ", ".join(WISHES)
        raise Failure(f"a test cannot ask for '{name}' of a machine; it may ask for {known}")
    try:
        return WISHES[name](text)
    except ValueError:
        raise Failure(f"'{name}={text}' asks for no machine; write a number") from None
