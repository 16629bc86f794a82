"""The sockets that have folders: by number, and by name.

A socket is in the table while its maker, a process, lives, or anybody has a file of it open. It belongs to one network, each of
which is a file system of its own (netfs.py), and is seen only in the namespace in which it was made.

Limits: MOST sockets of a process.

Locks: `naming` is held while a name is given, before the locks of sockets; `lock` guards the tree, and nothing is taken with it.
"""

from __future__ import annotations

from typing import Final

from core.collections.tree import RedBlackTree, TreeLink
from core.errors import AddressInUse, TooManyFiles
from kernel.proc.belongings import Belonging
from kernel.sync.mutex import Mutex
from kernel.sync.spin_lock import SpinLock
from lang import (
    Atomic,
    Ptr,
    Slice,
    holds,
    no_raise,
    owner,
    retain,
    sleeps,
    struct,
    u8,
    u32,
    u64,
)
from modules.ipc.netfs.local_socket import Kind, Socket

MOST: Final[u32] = 256


@struct(pinned=True)
class ByNumber:
    """A socket's place in the tree."""

    number: u64
    link: TreeLink[ByNumber]

    @no_raise
    def precedes(self, other: ByNumber) -> bool:
        return self.number < other.number

    @no_raise
    def update(self) -> bool:
        return False


class Listed(Belonging):
    """A socket in the table."""

    # Constant.
    socket: Socket
    network: u64
    namespace: u64
    maker: u64  # number of a process

    place: ByNumber  # guarded by lock
    self: Listed | None  # while it is in the table; guarded by lock
    holders: Atomic[u32]  # its maker, and files of it that are open

    def __init__(self, kind: Kind, network: u64, namespace: u64, maker: u64) -> None:
        self.socket = Socket(kind)
        self.network = network
        self.namespace = namespace
        self.maker = maker
        self.holders.store(1)

    @property
    @no_raise
    def number(self) -> u64:
        return self.place.number

    @no_raise
    @sleeps
    def owner_ended(self) -> None:
        self.let_go()

    @no_raise
    def hold(self) -> None:
        """A file of it was opened."""
        self.holders.fetch_add(1)

    @no_raise
    @sleeps
    def let_go(self) -> None:
        """A file of it was closed, or its maker has ended; the last to do so ends it."""
        if self.holders.fetch_sub(1) == 1:
            take_out(self)
            self.socket.end()


naming: Mutex
lock: SpinLock
tree: RedBlackTree[ByNumber]  # guarded by lock
count: Atomic[u64]  # of sockets in the table
next_number: Atomic[u64]
next_network: Atomic[u64]


def new(kind: Kind, network: u64, namespace: u64, maker: u64) -> Listed:
    """Return a socket that is in the table.

    Raises:
        TooManyFiles: the process has MOST of them.
        MemoryError: there is too little memory.
    """
    made = Listed(kind, network, namespace, maker)
    with lock:
        if count_of(maker) >= MOST:
            raise TooManyFiles
        made.place.number = next_number.fetch_add(1)
        made.self = made
        tree.insert(made.place)
    count.fetch_add(1)
    return made


@no_raise
def find(number: u64, network: u64, namespace: u64) -> Listed | None:
    """Return the socket of a number that is seen in a namespace; None: there is none."""
    found = first_from(number, network, namespace)
    return None if found is None or found.number != number else found


@no_raise
def first_from(number: u64, network: u64, namespace: u64) -> Listed | None:
    """Return the socket with the least number that is not below a number, of those that are seen in a namespace."""
    with lock:
        at = lowest_from(number)
        while at is not None:
            listed = owner(at, Listed, "place")
            if listed.network == network and listed.namespace == namespace:
                return retain(listed)
            at = tree.after(at[0])
    return None


@sleeps
def bind(listed: Listed, name: Slice[u8]) -> None:
    """Give a socket a name.

    Raises:
        AddressInUse: another one of its network has it.
        ValueError, NameTooLong, MemoryError: see Socket.bind.
    """
    with naming:
        if find_named(name, listed.network) is not None:
            raise AddressInUse
        listed.socket.bind(name)


@sleeps
def connect(listed: Listed, name: Slice[u8]) -> None:
    """Connect a socket to the server of a name in its network.

    Raises:
        ConnectionRefusedError: there is none.
        OSError, ValueError: see Socket.connect.
    """
    server = find_named(name, listed.network)
    if server is None:
        raise ConnectionRefusedError
    listed.socket.connect(server.socket)


@no_raise
@sleeps
def find_named(name: Slice[u8], network: u64) -> Listed | None:
    at = next_of(0, network)
    while at is not None and not at.socket.has_name(name):
        at = next_of(at.number + 1, network)
    return at


@no_raise
def next_of(number: u64, network: u64) -> Listed | None:
    """Return the socket of a network with the least number that is not below a number."""
    with lock:
        at = lowest_from(number)
        while at is not None:
            listed = owner(at, Listed, "place")
            if listed.network == network:
                return retain(listed)
            at = tree.after(at[0])
    return None


@no_raise
def take_out(listed: Listed) -> None:
    """Take a socket out of the table, and of what its maker has; it makes no difference if it is not there."""
    listed.leave()
    kept: Listed | None = None
    with lock:
        kept = listed.self
        if kept is not None:
            tree.remove(listed.place)
            listed.self = None
            count.fetch_sub(1)
    del kept


# With the lock held -------------------------------------------------------------------------------


@holds("lock")
@no_raise
def lowest_from(number: u64) -> Ptr[ByNumber] | None:
    found: Ptr[ByNumber] | None = None
    at = tree.root
    while at is not None:
        if number <= at.number:
            found = at
            at = at.link.left
        else:
            at = at.link.right
    return found


@holds("lock")
@no_raise
def count_of(maker: u64) -> u32:
    count: u32 = 0
    at = lowest_from(0)
    while at is not None:
        if owner(at, Listed, "place").maker == maker:
            count += 1
        at = tree.after(at[0])
    return count
