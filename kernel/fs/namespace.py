"""Namespaces: which mounts a process sees, and so what it can reach at all.

A namespace's mounts are a list, the newest first; of two on the same place the newest counts. Walks read it without a lock,
inside of `with rcu.read():`; what leaves it lives for a grace period longer. A namespace has a parent, in whose
processes' view those of the child are; it may have been made as a copy of its mounts, or empty. All that have a parent
are in a list, so that a mount can be made, or end, in a namespace and all below it in one step.

A mount that is locked stays with what it is on, in its namespace and those below: whoever sees that folder or file through another
mount, such as one that binds the folder above it elsewhere, sees what is mounted there, too. Otherwise one could look beneath.

Lock order: `family`, which guards the list of namespaces, before Namespace.lock, which is held by who changes a list of
mounts; two of these are never held at once.
"""

from __future__ import annotations

from core.collections.list import IntrusiveList, ListLink
from core.errors import Busy
from kernel.fs.dentry import Dentry
from kernel.fs.mode import Mode
from kernel.fs.mount import Mount
from kernel.fs.vnode import Vnode
from kernel.sync import rcu
from kernel.sync.mutex import Mutex
from kernel.sync.spin_lock import SpinLock
from lang import Atomic, Order, Ptr, address_of, borrow, holds, no_raise, owner, retain, sleeps, u64


class Entry:
    """That a mount is in a namespace."""

    mount: Mount  # constant
    next: Atomic[Ptr[Entry] | None]
    self: Entry | None  # while it is in a list, and a grace period longer
    taken: Entry | None  # taken out by the same step; its remover's

    def __init__(self, mount: Mount) -> None:
        self.mount = mount
        self.self = self


next_number: Atomic[u64]
empty: Namespace | None = None  # in which nothing is, ever; made with the first view
family: Mutex
children: (
    IntrusiveList  # all namespaces that have a parent, from when they are ready; guarded by family
)


class Lineage:
    """Which namespaces one is below. Who keeps this keeps none of them, and nothing that is seen in them."""

    above: Lineage | None  # constant

    def __init__(self, above: Lineage | None) -> None:
        self.above = above

    @no_raise
    def is_within(self, other: Lineage) -> bool:
        """Whether this is of the other's namespace, or of one below it."""
        at = borrow(self)
        while at is not borrow(other):
            above = borrow(at.above)
            if above is None:
                return False
            at = above
        return True


