"""The clock of programs."""

from __future__ import annotations

from tests.machine.test_programs_run import run
from tests.system.test_threads import PROGRAMS


def test_a_program_tells_the_time_that_the_kernel_tells() -> None:
    assert run(PROGRAMS / "clock.py").stdout == "the same\n"
