"""Views: from where a process looks at files: its namespace, and the folder that it is in."""

from __future__ import annotations

from kernel.fs import namespace as namespaces
from kernel.fs.location import Location
from kernel.fs.namespace import Lineage, Namespace
from kernel.sync import rcu
from kernel.sync.rcu import Later
from kernel.sync.spin_lock import SpinLock
from lang import Ptr, address_of, borrow, no_raise, owner, sleeps


class View:
    lock: SpinLock
    current_namespace: Namespace  # changed under lock; walks read it inside of `with rcu.read():`
    current_folder: Location | None  # guarded by lock; None: the root

    has_left: bool  # guarded by lock
    current_lineage: Lineage  # of the namespace; after `leave`, of the last. Guarded by lock

    # While a view that has left keeps its namespace for walks that have it without a reference.
    left: Namespace | None
    later: Later
    self: View | None

    def __init__(self, namespace: Namespace, folder: Location | None) -> None:
        namespaces.make_nowhere()
        self.current_namespace = namespace
        self.current_folder = folder
        self.current_lineage = namespace.lineage

    @no_raise
    def lineage(self) -> Lineage:
        """Return that of the namespace, or of the last one that it was."""
        with self.lock:
            return self.current_lineage

    @no_raise
    def namespace(self) -> Namespace:
        with self.lock:
            return self.current_namespace

    @no_raise
    def folder(self) -> Location | None:
        with self.lock:
            return self.current_folder

    @no_raise
    def go_to(self, folder: Location | None) -> None:
        with self.lock:
            left = self.current_folder
            self.current_folder = folder
        del left

    @no_raise
    def leave_unseen(self) -> None:
        """Be at the root, unless the folder can be reached by names from there."""
        folder = self.folder()
        if folder is None:
            return
        with rcu.read():
            namespace = borrow(self.current_namespace)
            is_seen = namespaces.is_seen(namespace, borrow(folder.dentry), borrow(folder.mount))
        if not is_seen:
            self.go_to(None)

    @no_raise
    @sleeps
    def enter(self, namespace: Namespace) -> None:
        """Look at files from another namespace, from its root; nothing happens after `leave`."""
        with self.lock:
            if self.has_left:
                return
            left = self.current_namespace
            left_folder = self.current_folder
            left_lineage = self.current_lineage
            self.current_namespace = namespace
            self.current_folder = None
            self.current_lineage = namespace.lineage
        rcu.synchronize()  # for walks that have it without a reference
        del left
        del left_folder
        del left_lineage

    @no_raise
    def leave(self) -> None:
        """Look at nothing any more, for ever; called once.

        What a process sees may lead to itself, by /proc, and would keep it for ever.
        """
        self.go_to(None)
        self.self = self
        with self.lock:
            self.has_left = True
            self.left = self.current_namespace
            self.current_namespace = namespaces.nowhere()
        rcu.call(address_of(self.later), let_go)


@no_raise
def let_go(later: Ptr[Later]) -> None:
    """End of the grace period after which no walk has the namespace of a view that has left."""
    view = owner(later, View, "later")
    view.left = None
    view.self = None
