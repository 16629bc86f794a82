"""Notes to programs on the system, and to groups of them."""

from __future__ import annotations

import pytest

from tests.machine.test_programs_run import run
from tests.system.test_threads import PROGRAMS

NOTES = """\
1 got hello
woken got hello sleeper
2000 got hello 1999
terminate please
kill
pagefault at when writing
handled: pagefault 0x10
pagefault at when writing
Exception in the handler of a note:
ValueError: hello
hello
"""

GROUPS = """\
here: to all of us
to all of us | to all of us | False
to you two | to you two
this is no group
killed
"""


UNBORN = """\
forgetful:  True
one is left: 1
none is left
"""


@pytest.mark.parametrize("processors", ["1", "4"])
def test_notes_are_handled_wherever_a_program_is(processors: str) -> None:
    done = run(PROGRAMS / "notes.py", "--release", "--smp", processors)
    assert done.stdout == NOTES
    assert "hello is the end now" in done.stderr  # the status
    assert done.returncode == 1


def test_groups_get_notes_together() -> None:
    assert run(PROGRAMS / "groups.py").stdout == GROUPS


@pytest.mark.parametrize("processors", ["1", "2"])
def test_what_a_process_spawns_while_it_ends_does_not_stay_behind(processors: str) -> None:
    assert run(PROGRAMS / "unborn.py", "--release", "--smp", processors).stdout == UNBORN
