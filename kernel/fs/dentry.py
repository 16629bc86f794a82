"""Dentries: that a name in a folder leads to something, or that the folder has no such name.

A dentry knows the one of its folder, so that `..` leads back the way one came, and the way can be told as a path. Folder,
name and what it leads to are constant: who renames a file takes its dentry out of the cache, and the next walk makes
another.

A dentry keeps that of its folder alive, and what it leads to.
"""

from __future__ import annotations

from core.file_records import ENTRY_NAME
from kernel.fs import name_hash
from kernel.fs.vnode import Vnode
from kernel.sync.rcu import Later
from lang import Array, Atomic, Order, Ptr, Slice, borrow, inline, no_raise, u8, u32, u64


class Dentry:
    """A name in a folder, or the root of a file system."""

    # Constant.
    parent: Dentry | None  # None: the root of a file system
    node: Vnode | None  # None: the folder has no such name
    key: u64  # of the parent and the name
    length: u64
    bytes: Array[u8, ENTRY_NAME]

    shown_by: Atomic[u32]  # so many mounts let it appear

    # See dentry_cache.py.
    next: Atomic[Ptr[Dentry] | None]  # in its chain
    self: Dentry | None  # while it is in the cache, and a grace period longer
    grave: Later
    is_used: Atomic[bool]  # by a walk, since the cache last looked for what it can do without

    def __init__(self, parent: Dentry | None, name: Slice[u8], node: Vnode | None) -> None:
        self.parent = parent
        self.node = node
        self.length = min(len(name), u64(ENTRY_NAME))
        self.bytes[: self.length].copy_from(name[: self.length])
        self.key = key_of(borrow(self.parent), name)

    def __del__(self) -> None:
        self.leave_home()

    @no_raise
    def leave_home(self) -> None:
        """Have nothing kept under it any more."""
        node = borrow(self.node)
        if node is not None:
            node.home.compare_exchange(borrow(self), None)

    @property
    @no_raise
    def name(self) -> Slice[u8]:
        return self.bytes[: self.length]


def new_root(node: Vnode) -> Dentry:
    """Return the dentry of the root of a file system, which is to have no other one.

    Raises:
        MemoryError: there is too little memory.
    """
    root = Dentry(None, b"", node)
    node.home.store(borrow(root), Order.RELEASE)
    return root


@inline
@no_raise
def key_of(parent: Ptr[Dentry] | None, name: Slice[u8]) -> u64:
    """Return a number for a name in a folder; different ones mostly have different numbers."""
    above = 0 if parent is None else parent.address
    return name_hash.of(name, above)
