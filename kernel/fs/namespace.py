"""Namespaces: which mounts a process sees, and so what it can reach at all.

A namespace's mounts are a list, the newest first; of two on the same place the newest counts. Walks read it without a lock,
inside of `with rcu.read():`; what leaves it lives for a grace period longer. A namespace has a parent, in whose
processes' view those of the child are; it may have been made as a copy of its mounts, or empty.

Locks: Namespace.lock is held by who changes the list; those of a parent and a child are never held at once.
"""

from __future__ import annotations

from core.errors import Busy
from kernel.fs.mode import Mode
from kernel.fs.mount import Mount
from kernel.fs.vnode import Vnode
from kernel.sync import rcu
from kernel.sync.spin_lock import SpinLock
from lang import Atomic, Order, Ptr, address_of, borrow, no_raise, retain, sleeps


class Entry:
    """That a mount is in a namespace."""

    mount: Mount  # constant
    next: Atomic[Ptr[Entry] | None]
    self: Entry | None  # while it is in a list, and a grace period longer

    def __init__(self, mount: Mount) -> None:
        self.mount = mount
        self.self = self


class Namespace:
    """What some processes see."""

    parent: Namespace | None  # constant

    lock: SpinLock
    newest: Atomic[Ptr[Entry] | None]  # changed under lock, as are the links

    def __init__(self, parent: Namespace | None) -> None:
        self.parent = parent

    def __del__(self) -> None:
        entry = self.newest.load()
        while entry is not None:
            next = entry.next.load()
            entry.self = None
            entry = next

    # Inside of `with rcu.read():` ---------------------------------------------------------------

    @no_raise
    def root_seen(self) -> Ptr[Mount] | None:
        """Return what is at the root; None: nothing is."""
        entry = self.newest.load(Order.ACQUIRE)
        while entry is not None:
            if entry.mount.place is None:
                return borrow(entry.mount)
            entry = entry.next.load(Order.ACQUIRE)
        return None

    @no_raise
    def mount_seen(self, mount: Ptr[Mount], node: Ptr[Vnode]) -> Ptr[Mount] | None:
        """Return what is mounted on a file or folder, as seen through a mount; None: nothing is."""
        if node.mounts.load() == 0:
            return None
        entry = self.newest.load(Order.ACQUIRE)
        while entry is not None:
            if entry.mount.is_at(mount, node):
                return borrow(entry.mount)
            entry = entry.next.load(Order.ACQUIRE)
        return None

    # -------------------------------------------------------------------------------------------

    @no_raise
    def root(self) -> Mount | None:
        """Return what is at the root; None: nothing is."""
        with rcu.read():
            mount = self.root_seen()
            return None if mount is None else retain(mount)

    @no_raise
    def mount_on(self, mount: Mount, node: Vnode) -> Mount | None:
        """Return what is mounted on a file or folder, as seen through a mount; None: nothing is."""
        with rcu.read():
            found = self.mount_seen(borrow(mount), borrow(node))
            return None if found is None else retain(found)

    def add(self, mount: Mount) -> None:
        """Let a mount be seen.

        Raises:
            MemoryError: there is too little memory.
        """
        entry = Entry(mount)
        with self.lock:
            entry.next.store(self.newest.load(), Order.RELAXED)
            self.newest.store(borrow(entry), Order.RELEASE)

    @sleeps
    def remove(self, mount: Mount) -> None:
        """Let a mount not be seen any more; it makes no difference if it was not.

        Raises:
            Busy: it is locked.
        """
        if mount.mode & Mode.LOCKED != 0:
            raise Busy
        with self.lock:
            removed = self.take_out(borrow(mount))
        if removed is not None:
            rcu.synchronize()
            removed.self = None

    @no_raise
    def take_out(self, mount: Ptr[Mount]) -> Ptr[Entry] | None:
        """Take the entry of a mount out, with the lock held, and return it."""
        place = address_of(self.newest)
        entry = place.load()
        while entry is not None and borrow(entry.mount) is not mount:
            place = address_of(entry.next)
            entry = place.load()
        if entry is not None:
            place.store(entry.next.load(), Order.RELEASE)
        return entry

    def copy_mounts_of(self, other: Namespace) -> None:
        """See what another sees, but for what is private there.

        Raises:
            MemoryError: there is too little memory.
        """
        last: Ptr[Entry] | None = None
        with other.lock:
            entry = other.newest.load()
            while entry is not None:
                if entry.mount.mode & Mode.PRIVATE == 0:
                    made = Entry(entry.mount)
                    if last is None:
                        self.newest.store(borrow(made))
                    else:
                        last.next.store(borrow(made))
                    last = borrow(made)
                entry = entry.next.load()

    @no_raise
    def is_within(self, other: Namespace) -> bool:
        """Whether this is the other one, or below it."""
        at: Namespace | None = self
        while at is not None:
            if at is other:
                return True
            at = at.parent
        return False
