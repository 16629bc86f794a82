"""Folders in memory: names in the order in which they came, and found by their hashes.

    FixedFolder     what the kernel and its modules put there; programs change nothing

Names that lead to something keep it alive. The position of an entry, for who lists a folder, is the number that it got when it
was added; so entries that come and go do not shift the others.

Locks: Folder.lock guards names and numbers. It is the last to be taken but for locks of memory.
"""

from __future__ import annotations

from core.collections.list import IntrusiveList, ListLink
from core.collections.tree import RedBlackTree, TreeLink
from core.file_records import ENTRY_NAME, Entry, NodeKind
from kernel.fs import dentry_cache, name_hash
from kernel.fs.vnode import Vnode
from kernel.sync.mutex import Mutex
from lang import Array, Ptr, Slice, no_raise, owner, sleeps, struct, u8, u64


@struct(pinned=True)
class HashNode:
    """A name's place in a folder's tree."""

    hash: u64
    link: TreeLink[HashNode]

    @no_raise
    def precedes(self, other: HashNode) -> bool:
        return self.hash < other.hash

    @no_raise
    def update(self) -> bool:
        return False


class Name:
    """A name in a folder."""

    node: Vnode
    number: u64  # its position in a list of the folder
    length: u64
    bytes: Array[u8, ENTRY_NAME]
    by_hash: HashNode
    in_order: ListLink
    self: Name | None  # while it is in a folder

    def __init__(self, name: Slice[u8], node: Vnode) -> None:
        self.node = node
        self.length = min(len(name), u64(ENTRY_NAME))
        self.bytes[: self.length].copy_from(name[: self.length])
        self.by_hash.hash = name_hash.of(self.text, 0)

    @property
    @no_raise
    def text(self) -> Slice[u8]:
        return self.bytes[: self.length]


class Folder(Vnode):
    """A folder whose names are in memory."""

    lock: Mutex

    # Guarded by lock.
    tree: RedBlackTree[HashNode]
    names: IntrusiveList
    next_number: u64
    listed: Ptr[Name] | None  # the entry that was listed last; None: none, or it is gone

    def __init__(self) -> None:
        super().__init__(NodeKind.DIRECTORY)
        self.keeps_names = True

    def __del__(self) -> None:
        while (link := self.names.first) is not None:
            self.take_out(owner(link, Name, "in_order"))

    @sleeps
    def find(self, name: Slice[u8]) -> Vnode:
        with self.lock:
            found = self.look_up(name)
            if found is None:
                raise FileNotFoundError
            return found.node

    @sleeps
    def entry_at(self, position: u64, into: Entry) -> u64:
        with self.lock:
            found = self.first_from(position)
            if found is None:
                self.listed = None
                return 0
            self.listed = found
            into.set(found.text, found.node.kind)
            return found.number + 1

    # With the lock held ------------------------------------------------------------------------

    @no_raise
    def look_up(self, name: Slice[u8]) -> Ptr[Name] | None:
        wanted = name_hash.of(name, 0)
        first: Ptr[HashNode] | None = None
        node = self.tree.root
        while node is not None:
            if wanted <= node.hash:
                first = node
                node = node.link.left
            else:
                node = node.link.right
        while first is not None and first.hash == wanted:
            found = owner(first, Name, "by_hash")
            if found.text == name:
                return found
            first = self.tree.after(first[0])
        return None

    @no_raise
    def first_from(self, position: u64) -> Ptr[Name] | None:
        """Return the entry with the least number that is not below a position."""
        link = self.names.first
        last = self.listed
        if last is not None and last.number < position:
            link = self.names.after(last.in_order)
        while link is not None:
            found = owner(link, Name, "in_order")
            if found.number >= position:
                return found
            link = self.names.after(found.in_order)
        return None

    @no_raise
    def put_in(self, name: Name) -> None:
        self.next_number += 1
        name.number = self.next_number
        name.self = name
        self.tree.insert(name.by_hash)
        self.names.push_back(name.in_order)
        dentry_cache.forget(self, name.text)

    @no_raise
    def take_out(self, name: Ptr[Name]) -> None:
        self.listed = None
        self.tree.remove(name.by_hash)
        self.names.remove(name.in_order)
        dentry_cache.forget(self, name.text)
        name.self = None

    def put(self, name: Slice[u8], node: Vnode) -> None:
        """Let a name lead to something; what had the name before has it no more.

        Raises:
            MemoryError: there is too little memory.
        """
        made = Name(name, node)
        with self.lock:
            before = self.look_up(name)
            if before is not None:
                self.take_out(before)
            self.put_in(made)

    @no_raise
    @sleeps
    def take(self, name: Slice[u8]) -> None:
        """Take a name away, if it is there."""
        with self.lock:
            found = self.look_up(name)
            if found is not None:
                self.take_out(found)


class FixedFolder(Folder):
    """A folder that programs cannot change."""

    @no_raise
    @sleeps
    def take_all(self, name: Slice[u8]) -> None:
        """Take a name away, if it is there, and before that all names in the folder that it leads to.

        Before, since what walks have found in a folder is forgotten as long as the folder itself can be found.
        """
        with self.lock:
            found = self.look_up(name)
            node: Vnode | None = None if found is None else found.node
        if isinstance(node, FixedFolder):
            node.clear()
        self.take(name)

    @no_raise
    @sleeps
    def clear(self) -> None:
        """Take all names away, here and in all folders below."""
        name = Array[u8, ENTRY_NAME]()
        while (length := self.first_name(name[:])) > 0:
            self.take_all(name[:length])

    @no_raise
    @sleeps
    def first_name(self, into: Slice[u8]) -> u64:
        """Store the name that came first, and return its length; 0: the folder is empty."""
        with self.lock:
            first = self.first_from(0)
            if first is None:
                return 0
            into[: first.length].copy_from(first.text)
            return first.length
