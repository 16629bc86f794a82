"""The dentry cache: what walks have found lately, names that lead to nothing included, so that they need not ask again.

A table of chains, by folder and name. Who looks a name up takes no lock and writes nothing that others read: it looks
inside `with rcu.read():`, and what leaves a chain lives for a grace period longer.

The cache tells the truth as follows. Only of folders whose `keeps_names` says so are names kept. Their file system calls
`forget` after each change of a name, which counts the folder's `changes` up and takes the name's dentry out. `keep`
puts one in only if the folder has not changed since before it was asked; so what was asked for before a change never
comes in after it.

A folder can be reached under two dentries, once it was renamed. Its names are kept under one of them, its `home`: that
which a walk has found last. What is kept under an older one is not looked at any more.

With MOST dentries, or when memory is short, each one that comes makes the cache look through some chains for what it can do
without: dentries that no walk has used since it last came by, and that nobody else refers to.

What is kept of a file system goes with the last of its mounts; whoever has files of it open asks it again.

Locks: that of a chain; no other is taken with it.
"""

from __future__ import annotations

from typing import Final

from core.object import Header
from kernel.fs.dentry import Dentry, key_of
from kernel.fs.vnode import Vnode
from kernel.mem import frames
from kernel.sync import rcu
from kernel.sync.rcu import Later
from kernel.sync.spin_lock import SpinLock
from lang import (
    Array,
    Atomic,
    Order,
    Ptr,
    Slice,
    address_of,
    borrow,
    holds,
    inline,
    no_raise,
    owner,
    retain,
    sleeps,
    struct,
    u8,
    u64,
)

CHAINS: Final = 4096
MOST: Final[u64] = 4 * CHAINS
LOOKED_THROUGH: Final = 8  # chains, for each dentry that comes when there are too many
SHORT: Final[u64] = 32  # memory is, when less than this part of it is free


@struct(pinned=True)
class Chain:
    lock: SpinLock
    first: Atomic[Ptr[Dentry] | None]  # changed under lock, as are the links

    @inline
    @no_raise
    @holds("preemption")
    def find(self, key: u64, folder: Ptr[Dentry], name: Slice[u8]) -> Ptr[Dentry] | None:
        """Return the dentry of a name, with the lock held or inside of `with rcu.read():`."""
        at = self.first.load(Order.ACQUIRE)
        while at is not None:
            if at.key == key and borrow(at.parent) is folder and at.name == name:
                return at
            at = at.next.load(Order.ACQUIRE)
        return None

    @no_raise
    def take_out_below(self, root: Ptr[Dentry]) -> None:
        """Take out what is below a root."""
        with self.lock:
            at = self.first.load()
            while at is not None:
                next = at.next.load()
                if root_of(at) is root:
                    self.take_out(at)
                at = next

    # With the lock held ------------------------------------------------------------------------

    @no_raise
    def put_in(self, dentry: Dentry) -> None:
        dentry.self = dentry
        dentry.next.store(self.first.load(), Order.RELAXED)
        self.first.store(borrow(dentry), Order.RELEASE)

    @no_raise
    def take_out(self, gone: Ptr[Dentry]) -> None:
        """Take a dentry out, and let it end once nobody reads it."""
        place = address_of(self.first)
        at = place.load()
        while at is not None and at is not gone:
            place = address_of(at.next)
            at = place.load()
        assert at is not None, "the dentry is in its chain"
        place.store(gone.next.load(), Order.RELEASE)
        count.fetch_sub(1, Order.RELAXED)
        gone.leave_home()
        rcu.call(address_of(gone.grave), end)


chains: Array[Chain, CHAINS]
count: Atomic[u64]  # of dentries
came: Atomic[u64]  # that were put in, counted up
hand: Atomic[u64]  # the chain that is looked through next


@inline
@no_raise
def chain_of(key: u64) -> Ptr[Chain]:
    return address_of(chains[key % CHAINS])


@inline
@no_raise
@holds("preemption")
def look_up(folder: Ptr[Dentry], name: Slice[u8]) -> Ptr[Dentry] | None:
    """Return the dentry of a name, inside of `with rcu.read():`; None: it is not known."""
    if not is_home(folder):
        return None
    key = key_of(folder, name)
    found = chain_of(key).find(key, folder, name)
    if found is not None and not found.is_used.load(Order.RELAXED):
        found.is_used.store(True, Order.RELAXED)
    return found


