"""Types of file systems, and the file systems there are of each: /sys/fs/TYPE/NUMBER.

To mount the folder of a type makes a file system of it. The folder has a file for each that is still there, which it is as long as
it is mounted somewhere or something of it is open. The type refers to it weakly, and forgets those that have ended when it is
looked at or makes another.

Context: where one may sleep. A type's lock is its folder's.
"""

from __future__ import annotations

from typing import Final

from core.file_records import Entry
from core.text.buffer import TextBuffer
from kernel.fs.dentry import Dentry
from kernel.fs.folder import FixedFolder, Name
from kernel.fs.text_file import TextFile, text
from kernel.fs.vnode import Vnode
from kernel.mem.layout import PAGE_SIZE
from lang import Array, Atomic, Order, Ptr, Slice, Weak, no_raise, sleeps, u8, u64

LONGEST_NUMBER: Final = 20  # digits

next_identity: Atomic[u64]


class Instance(TextFile):
    """The file of one file system."""

    identity: u64  # never used again
    root: Weak[Dentry]
    largest_file: u64  # bytes; 0: what its files hold is made when they are read

    def __init__(self, identity: u64, root: Dentry, largest_file: u64) -> None:
        super().__init__()
        self.identity = identity
        self.root = Weak(root)
        self.largest_file = largest_file

    @property
    @no_raise
    def has_ended(self) -> bool:
        return self.root.get() is None

    @sleeps
    def show(self, out: TextBuffer) -> None:
        if self.has_ended:
            raise FileNotFoundError
        text(out, f"id: {self.identity}\nblock_size: {PAGE_SIZE}\n")
        text(out, f"max_file_size: {self.largest_file}\n")


class FileSystemType(FixedFolder):
    """A folder in /sys/fs."""

    largest_file: u64  # constant

    def __init__(self, largest_file: u64) -> None:
        super().__init__()
        self.largest_file = largest_file

    def add(self, root: Dentry) -> Dentry:
        """Have a file for a new file system, and return its root.

        Raises:
            MemoryError: there is too little memory.
        """
        self.forget_ended()
        storage = Array[u8, LONGEST_NUMBER]()
        name = TextBuffer(storage[:])
        identity = next_identity.fetch_add(1, Order.RELAXED)
        text(name, f"{identity}")
        self.put(name.text(), Instance(identity, root, self.largest_file))
        return root

    @no_raise
    @sleeps
    def forget_ended(self) -> None:
        with self.lock:
            position: u64 = 0
            while (name := self.first_from(position)) is not None:
                position = name.number + 1
                if has_ended(name):
                    self.take_out(name)

    @sleeps
    def find(self, name: Slice[u8]) -> Vnode:
        self.forget_ended()
        return super().find(name)

    @sleeps
    def entry_at(self, position: u64, into: Entry) -> u64:
        if position == 0:
            self.forget_ended()
        return super().entry_at(position, into)


@no_raise
def has_ended(name: Ptr[Name]) -> bool:
    """Whether a name in a type's folder is that of a file system which is gone."""
    node = name.node
    return isinstance(node, Instance) and node.has_ended
