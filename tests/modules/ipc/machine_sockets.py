"""Sockets find each other by names, come and go, and leave nothing behind."""

from __future__ import annotations

from typing import Final

from core.errors import AddressInUse, AlreadyConnected, NotConnected, TooManyFiles
from kernel.proc.belongings import Belongings
from lang import Array, Slice, u8, u32, u64, usize
from modules.ipc.netfs import socket_table
from modules.ipc.netfs.local_socket import Kind, Socket, State
from modules.ipc.netfs.socket_table import Listed
from tests.kernel.mem import in_use

MS = 1_000_000
NETWORK: Final[u64] = 1 << 40
SPACE: Final[u64] = 5  # a namespace
MAKER: Final[u64] = 1 << 41


belongings: Array[Belongings, 2]  # of MAKER, and of the process with the next number


def new(kind: Kind = Kind.PACKETS, maker: u64 = MAKER, space: u64 = SPACE) -> Listed:
    made = socket_table.new(kind, NETWORK, space, maker)
    belongings[usize(maker - MAKER)].keep(made)
    return made


def end(maker: u64) -> None:
    """End a process that made sockets."""
    belongings[usize(maker - MAKER)].end()


def new_server(name: Slice[u8], backlog: u32 = 16) -> Listed:
    server = new()
    socket_table.bind(server, name)
    server.socket.listen(backlog)
    return server


def is_refused(client: Listed, name: Slice[u8]) -> bool:
    try:
        socket_table.connect(client, name)
        return False
    except ConnectionRefusedError:
        return True


def is_connected(socket: Socket) -> bool:
    try:
        socket.connected()
        return True
    except NotConnected:
        return False


def test_a_client_finds_its_server() -> None:
    server, client = new_server(b"name"), new()
    assert is_refused(client, b"other")
    assert not is_connected(client.socket)
    socket_table.connect(client, b"name")
    accepted = server.socket.accept()
    assert accepted is not None
    assert server.socket.accept() is None
    own = client.socket.connected()
    assert own.outgoing is accepted.incoming and own.incoming is accepted.outgoing
    assert not own.is_deserted
    del accepted
    assert own.is_deserted
    try:
        socket_table.connect(client, b"name")
        assert False, "it is connected"
    except AlreadyConnected:
        pass
    end(MAKER)


def test_a_name_belongs_to_one_and_is_free_after_it() -> None:
    server, other = new_server(b"name"), new()
    try:
        socket_table.bind(other, b"name")
        assert False, "another one has it"
    except AddressInUse:
        pass
    assert other.socket.state.load() == State.NEW
    server.let_go()
    assert server.socket.has_ended
    socket_table.bind(other, b"name")
    assert is_refused(new(), b"name")  # it does not listen
    end(MAKER)


def test_a_refusal_leaves_the_client_as_it_was() -> None:
    server = new_server(b"small", 1)
    first, second = new(), new()
    socket_table.connect(first, b"small")
    assert is_refused(second, b"small")
    assert second.socket.state.load() == State.NEW
    assert server.socket.accept() is not None
    socket_table.connect(second, b"small")
    assert is_refused(new(Kind.STREAM), b"small")
    end(MAKER)


def test_the_end_of_a_server_is_that_of_those_who_wait() -> None:
    server = new_server(b"ends")
    client = new()
    socket_table.connect(client, b"ends")
    assert not client.socket.connected().is_deserted
    socket_table.take_out(server)
    server.socket.end()
    assert client.socket.connected().is_deserted
    try:
        server.socket.accept()
        assert False, "it has ended"
    except ConnectionAbortedError:
        pass
    end(MAKER)


def test_a_socket_is_seen_where_it_was_made_until_all_let_go() -> None:
    listed = new()
    number = listed.number
    assert socket_table.find(number, NETWORK, SPACE) is listed
    assert socket_table.find(number, NETWORK, SPACE + 1) is None
    assert socket_table.find(number, NETWORK + 1, SPACE) is None
    listed.hold()
    end(MAKER)
    assert socket_table.find(number, NETWORK, SPACE) is listed
    listed.let_go()
    assert socket_table.find(number, NETWORK, SPACE) is None


def test_a_process_has_so_many_and_no_more() -> None:
    count: u32 = 0
    try:
        while True:
            new()
            count += 1
    except TooManyFiles:
        pass
    assert count == socket_table.MOST
    other = new(Kind.PACKETS, MAKER + 1)
    end(MAKER)
    assert socket_table.find(other.number, NETWORK, SPACE) is other
    new()
    end(MAKER)
    end(MAKER + 1)


def test_nothing_is_left_of_sockets() -> None:
    for round in range(3):
        in_use.settle(2 * MS)
        before = in_use.objects()
        pages = in_use.free_pages()
        for number in range(100):
            server = new_server(b"leaks")
            for kind in range(3):
                client = new(Kind.PACKETS, MAKER, SPACE + u64(kind))
                socket_table.connect(client, b"leaks")
            if number % 2 == 0:
                server.socket.accept()
            if number % 3 == 0:
                socket_table.take_out(server)
                server.socket.end()
            end(MAKER)
        in_use.settle(20 * MS)
        assert round == 0 or in_use.objects() <= before
        assert round == 0 or in_use.free_pages() + 8 >= pages


def test_sockets_that_were_closed_do_not_pile_up_with_their_maker() -> None:
    in_use.settle(2 * MS)
    before = in_use.objects()
    for _ in range(100):
        closed = new()
        socket_table.take_out(closed)
        closed.socket.end()
    in_use.settle(20 * MS)
    assert in_use.objects() <= before + 8  # what one socket is made of
    end(MAKER)