@inline
@no_raise
def is_home(folder: Ptr[Dentry]) -> bool:
    """Whether the names of a folder are kept under one of its dentries."""
    node = borrow(folder.node)
    return node is not None and node.home.load(Order.ACQUIRE) is folder


@no_raise
def find(folder: Dentry, name: Slice[u8]) -> Dentry | None:
    """Return the dentry of a name; None: it is not known."""
    with rcu.read():
        found = look_up(borrow(folder), name)
        return None if found is None else retain(found)


@no_raise
def keep(dentry: Dentry, changes: u64) -> Dentry:
    """Keep what a folder was asked for when its `changes` was so much; return what is kept, if others were faster."""
    parent = dentry.parent
    assert parent is not None, "the root of a file system is kept by who mounts it"
    folder = parent.node
    assert folder is not None, "what is in a folder was found there"
    if not is_home(borrow(parent)):
        return dentry
    chain = chain_of(dentry.key)
    with chain.lock:
        kept = chain.find(dentry.key, borrow(parent), dentry.name)
        if kept is not None:
            return retain(kept)
        if folder.changes.load() != changes:
            return dentry
        chain.put_in(dentry)
    node = dentry.node
    if node is not None and node.keeps_names:
        node.home.store(borrow(dentry), Order.RELEASE)
    came.fetch_add(1, Order.RELAXED)
    if count.fetch_add(1, Order.RELAXED) >= MOST or is_memory_short():
        make_room()
    return dentry


@no_raise
def forget(folder: Vnode, name: Slice[u8]) -> None:
    """Know a name no more, since the folder's file system has changed what it leads to."""
    folder.changes.fetch_add(1)
    home = folder.home.load(Order.ACQUIRE)
    if home is None:
        return
    key = key_of(home, name)  # home may be gone by now, and is not looked into
    chain = chain_of(key)
    with chain.lock:
        known = chain.find(key, home, name)
        if known is not None:
            chain.take_out(known)


@no_raise
def forget_all_below(root: Ptr[Dentry]) -> None:
    """Know no names of a file system any more, which is mounted nowhere now: they would keep all of its files."""
    for number in range(CHAINS):
        chain = address_of(chains[number])
        if chain.first.load(Order.RELAXED) is not None:
            chain.take_out_below(root)


@no_raise
def root_of(dentry: Ptr[Dentry]) -> Ptr[Dentry]:
    """Return the root of the file system in which a dentry is."""
    at = dentry
    above = borrow(at.parent)
    while above is not None:
        at = above
        above = borrow(at.parent)
    return at


@no_raise
def end(grave: Ptr[Later]) -> None:
    owner(grave, Dentry, "grave").self = None


# Room -------------------------------------------------------------------------------------------


@no_raise
def is_memory_short() -> bool:
    pages = frames.statistics()
    return pages.free < pages.total // SHORT


@no_raise
def make_room() -> None:
    """Look through some chains for dentries that can be done without."""
    start = hand.fetch_add(LOOKED_THROUGH, Order.RELAXED)
    for number in range(start, start + LOOKED_THROUGH):
        look_through(chains[number % CHAINS])


@no_raise
@sleeps
def empty() -> None:
    """Keep nothing but what others refer to: folders go after what is in them, so this looks until nothing goes."""
    before: u64 = 0
    while count.load() != before:
        before = count.load()
        for _ in range(2):  # the first time, what was used lately stays
            for number in range(CHAINS):
                look_through(chains[number])
        rcu.finish()


@no_raise
def look_through(chain: Chain) -> None:
    with chain.lock:
        at = chain.first.load()
        while at is not None:
            next = at.next.load()
            if at.is_used.load(Order.RELAXED):
                at.is_used.store(False, Order.RELAXED)
            elif is_unused(at):
                chain.take_out(at)
            at = next


@no_raise
def is_unused(dentry: Ptr[Dentry]) -> bool:
    """Whether nothing but the cache refers to a dentry."""
    return dentry.cast(Header).strong.load() == 1
