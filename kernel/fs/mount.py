"""Mounts: that something appears at a place where something else was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernel.fs import dentry_cache
from kernel.fs.dentry import Dentry
from kernel.fs.mode import Mode
from kernel.fs.vnode import Vnode
from lang import Atomic, Order, Ptr, borrow, no_raise, u64

if TYPE_CHECKING:
    from kernel.fs.location import Location

next_number: Atomic[u64]


class Mount:
    """Constant. A mount may be in several namespaces."""

    number: u64  # never used again
    root: Dentry  # what appears
    place: Location | None  # where; None: it is the root of a namespace
    mode: Mode  # permissions of all that is reached through it, PRIVATE, PROPAGATE, LOCKED

    def __init__(self, root: Dentry, place: Location | None, mode: Mode) -> None:
        self.number = next_number.fetch_add(1, Order.RELAXED) + 1
        self.root = root
        self.place = place
        self.mode = mode
        root.shown_by.fetch_add(1, Order.RELAXED)
        if place is not None:
            place.node.mounts.fetch_add(1, Order.RELAXED)

    def __del__(self) -> None:
        if self.root.shown_by.fetch_sub(1) == 1 and self.root.parent is None:
            dentry_cache.forget_all_below(borrow(self.root))
        place = self.place
        if place is not None:
            place.node.mounts.fetch_sub(1, Order.RELAXED)

    @no_raise
    def is_at(self, mount: Ptr[Mount], node: Ptr[Vnode]) -> bool:
        """Whether it is on a file or folder, as seen through another mount."""
        place = borrow(self.place)
        return (
            place is not None and borrow(place.mount) is mount and borrow(place.dentry.node) is node
        )

    @no_raise
    def is_locked_on(self, node: Ptr[Vnode]) -> bool:
        """Whether it stays on a file or folder, through whichever mount that is seen."""
        place = borrow(self.place)
        return (
            place is not None and self.mode & Mode.LOCKED != 0 and borrow(place.dentry.node) is node
        )

    @no_raise
    def is_inherited(self, is_empty: bool) -> bool:
        """Whether it is in a namespace below, too; one that is empty has only what stays on its place."""
        if self.mode & Mode.PRIVATE != 0:
            return False
        return not is_empty or (self.mode & Mode.LOCKED != 0 and self.place is not None)
