"""/net/local/<number>/ctl: gives a socket a name, lets others connect, connects it, ends it."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core.text.buffer import TextBuffer
from kernel.fs import verbs
from kernel.fs.command import Command
from kernel.fs.verbs import Verb
from kernel.proc.control_file import ControlFile
from lang import Array, Slice, no_raise, over, sleeps, u32, u64, usize
from modules.ipc.netfs import socket_table
from modules.ipc.netfs.local_socket import MOST_WAITING, WrongState
from modules.ipc.netfs.socket_table import Listed

VERBS: Final = Array[Verb, 4](
    Verb(b"bind", b"NAME:name", b"have a name, by which others connect"),
    Verb(
        b"listen",
        b"[BACKLOG:number]",
        b"let others connect; so many may wait to be accepted, 128 at most",
    ),
    Verb(b"connect", b"NAME:name", b"connect to the server of a name"),
    Verb(
        b"close",
        b"",
        b"end: the folder goes, and the connection, unless somebody has it open",
    ),
)


STATES: Final = Array[bytes, 5](
    b"new", b"bound", b"listening", b"connected", b"at its end"
)  # by State


@over(u64)
class Do(IntEnum):
    """The verbs, by their places in VERBS."""

    BIND = 0
    LISTEN = 1
    CONNECT = 2
    CLOSE = 3


class SocketControl(ControlFile):
    """Commands for a socket."""

    listed: Listed

    def __init__(self, listed: Listed) -> None:
        super().__init__()
        self.listed = listed

    @no_raise
    def verbs(self) -> Slice[Verb]:
        return VERBS[:]

    @sleeps
    def obey(self, verb: u64, command: Command, complaint: TextBuffer) -> None:
        try:
            self.carry_out(Do(verb), command)
        except WrongState:
            complaint.write(b"a socket cannot do that when it is ")
            complaint.write(STATES[usize(self.listed.socket.state.load())])
            raise

    @sleeps
    def carry_out(self, verb: Do, command: Command) -> None:
        match verb:
            case Do.BIND:
                socket_table.bind(self.listed, command.word(1))
            case Do.LISTEN:
                self.listed.socket.listen(backlog_of(command))
            case Do.CONNECT:
                socket_table.connect(self.listed, command.word(1))
            case Do.CLOSE:
                socket_table.take_out(self.listed)
                self.listed.socket.end()


@no_raise
def backlog_of(command: Command) -> u32:
    """Return how many connections may wait: MOST_WAITING where nothing is said, or more."""
    if command.count == 1:
        return MOST_WAITING
    return u32(min(verbs.number(command.word(1)), u64(MOST_WAITING)))
