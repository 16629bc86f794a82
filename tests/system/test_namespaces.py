"""What processes reach by what they are given: namespaces, open folders, keys."""

from __future__ import annotations

from tests.machine.test_programs_run import run
from tests.system.test_threads import PROGRAMS

LINES = """\
a file of it: True ['block_size:', '4096', 'max_file_size:', '1099511627776']
unmounted, open: True
closed: True
its file: FileNotFoundError
A: of A only
/secret/file FileNotFoundError
/pub/file for all
/secret/file FileNotFoundError
/net FileNotFoundError
/pub/../tmp FileNotFoundError
file opened
../file FileNotFoundError
../../secret/file FileNotFoundError
out FileNotFoundError
:rw PermissionError
new:create PermissionError
/secret/file FileNotFoundError
/tmp/here 
/tmp/pub/file FileNotFoundError
bind of a namespace: NotSupported
this is no namespace
/proc/1/ns FileNotFoundError
key: 32 characters
claimed: of A only
write: BadFile
claim: FileNotFoundError
too late: FileNotFoundError
claim: PermissionError
claim: PermissionError
share: PermissionError
"""


def test_a_process_reaches_what_it_was_given() -> None:
    assert run(PROGRAMS / "namespaces.py").stdout == LINES


def test_a_process_that_sees_itself_is_forgotten_when_it_has_ended() -> None:
    lines = ["seen: True"] * 4 + ["more than before: [0, 0, 0]"]
    assert run(PROGRAMS / "own_process.py").stdout.splitlines() == lines
