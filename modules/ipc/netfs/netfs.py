"""netfs: sockets as files, at /net. Each mount of the type `netfs` is a network of its own.

Files in /net:
    local/stream        opening makes a socket for bytes; reading gives its number
    local/seqpacket     opening makes a socket for packets; reading gives its number
    local/addrs         the names at which servers listen, a line each
    local/<n>/ctl       commands for a socket, see socket_control.py
    local/<n>/data      what comes from the other side, and goes to it; of a server it is ready when somebody waits
    local/<n>/accept    opening waits for a client, and gives what `data` gives

Files in /sys:
    fs/netfs/<n>        a network of sockets of its own, see /net, which is made when /sys/fs/netfs is mounted
    counts/sockets      sockets that have a folder

The folder of a socket is there for those in whose namespace it was made.

A socket and its folder are there as long as the process that made it, and longer while a file of it is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from core.errors import NotConnected
from core.file_records import Entry, NodeKind
from core.text import parse
from core.text.buffer import TextBuffer
from kernel.fs import dentry, module_files
from kernel.fs.dentry import Dentry
from kernel.fs.file_systems import FileSystemType
from kernel.fs.folder import FixedFolder
from kernel.fs.mode import Mode
from kernel.fs.text_file import TextFile, text
from kernel.fs.vnode import Vnode
from kernel.module.description import Device, Module
from kernel.proc import current
from kernel.sync.wait_queue import WaitQueue
from lang import (
    Array,
    Order,
    Ptr,
    Slice,
    UserSlice,
    address_of,
    borrow,
    no_raise,
    section,
    sleeps,
    u8,
    u64,
    usize,
)
from modules.ipc.netfs import socket_table
from modules.ipc.netfs.local_socket import Kind
from modules.ipc.netfs.socket_control import SocketControl
from modules.ipc.netfs.socket_table import Listed
from modules.ipc.pipe.channel import Connection

if TYPE_CHECKING:
    from kernel.fs.file import File

FIXED: Final = Array[bytes, 3](b"stream", b"seqpacket", b"addrs")
FILES: Final = Array[bytes, 3](b"ctl", b"data", b"accept")


def put_network(root: FixedFolder) -> None:
    """Let a folder be the root of a network in which there are no sockets.

    Raises:
        MemoryError: there is too little memory.
    """
    root.put(b"local", LocalFolder(socket_table.next_network.fetch_add(1, Order.RELAXED)))


class NetworkType(FileSystemType):
    """/sys/fs/netfs."""

    @sleeps
    def new_root(self) -> Dentry:
        root = FixedFolder()
        put_network(root)
        return self.add(dentry.new_root(root))


class SocketCounts(TextFile):
    """/sys/counts/sockets."""

    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"sockets {socket_table.count.load()}\n")


@no_raise
def here() -> u64:
    """Return the number of the namespace of who calls."""
    return current.process().view.namespace().number


class LocalFolder(Vnode):
    """The folder `local`."""

    network: u64  # constant

    def __init__(self, network: u64) -> None:
        super().__init__(NodeKind.DIRECTORY)
        self.network = network

    @sleeps
    def find(self, name: Slice[u8]) -> Vnode:
        if name == FIXED[0]:
            return NewSocket(Kind.STREAM, self.network)
        if name == FIXED[1]:
            return NewSocket(Kind.PACKETS, self.network)
        if name == FIXED[2]:
            return Addresses(self.network)
        found = self.find_socket(name)
        if found is None:
            raise FileNotFoundError
        return SocketFolder(found)

    @no_raise
    def find_socket(self, name: Slice[u8]) -> Listed | None:
        """Return the socket whose number a name is, if the caller sees it."""
        try:
            return socket_table.find(parse.parse_plain(name), self.network, here())
        except (ValueError, OverflowError):
            return None

    @sleeps
    def entry_at(self, position: u64, into: Entry) -> u64:
        if position < len(FIXED):
            into.set(FIXED[usize(position)], NodeKind.FILE)
            return position + 1
        found = socket_table.first_from(position - len(FIXED), self.network, here())
        if found is None:
            return 0
        storage = Array[u8, 24]()
        out = TextBuffer(storage[:])
        text(out, f"{found.number}")
        into.set(out.text(), NodeKind.DIRECTORY)
        return found.number + len(FIXED) + 1


class NewSocket(Vnode):
    """`stream` or `seqpacket`."""

    socket_kind: Kind
    network: u64

    def __init__(self, kind: Kind, network: u64) -> None:
        super().__init__(NodeKind.FILE)
        self.socket_kind = kind
        self.network = network

    @sleeps
    def opened(self, mode: Mode) -> Vnode:
        maker = current.process()
        made = socket_table.new(self.socket_kind, self.network, here(), maker.number)
        maker.belongings.keep(made)
        return SocketNumber(made)


class Addresses(TextFile):
    network: u64

    def __init__(self, network: u64) -> None:
        super().__init__()
        self.network = network

    @sleeps
    def show(self, out: TextBuffer) -> None:
        at = socket_table.next_of(0, self.network)
        while at is not None:
            name = at.socket.address()
            if name is not None:
                out.write(name.bytes)
                out.write(b"\n")
            at = socket_table.next_of(at.number + 1, self.network)


class SocketNumber(TextFile):
    """What opening `stream` or `seqpacket` gives."""

    listed: Listed

    def __init__(self, listed: Listed) -> None:
        super().__init__()
        self.listed = listed
        listed.hold()

    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"{self.listed.number}")

    @no_raise
    @sleeps
    def closed(self) -> None:
        self.listed.let_go()


class SocketFolder(Vnode):
    """The folder of a socket."""

    listed: Listed

    def __init__(self, listed: Listed) -> None:
        super().__init__(NodeKind.DIRECTORY)
        self.listed = listed

    @sleeps
    def find(self, name: Slice[u8]) -> Vnode:
        if self.listed.namespace == here():
            if name == FILES[0]:
                return SocketControl(self.listed)
            if name == FILES[1]:
                return SocketData(self.listed)
            if name == FILES[2]:
                return Acceptor(self.listed)
        raise FileNotFoundError

    @sleeps
    def entry_at(self, position: u64, into: Entry) -> u64:
        if position >= len(FILES) or self.listed.namespace != here():
            return 0
        into.set(FILES[usize(position)], NodeKind.FILE)
        return position + 1


class SocketData(Vnode):
    """`data` of a socket."""

    listed: Listed

    def __init__(self, listed: Listed) -> None:
        super().__init__(NodeKind.FILE)
        self.listed = listed

    @sleeps
    def opened(self, mode: Mode) -> Vnode:
        try:
            return ConnectionFile(self.listed.socket.connected(), self.listed)
        except NotConnected:
            return Unconnected(self.listed)


class Unconnected(Vnode):
    """`data` of a socket that was not connected when it was opened, and is to be opened again: a server's can be waited for."""

    listed: Listed

    def __init__(self, listed: Listed) -> None:
        super().__init__(NodeKind.FILE)
        self.listed = listed
        listed.hold()

    @no_raise
    @sleeps
    def closed(self) -> None:
        self.listed.let_go()

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        raise NotConnected

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        raise NotConnected

    @no_raise
    def can_be_read(self) -> bool:
        socket = borrow(self.listed.socket)
        return not socket.is_listening or socket.waiting.load() > 0

    @no_raise
    def is_deserted(self) -> bool:
        return self.listed.socket.has_ended

    @no_raise
    def readable(self) -> Ptr[WaitQueue] | None:
        return address_of(self.listed.socket.arrived)


