"""Ctrl-C at the shell: it ends what runs in the foreground, never the shell, and the status says so."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest

from tools import image
from tools.machine.config import DirectBoot, MachineConfig
from tools.machine.machine import Machine

CONTROL_C = "\x03"
PROMPT = "\x1b[92m>\x1b[0m "
COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
LIMIT_S = 60.0


class Typist:
    """Somebody at a shell."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    @property
    def shown(self) -> str:
        return COLOURS.sub("", self.machine.transcript.text).replace("\r", "")

    def wait_for(self, is_there: Callable[[], bool]) -> None:
        deadline = time.monotonic() + LIMIT_S
        while not is_there():
            assert time.monotonic() < deadline, self.shown[-500:]
            time.sleep(0.01)

    def wait_for_prompt(self, start: int = 0) -> None:
        """Wait until there is a prompt at the end, in a line that began behind a place."""
        self.wait_for(
            lambda: "\n" in self.shown[start:] and self.machine.transcript.text.endswith(PROMPT)
        )

    def run(self, line: str, sign: str = "") -> list[str]:
        """Type a line, and Ctrl-C once a sign has appeared; return the lines that are shown until the next prompt."""
        self.wait_for_prompt()
        start = len(self.shown)
        self.machine.send(line + "\r")
        if sign:
            self.wait_for(lambda: f"\n{sign}\n" in self.shown[start:])
            self.machine.send(CONTROL_C)
        self.wait_for_prompt(start)
        return self.shown[start:].splitlines()[1:-1]

    def interrupt(self, keys: str = "") -> None:
        """Type some keys and Ctrl-C at the prompt."""
        self.wait_for_prompt()
        start = len(self.shown)
        self.machine.send(keys + CONTROL_C)
        self.wait_for_prompt(start)


@pytest.fixture(scope="module")
def typist() -> Iterator[Typist]:
    config = MachineConfig(
        boot=DirectBoot(image.build_kernel("checked"), image.build_initial_files("checked"))
    )
    with Machine(config) as machine:
        machine.wait_for("Type help")
        yield Typist(machine)


def test_a_program_and_what_it_started_end_and_the_status_says_so(typist: Typist) -> None:
    line = "sh -c 'echo begins; sleep 1000; echo never'; echo nor this"
    assert typist.run(line, "begins") == ["begins", "^C", "shell: sh: interrupt"]
    assert typist.run("echo $?") == ["interrupt"]
    all_ended = "ps > /tmp/all; grep 1000 /tmp/all || echo none"
    typist.wait_for(lambda: typist.run(all_ended) == ["none"])  # nobody waits for the sleep


def test_all_stages_of_a_pipeline_end(typist: Typist) -> None:
    shown = typist.run("sh -c 'echo begins >&2; cat' | sh -c 'cat; sleep 1000'", "begins")
    assert shown == ["begins", "^C", "shell: sh: interrupt", "shell: sh: interrupt"]


def test_what_runs_in_the_background_goes_on(typist: Typist) -> None:
    typist.run("sleep 1000 &")
    assert typist.run("sh -c 'echo begins; sleep 1000'", "begins")[-1] == "shell: sh: interrupt"
    assert typist.run("jobs")[0].startswith("[1] runs  sleep 1000")
    assert typist.run("sh -c 'echo begins'; wait", "begins")[:2] == ["begins", "^C"]
    assert typist.run("jobs")[0].startswith("[1] runs  sleep 1000")
    typist.run("kill $!; wait")


def test_a_program_that_handles_notes_decides_itself(typist: Typist) -> None:
    """So does the shell: the inner one begins a new line, and has Ctrl-C for what it runs."""
    typist.run("sh")
    assert typist.run("sh -c 'echo begins; sleep 1000'", "begins")[-1] == "shell: sh: interrupt"
    typist.interrupt()
    assert typist.run("echo still here") == ["still here"]
    typist.run("exit")
    assert typist.run("echo $?") == [""]


def test_at_the_prompt_it_begins_a_new_line(typist: Typist) -> None:
    typist.interrupt("echo never")
    assert typist.run("echo yes") == ["yes"]