class Namespace:
    """What some processes see."""

    parent: Namespace | None  # constant
    lineage: Lineage  # constant
    number: u64  # constant, never used again

    lock: SpinLock
    newest: Atomic[Ptr[Entry] | None]  # changed under lock, as are the links

    # Guarded by family.
    place: ListLink  # among the children
    to_come: Entry | None  # what is about to be added here and elsewhere

    def __init__(self, parent: Namespace | None) -> None:
        self.parent = parent
        self.lineage = Lineage(None if parent is None else parent.lineage)
        self.number = next_number.fetch_add(1, Order.RELAXED) + 1

    def __del__(self) -> None:
        if self.parent is not None:
            with family:
                if self.place.is_linked:
                    children.remove(self.place)
        entry = self.newest.load()
        while entry is not None:
            next = entry.next.load()
            entry.self = None
            entry = next

    # Inside of `with rcu.read():` ---------------------------------------------------------------

    @no_raise
    @holds("preemption")
    def root_seen(self) -> Ptr[Mount] | None:
        """Return what is at the root; None: nothing is."""
        entry = self.newest.load(Order.ACQUIRE)
        while entry is not None:
            if entry.mount.place is None:
                return borrow(entry.mount)
            entry = entry.next.load(Order.ACQUIRE)
        return None

    @no_raise
    @holds("preemption")
    def mount_seen(self, mount: Ptr[Mount], node: Ptr[Vnode]) -> Ptr[Mount] | None:
        """Return what is mounted on a file or folder, as seen through a mount; None: nothing is."""
        if node.mounts.load() == 0:
            return None
        is_inside = borrow(mount.root.node) is not node
        entry = self.newest.load(Order.ACQUIRE)
        while entry is not None:
            if entry.mount.is_at(mount, node) or (is_inside and entry.mount.is_locked_on(node)):
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
        """Let a mount be seen; with PROPAGATE below, too.

        Raises:
            FileNotFoundError: this is nowhere.
            MemoryError: there is too little memory; it is seen nowhere then.
        """
        if self is empty:
            raise FileNotFoundError
        entry = Entry(mount)
        if mount.mode & Mode.PROPAGATE == 0:
            self.put(entry)
            return
        with family:
            try:
                self.prepare_below(mount)
            except MemoryError:
                entry.self = None
                raise
            self.add_below()
            self.put(entry)

    @no_raise
    def put(self, entry: Entry) -> None:
        with self.lock:
            entry.next.store(self.newest.load(), Order.RELAXED)
            self.newest.store(borrow(entry), Order.RELEASE)

    @holds("kernel.fs.namespace.family")
    def prepare_below(self, mount: Mount) -> None:
        """Have an entry for each namespace below.

        Raises:
            MemoryError: there is too little memory.
        """
        for link in children:
            child = owner(link, Namespace, "place")
            if child.is_below(self):
                try:
                    child.to_come = Entry(mount)
                except MemoryError:
                    self.give_up_below()
                    raise

    @holds("kernel.fs.namespace.family")
    @no_raise
    def give_up_below(self) -> None:
        for link in children:
            child = owner(link, Namespace, "place")
            entry = child.to_come
            if entry is not None:
                entry.self = None
            child.to_come = None

    @holds("kernel.fs.namespace.family")
    @no_raise
    def add_below(self) -> None:
        for link in children:
            child = owner(link, Namespace, "place")
            entry = child.to_come
            if entry is not None:
                child.to_come = None
                child.put(entry)

    @sleeps
    def remove(self, mount: Mount, is_below_too: bool) -> None:
        """Let a mount not be seen any more, here or below, too; it makes no difference if it was not.

        Raises:
            Busy: it is locked.
        """
        if mount.mode & Mode.LOCKED != 0:
            raise Busy
        removed = self.take_out(borrow(mount), None)
        if is_below_too:
            removed = self.take_out_below(borrow(mount), removed)
        if removed is not None:
            rcu.synchronize()
        while removed is not None:
            removed.self = None
            removed = removed.taken

    @no_raise
    def take_out_below(self, mount: Ptr[Mount], before: Entry | None) -> Entry | None:
        removed = before
        with family:
            for link in children:
                child = owner(link, Namespace, "place")
                if child.is_below(self):
                    removed = child.take_out(mount, removed)
        return removed

    @no_raise
    def take_out(self, mount: Ptr[Mount], before: Entry | None) -> Entry | None:
        """Take the entry of a mount out; return it, and behind it those that were taken out before."""
        with self.lock:
            place = address_of(self.newest)
            entry = place.load()
            while entry is not None and borrow(entry.mount) is not mount:
                place = address_of(entry.next)
                entry = place.load()
            if entry is None:
                return before
            place.store(entry.next.load(), Order.RELEASE)
            entry.taken = before
            return retain(entry)

    @holds("kernel.fs.namespace.family")
    def copy_mounts_of(self, other: Namespace, is_empty: bool) -> None:
        """See what another sees, but for what is private there; nobody looks at this one yet.

        is_empty: see only what stays with its folder, once somebody lets that be seen.

        Raises:
            MemoryError: there is too little memory.
        """
        last: Ptr[Entry] | None = None
        with other.lock:
            entry = other.newest.load()
            while entry is not None:
                if entry.mount.is_inherited(is_empty):
                    made = Entry(entry.mount)
                    if last is None:
                        self.newest.store(borrow(made))
                    else:
                        last.next.store(borrow(made))
                    last = borrow(made)
                entry = entry.next.load()

    @no_raise
    def is_below(self, other: Namespace) -> bool:
        return self is not other and self.lineage.is_within(other.lineage)


def new_empty(parent: Namespace) -> Namespace:
    """Return a namespace below another one, in which nothing is seen.

    Raises:
        MemoryError: there is too little memory.
    """
    return new_child(parent, True)


def make_nowhere() -> None:
    """See to it that there is a namespace in which nothing is.

    Raises:
        MemoryError: there is too little memory.
    """
    global empty
    if empty is None:
        with family:
            if empty is None:
                empty = Namespace(None)


@no_raise
def nowhere() -> Namespace:
    """Return the namespace in which nothing is, for who has ended."""
    found = empty
    assert found is not None, "it was made with the first view"
    return found


def new_copy(parent: Namespace) -> Namespace:
    """Return a namespace below another one, in which all is seen that is not private there.

    Raises:
        MemoryError: there is too little memory.
    """
    return new_child(parent, False)


def new_child(parent: Namespace, is_empty: bool) -> Namespace:
    made = Namespace(parent)
    with family:  # what is added to the parent and all below comes either before the copy is made, or to the copy
        made.copy_mounts_of(parent, is_empty)
        children.push_back(made.place)
    return made


@no_raise
@holds("preemption")
def is_seen(namespace: Ptr[Namespace], dentry: Ptr[Dentry], mount: Ptr[Mount]) -> bool:
    """Whether a place can be reached by names from the root of a namespace. Inside of `with rcu.read():`.

    That is so if nothing is mounted on it or on a folder above it, but what it is seen through.
    """
    while True:
        node = borrow(dentry.node)
        if node is None or namespace.mount_seen(mount, node) is not None:
            return False
        while dentry is borrow(mount.root):
            place = borrow(mount.place)
            if place is None:
                return namespace.root_seen() is mount
            if namespace.mount_seen(borrow(place.mount), borrow(place.node)) is not mount:
                return False
            dentry, mount = borrow(place.dentry), borrow(place.mount)
        above = borrow(dentry.parent)
        assert above is not None, "whoever is not at the root of a mount is in a folder"
        dentry = above
