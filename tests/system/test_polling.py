"""Programs wait for any of several files."""

from __future__ import annotations

import pytest

from tests.machine.test_programs_run import run
from tests.system.test_threads import PROGRAMS

LINES = """\
empty: 1 --- --- -w-
one: 2 r-- --- -w-
taken: 32768
full: 2 r-- r-- ---
drained: 1 --- --- -w-
from many: 20
no writer: 1 r-e
no reader: 1 -we
nothing wanted: 1 --e
deadline: 0 True
deadline: 0 True
deadline: 0 True
sleep: 0
process: 0 --- ---
process: 1 --- r--
status: 3
mistake: BadFile
mistake: BadFile
mistake: BadFile
mistake: ValueError
mistake: BadAddress
note: wake up
interrupted
"""


@pytest.mark.parametrize("processors", ["1", "4"])
def test_a_program_waits_for_any_of_several_files(processors: str) -> None:
    assert run(PROGRAMS / "polling.py", "--release", "--smp", processors).stdout == LINES
