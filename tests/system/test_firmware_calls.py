"""Methods of the firmware are called by writing their arguments to their files."""

from __future__ import annotations

from tests.machine.test_programs_run import run
from tests.system.test_threads import PROGRAMS


def test_a_program_calls_the_firmware() -> None:
    lines = run(PROGRAMS / "firmware_calls.py").stdout.splitlines()
    assert lines[:2] == ["I:0", "I:0 I:0"]
    assert lines[2].startswith("P[I:")
    assert lines[3] == "N"
    assert lines[4].startswith("E:Uninitialized")
    assert lines[5].startswith("too long:")
    assert len(lines) == 7
