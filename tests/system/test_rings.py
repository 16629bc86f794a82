"""Rings: requests that go on while the program does something else, on one processor and on several."""

from __future__ import annotations

import pytest

from tests.machine.test_programs_run import run
from tests.system.test_threads import PROGRAMS

RINGS = """\
taken 1
time: data 1, error 10, result 0
long enough True
taken 1 unread 0
read later: data 2, error 0, result 5
text 104 111 0
unread 1
read at once: data 3, error 0, result 7
poll: data 4, error 0, result 1
poll: data 5, error 0, result 2
too late: data 6, error 10, result 0
cancel: data 8, error 0, result 1
cancelled: data 7, error 45, result 0
all: data 9, error 0, result 2
all: data 7, error 45, result 0
all: data 7, error 45, result 0
none left: data 10, error 7, result 0
nobody read 1
chain: data 11, error 0, result 7
chain: data 12, error 0, result 7
copied seven b register 7
broken: data 13, error 26, result 0
broken: data 14, error 45, result 0
hard: data 15, error 26, result 0
hard: data 16, error 10, result 0
read what was opened: data 41, error 0, result 7
opened 14
opened 15
opened 49
opened 0
nobody came 0
accepted 50 0 hello, ring
accept too late: data 51, error 10, result 0
cancel: data 53, error 0, result 1
accept cancelled: data 52, error 45, result 0
accept at once: data 54, error 12, result 0
accept of no server: data 55, error 21, result 0
hard: data 56, error 10, result 0
child ended 44 with 7 in 1 byte
taken 16
sum 1720
taken 64 unread 64
no room 0
room 1
written: data 10, error 0, result 4096
child: data 20, error 0, result 1
all have left
no such ring
no such ring
no such ring
no such ring
too many
it is gone
nonsense: data 30, error 39, result 0
nonsense: data 31, error 3, result 0
nonsense: data 32, error 26, result 0
nonsense: data 33, error 25, result 0
nonsense: data 34, error 3, result 0
counts make no sense
its memory is gone
cancelled
"""


@pytest.mark.parametrize("processors", ["1", "4"])
def test_requests_go_on_by_themselves(processors: str) -> None:
    assert run(PROGRAMS / "rings.py", "--checked", "--smp", processors).stdout == RINGS
