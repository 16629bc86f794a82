"""Local sockets: a server has a name, and clients connect to that.

    server = sockets.Server("clock")                     client = sockets.connect("clock")
    with server.accept() as client:                      client.write("what time is it?")
        client.write(answer_to(client.read()))           print(client.read())

What is written in one piece comes as one piece, unless one asks for a stream. All of it is files (docs/everything-is-a-file.md).
"""

from __future__ import annotations

from typing import Final

from lang import Array, Slice, no_raise, u8, u64
from lib.std import files, system
from lib.std.texts import decode

PACKETS: Final = "seqpacket"
STREAM: Final = "stream"
MOST_READ: Final = 16384


class Socket:
    """A socket that was made here; its folder goes with it."""

    number: str

    def __init__(self, kind: str = PACKETS) -> None:
        self.number = ""
        self.number = files.read_text(f"/net/local/{kind}")

    def __del__(self) -> None:
        if self.number == "":
            return  # it could not be made
        try:
            self.control("close")
        except OSError:
            pass  # it is gone already

    @property
    def folder(self) -> str:
        return f"/net/local/{self.number}"

    def control(self, commands: str) -> None:
        """Give it commands, as its `ctl` takes them."""
        files.write_text(f"{self.folder}/ctl", commands)


class Connection:
    """One side of a connection; closed at the end of its block, or with it."""

    number: int  # of an open file; -1: closed

    def __init__(self, number: int) -> None:
        self.number = number

    def __enter__(self) -> Connection:  # noqa: PYI034 - the language has no Self
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    @no_raise
    def close(self) -> None:
        """Let the other side come to the end."""
        files.close(self.number)
        self.number = -1

    def write(self, text: str) -> None:
        """Write a text: a packet, or bytes of a stream."""
        self.send(text.encode())

    def read(self) -> str:
        """Return a packet, or what there is of a stream; empty when the other side is gone.

        Of a packet it returns MOST_READ bytes at most; `receive` reads larger ones.
        """
        storage = Array[u8, MOST_READ]()
        return decode(storage[: self.receive(storage[:])])

    def send(self, data: Slice[u8]) -> None:
        """Write bytes; waits for room."""
        done: u64 = 0
        while done < len(data):
            done += system.write(u64(self.number), data[done:])

    def receive(self, into: Slice[u8]) -> u64:
        """Read into memory, and return how many bytes; 0 when the other side is gone."""
        return system.read(u64(self.number), into)


class Server:
    """A name at which clients are waited for."""

    socket: Socket

    def __init__(self, name: str, kind: str = PACKETS, backlog: int = 128) -> None:
        """Listen at a name, which is free when the server goes.

        Raises:
            AddressInUse: another one has it.
        """
        self.socket = Socket(kind)
        self.socket.control(f'bind "{name}" && listen {backlog}')

    def accept(self) -> Connection:
        """Wait for a client."""
        return Connection(files.open_file(f"{self.socket.folder}/accept").number)


def connect(name: str, kind: str = PACKETS) -> Connection:
    """Connect to a server.

    Raises:
        ConnectionRefusedError: nobody listens there, or too many wait already.
    """
    socket = Socket(kind)
    socket.control(f'connect "{name}"')
    return Connection(files.open_file(f"{socket.folder}/data").number)
