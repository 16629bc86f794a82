"""Namespaces: which mounts a process sees, and so what it can reach at all.

A namespace's mounts are a list, the newest first; of two on the same place the newest counts. A namespace has a parent, in
whose processes' view those of the child are; it may have been made as a copy of its mounts, or empty.

Locks: Namespace.lock guards the list; the locks of a parent and a child are never held at once.
"""

from __future__ import annotations

from core.errors import Busy
from kernel.fs.mode import Mode
from kernel.fs.mount import Mount
from kernel.fs.vnode import Vnode
from kernel.sync.spin_lock import SpinLock
from lang import no_raise


class Entry:
    """That a mount is in a namespace."""

    mount: Mount
    next: Entry | None

    def __init__(self, mount: Mount, next: Entry | None) -> None:
        self.mount = mount
        self.next = next


class Namespace:
    """What some processes see."""

    parent: Namespace | None  # constant

    lock: SpinLock
    newest: Entry | None  # guarded by lock

    def __init__(self, parent: Namespace | None) -> None:
        self.parent = parent

    def add(self, mount: Mount) -> None:
        """Let a mount be seen.

        Raises:
            MemoryError: there is too little memory.
        """
        entry = Entry(mount, None)
        with self.lock:
            entry.next = self.newest
            self.newest = entry

    @no_raise
    def root(self) -> Mount | None:
        """Return what is at the root; None: nothing is."""
        with self.lock:
            entry = self.newest
            while entry is not None:
                if entry.mount.place is None:
                    return entry.mount
                entry = entry.next
        return None

    @no_raise
    def mount_on(self, mount: Mount, node: Vnode) -> Mount | None:
        """Return what is mounted on a file or folder, as seen through a mount; None: nothing is."""
        if node.mounts.load() == 0:
            return None
        with self.lock:
            entry = self.newest
            while entry is not None:
                if entry.mount.is_at(mount, node):
                    return entry.mount
                entry = entry.next
        return None

    def remove(self, mount: Mount) -> None:
        """Let a mount not be seen any more; it makes no difference if it was not.

        Raises:
            Busy: it is locked.
        """
        if mount.mode & Mode.LOCKED != 0:
            raise Busy
        removed: Entry | None = None
        with self.lock:
            before: Entry | None = None
            entry = self.newest
            while entry is not None and entry.mount is not mount:
                before = entry
                entry = entry.next
            if entry is not None:
                if before is None:
                    self.newest = entry.next
                else:
                    before.next = entry.next
                removed = entry
        del removed  # outside of the lock, since the last reference to a mount may free much

    def copy_mounts_of(self, other: Namespace) -> None:
        """See what another sees, but for what is private there.

        Raises:
            MemoryError: there is too little memory.
        """
        last: Entry | None = None
        entry = other.first()
        while entry is not None:
            if entry.mount.mode & Mode.PRIVATE == 0:
                made = Entry(entry.mount, None)
                if last is None:
                    self.newest = made
                else:
                    last.next = made
                last = made
            entry = entry.next

    @no_raise
    def first(self) -> Entry | None:
        with self.lock:
            return self.newest

    @no_raise
    def is_within(self, other: Namespace) -> bool:
        """Whether this is the other one, or below it."""
        at: Namespace | None = self
        while at is not None:
            if at is other:
                return True
            at = at.parent
        return False
