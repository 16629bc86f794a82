"""Locations: where in a namespace something was found: under which dentry, and through which mount.

A location is constant; what it leads to may lose its name meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import NameTooLong
from kernel.fs.dentry import Dentry
from kernel.fs.path import LONGEST_PATH
from kernel.fs.vnode import Vnode
from lang import Ptr, Slice, borrow, holds, no_raise, struct, u8, u64

if TYPE_CHECKING:
    from kernel.fs.mount import Mount
    from kernel.fs.namespace import Namespace


class Location:
    """A place in the tree."""

    dentry: Dentry
    mount: Mount

    def __init__(self, dentry: Dentry, mount: Mount) -> None:
        self.dentry = dentry
        self.mount = mount

    @property
    @no_raise
    def node(self) -> Vnode:
        node = self.dentry.node
        assert node is not None, "a location is of something"
        return node


@struct
class Spot:
    """A location that is kept alive by others."""

    dentry: Ptr[Dentry]
    mount: Ptr[Mount]

    @no_raise
    def leave_mounts(self) -> bool:
        """At the root of a mount, go to the place where that is; return False, without a move, at the root of all."""
        dentry, mount = self.dentry, self.mount
        while dentry is borrow(mount.root):
            place = borrow(mount.place)
            if place is None:
                return False
            dentry, mount = borrow(place.dentry), borrow(place.mount)
        self.dentry, self.mount = dentry, mount
        return True

    @no_raise
    @holds("preemption")
    def cross(self, namespace: Ptr[Namespace]) -> None:
        """Go on to what is mounted here, and on that. Inside of `with rcu.read():`."""
        while True:
            node = borrow(self.dentry.node)
            assert node is not None, "a location is of something"
            mount = namespace.mount_seen(self.mount, node)
            if mount is None:
                return
            self.dentry, self.mount = borrow(mount.root), mount

    @no_raise
    def climb(self) -> None:
        """Go to the folder above; stay at the root of all."""
        if self.leave_mounts():
            above = borrow(self.dentry.parent)
            assert above is not None, "whoever is not at the root of a mount is in a folder"
            self.dentry = above


def write_path(location: Location, into: Slice[u8]) -> u64:
    """Store the absolute path of a location; return its length.

    into: LONGEST_PATH bytes at least.

    Raises:
        NameTooLong: it is longer than a path may be.
    """
    size = path_length(location)
    if size > LONGEST_PATH:
        raise NameTooLong
    into[0] = 47
    at = Spot(borrow(location.dentry), borrow(location.mount))
    end = size
    while at.leave_mounts():
        name = at.dentry.name
        end -= len(name) + 1
        into[end] = 47
        into[end + 1 : end + 1 + len(name)].copy_from(name)
        at.climb()
    return size


@no_raise
def path_length(location: Location) -> u64:
    size: u64 = 0
    at = Spot(borrow(location.dentry), borrow(location.mount))
    while at.leave_mounts():
        size += at.dentry.length + 1
        at.climb()
    return max(size, u64(1))