class ConnectionFile(Vnode):
    """One side of a connection, open."""

    connection: Connection
    listed: Listed | None  # whose it is; None: it was accepted

    def __init__(self, connection: Connection, listed: Listed | None) -> None:
        super().__init__(NodeKind.FILE)
        self.connection = connection
        self.listed = listed
        if listed is not None:
            listed.hold()

    @no_raise
    @sleeps
    def closed(self) -> None:
        if self.listed is not None:
            self.listed.let_go()

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        return self.connection.incoming.read(into)

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        return self.connection.outgoing.write(data)

    @no_raise
    def can_be_read(self) -> bool:
        return self.connection.incoming.is_readable()

    @no_raise
    def can_be_written(self) -> bool:
        return self.connection.outgoing.is_writable()

    @no_raise
    def is_deserted(self) -> bool:
        return self.connection.is_deserted

    @no_raise
    def readable(self) -> Ptr[WaitQueue] | None:
        return address_of(self.connection.incoming.readable)

    @no_raise
    def writable(self) -> Ptr[WaitQueue] | None:
        return address_of(self.connection.outgoing.writable)


class Acceptor(Vnode):
    """`accept` of a socket."""

    listed: Listed

    def __init__(self, listed: Listed) -> None:
        super().__init__(NodeKind.FILE)
        self.listed = listed

    @sleeps
    def opened(self, mode: Mode) -> Vnode:
        """Accept a client.

        Raises:
            BlockingIOError: nobody is there yet.
            WrongState: the socket does not listen.
            ConnectionAbortedError: it has ended.
        """
        connection = self.listed.socket.accept()
        if connection is None:
            raise BlockingIOError
        return ConnectionFile(connection, None)

    @no_raise
    def can_be_opened(self) -> bool:
        socket = borrow(self.listed.socket)
        return socket.waiting.load() > 0 or socket.has_ended

    @no_raise
    def openable(self) -> Ptr[WaitQueue] | None:
        return address_of(self.listed.socket.arrived)


def attach(device: Device) -> None:
    """Let there be sockets.

    Raises:
        MemoryError: there is too little memory.
    """
    put_network(module_files.there(module_files.network))
    module_files.there(module_files.types).put(b"netfs", NetworkType(0))
    module_files.there(module_files.counts).put(b"sockets", SocketCounts())


def detach(device: Device) -> None:
    """Let nobody make sockets any more; those that there are keep the module where it is, and so do mounted networks."""
    module_files.there(module_files.network).take(b"local")
    module_files.there(module_files.types).take_all(b"netfs")
    module_files.there(module_files.counts).take(b"sockets")


MODULE: Annotated[Module, section(".module")] = Module(
    name="Local sockets",
    author="the authors of PatchworkOS",
    description="connections between programs, which find each other by names",
    version="1.0",
    licence="MIT",
    devices="BOOT_ALWAYS",
    attach=attach,
    detach=detach,
)
