"""Servers and clients of local sockets: what they say, how much at a time, how they end, what they do wrong."""

from __future__ import annotations

import pytest

from tests.machine.test_programs_run import run
from tests.system.test_threads import PROGRAMS

LINES = """\
addrs: myserver
folder: ctl data accept
server got hello
client got hello yourself
addrs: .
server got from another process
child got an answer
at the end: 0
packet of 1 came as 1 True
packet of 100 came as 100 True
packet of 16376 came as 16376 True
packet of 65536 came as 65536 True
packet of 1000000 came as 1000000 True
cut: 1 1 b
too large: TooLarge
backpressure: True
all came: True
stream: True
another kind: ConnectionRefusedError
in order: True
answers: 20
one after the other: 800
sockets that are left: 1
nobody waits: 0
somebody waits: 1
data: True True True
gone: True True late 0
nobody comes: BlockingIOError
after the end: left behind 0
nobody reads: BrokenPipeError
never accepted: 0
no server: ConnectionRefusedError
accept: ConnectionAbortedError
backlog: ConnectionRefusedError
room again: done
name in use: AddressInUse
sides: True True True
not connected: NotConnected
opened too early: NotConnected
read too early: NotConnected
twice: AlreadyConnected
: done
bind: bind: NAME is missing, a name
bind a b: bind: b is one too many; bind NAME
bind xxxxxxxxxxxxxxx: bind: the path, or a name in it, is too long
bind "": bind: NAME should be a name, not ''
listen: listen: a socket cannot do that when it is new
listen x: listen: BACKLOG should be a number, not 'x'
connect: connect: NAME is missing, a name
connect nobody: connect: nobody listens there
accept: 'accept' is no command here; there are bind, listen, connect, close
BIND a: 'BIND' is no command here; there are bind, listen, connect, close
bind a && nonsense: 'nonsense' is no command here; there are bind, listen, connect, close
bind b: bind: a socket cannot do that when it is bound
listen -1: done
listen 9999999999999: listen: BACKLOG should be a number, not '99999999999999999999'
listen 999: listen: a socket cannot do that when it is listening
listen 5 5: listen: 5 is one too many; listen [BACKLOG]
listen 5: listen: a socket cannot do that when it is listening
listen: listen: a socket cannot do that when it is listening
connect a: connect: a socket cannot do that when it is listening
": a quotation, or a backslash, has no end
close now: close: now is one too many; close
xxxxxxxxxxxxxxxxxxxx: a command is too long; it has 16 words, and 1024 bytes in them, at most
no file: FileNotFoundError
no socket: FileNotFoundError
no number: FileNotFoundError
make: PermissionError
remove: PermissionError
child opens it: FileNotFoundError
child sees it: False
I see it: True
other network: ConnectionRefusedError
addrs there: here True
child made a server: True
after its end: False
"""


@pytest.mark.parametrize("processors", ["1", "4"])
def test_servers_and_clients_talk(processors: str) -> None:
    assert run(PROGRAMS / "sockets.py", "--release", "--smp", processors).stdout == LINES
