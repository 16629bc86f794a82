"""Local sockets: how a client finds a server on the same machine, by a name, and what they talk through.

    NEW        bind -> BOUND, connect -> CONNECTED
    BOUND      listen -> LISTENING, connect -> CONNECTED
    LISTENING  connections wait here until somebody accepts them
    CONNECTED  has one side of a connection

Connecting never waits: the connection is there at once, and its other side waits at the server, which has room for its backlog.
A connection that is still there when its server ends is one whose other side is gone.

Locks: Socket.lock guards its state. No other lock is taken with it but those of memory.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core.errors import AlreadyConnected, NameTooLong, NotConnected
from kernel.mem import heap_memory
from kernel.mem.heap_memory import HeapMemory
from kernel.sync.mutex import Mutex
from kernel.sync.wait_queue import WaitQueue
from lang import Atomic, Ptr, Slice, borrow, holds, no_raise, over, sleeps, u8, u32, u64
from modules.ipc.netfs.packets import PacketQueue
from modules.ipc.pipe.channel import Channel, Connection
from modules.ipc.pipe.pipe import Pipe

LONGEST_NAME: Final[u64] = 255
MOST_WAITING: Final[u32] = 128  # connections at a server


@over(u32)
class Kind(IntEnum):
    """What a socket's connections carry."""

    STREAM = 0  # bytes
    PACKETS = 1  # packets, which stay whole


@over(u32)
class State(IntEnum):
    NEW = 0
    BOUND = 1
    LISTENING = 2
    CONNECTED = 3
    ENDED = 4


class WrongState(ValueError):
    """A socket that is in its state cannot do that."""


class Arrival:
    """A connection that waits to be accepted."""

    connection: Connection
    next: Arrival | None  # that came after it

    def __init__(self, connection: Connection) -> None:
        self.connection = connection


class Socket:
    """One socket."""

    kind: Kind  # constant

    lock: Mutex
    state: Atomic[u32]  # State; changed under lock

    # Guarded by lock.
    name: HeapMemory | None  # once it is BOUND, constant then
    connection: Connection | None  # while it is CONNECTED
    first: Arrival | None
    last: Ptr[Arrival] | None
    backlog: u32

    waiting: Atomic[u32]  # arrivals; changed under lock
    arrived: WaitQueue  # woken when there are arrivals, when it connects, and at its end

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def __del__(self) -> None:
        self.drop_arrivals()

    @property
    @no_raise
    def is_listening(self) -> bool:
        return self.state.load() == State.LISTENING

    @property
    @no_raise
    def has_ended(self) -> bool:
        return self.state.load() == State.ENDED

    @no_raise
    @sleeps
    def has_name(self, name: Slice[u8]) -> bool:
        with self.lock:
            own = self.name
            return own is not None and own.bytes == name

    @no_raise
    @sleeps
    def address(self) -> HeapMemory | None:
        """Return the name at which it listens; None: it does not."""
        with self.lock:
            return self.name if self.is_listening else None

    @sleeps
    def bind(self, name: Slice[u8]) -> None:
        """Give it a name. Its table sees to it that no other one has it.

        Raises:
            WrongState: it is not NEW.
            ValueError: the name is empty.
            NameTooLong: the name is.
            MemoryError: there is too little memory.
        """
        if len(name) == 0:
            raise ValueError
        if len(name) > LONGEST_NAME:
            raise NameTooLong
        kept = heap_memory.copy_of(name)
        with self.lock:
            self.require(State.NEW)
            self.name = kept
            self.state.store(State.BOUND)

    @sleeps
    def listen(self, backlog: u32) -> None:
        """Let others connect, so many of them before the first is accepted; MOST_WAITING at most.

        Raises:
            WrongState: it is not BOUND.
        """
        with self.lock:
            self.require(State.BOUND)
            self.backlog = min(backlog, MOST_WAITING)
            self.state.store(State.LISTENING)

    @sleeps
    def connect(self, server: Socket) -> None:
        """Connect it.

        Raises:
            ConnectionRefusedError: the server does not listen, has as many waiting as it may, or is of another kind.
            AlreadyConnected: it is CONNECTED.
            WrongState: it is LISTENING, or has ended.
            MemoryError: there is too little memory.
        """
        if server.kind != self.kind:
            raise ConnectionRefusedError
        there, back = new_channel(self.kind), new_channel(self.kind)
        arrival = Arrival(Connection(there, back))
        own = Connection(back, there)
        with self.lock:
            self.require_unconnected()
            self.connection = own
            self.state.store(State.CONNECTED)
        try:
            server.take_arrival(arrival)
        except ConnectionRefusedError:
            self.disconnect()
            raise
        self.arrived.wake_all()

    @sleeps
    def accept(self) -> Connection | None:
        """Return the connection that has waited longest; None: there is none yet.

        Raises:
            WrongState: it does not listen.
            ConnectionAbortedError: it has ended.
        """
        with self.lock:
            if self.has_ended:
                raise ConnectionAbortedError
            self.require(State.LISTENING)
            arrival = self.take_first()
            return None if arrival is None else arrival.connection

    @sleeps
    def connected(self) -> Connection:
        """Return its side of the connection.

        Raises:
            NotConnected: it has none.
        """
        with self.lock:
            connection = self.connection
        if connection is None:
            raise NotConnected
        return connection

    @no_raise
    @sleeps
    def end(self) -> None:
        """Let go of everything; those who have its connection open keep that."""
        with self.lock:
            self.state.store(State.ENDED)
            connection = self.connection
            self.connection = None
        del connection
        self.drop_arrivals()
        self.arrived.wake_all()

    # -------------------------------------------------------------------------------------------

    @sleeps
    def take_arrival(self, arrival: Arrival) -> None:
        """Let a connection wait here.

        Raises:
            ConnectionRefusedError: it does not listen, or has no room.
        """
        with self.lock:
            if not self.is_listening or self.waiting.load() >= self.backlog:
                raise ConnectionRefusedError
            last = self.last
            if last is None:
                self.first = arrival
            else:
                last.next = arrival
            self.last = borrow(arrival)
            self.waiting.fetch_add(1)
        self.arrived.wake_all()

    @no_raise
    @sleeps
    def disconnect(self) -> None:
        """Be as it was before it connected, which came to nothing."""
        with self.lock:
            gone = self.connection
            if gone is None:
                return  # it has ended meanwhile
            self.connection = None
            self.state.store(State.NEW if self.name is None else State.BOUND)
        del gone

    @no_raise
    @sleeps
    def drop_arrivals(self) -> None:
        """Let go of connections that nobody will accept, one by one."""
        while True:
            with self.lock:
                arrival = self.take_first()
            if arrival is None:
                return
            del arrival

    # With the lock held ------------------------------------------------------------------------

    @holds("lock")
    @no_raise
    def take_first(self) -> Arrival | None:
        arrival = self.first
        if arrival is None:
            return None
        self.first = arrival.next
        arrival.next = None
        if self.first is None:
            self.last = None
        self.waiting.fetch_sub(1)
        return arrival

    @holds("lock")
    def require(self, state: State) -> None:
        if self.state.load() != state:
            raise WrongState

    @holds("lock")
    def require_unconnected(self) -> None:
        match self.state.load():
            case State.CONNECTED:
                raise AlreadyConnected
            case State.NEW | State.BOUND:
                pass
            case _:
                raise WrongState


def new_channel(kind: Kind) -> Channel:
    if kind == Kind.PACKETS:
        return PacketQueue()
    return Pipe()
