"""Vnodes: files, folders and links as they are, whatever names lead to them.

Each file system has classes of its own, which redefine what they can do; the rest raises what a program expects. All of it
may sleep for a lock or for memory, but nothing waits for others to write or to read: BlockingIOError says that there is
nothing to be done yet, and `readable`, `writable` and `openable` where to wait for that. Who waits, and whether anybody does, is
decided above: transfer.py and opening.py for the calls, request/ for rings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from core.errors import NotSupported
from core.file_records import Entry, NodeKind
from kernel.fs.mode import Mode
from lang import Atomic, Order, Ptr, Slice, UserSlice, no_raise, sleeps, u8, u32, u64, virtual

if TYPE_CHECKING:
    from kernel.fs.dentry import Dentry
    from kernel.fs.file import File
    from kernel.mem.address_space import AddressSpace, Protection
    from kernel.sync.wait_queue import WaitQueue

next_number: Atomic[u64]


class Vnode:
    """A file, folder or link."""

    kind: NodeKind  # constant
    number: u64  # constant, never used again
    mounts: Atomic[u32]  # how many mounts, in all namespaces, are on it
    links: u32  # names that it has; guarded by its file system

    # Of a folder; see dentry_cache.py.
    keeps_names: bool  # constant: its file system tells of each change of a name
    changes: Atomic[u64]  # of names
    home: Atomic[Ptr[Dentry] | None]  # under which its names are kept

    def __init__(self, kind: NodeKind) -> None:
        self.kind = kind
        self.number = next_number.fetch_add(1, Order.RELAXED) + 1
        self.links = 1

    @property
    @no_raise
    def is_terminal(self) -> bool:
        """Whether somebody types and reads there."""
        return False

    # Folders ----------------------------------------------------------------------------------

    @sleeps
    def find(self, name: Slice[u8]) -> Vnode:
        """Return what a name in the folder leads to.

        Raises:
            FileNotFoundError: there is no such name.
        """
        raise NotADirectoryError

    @sleeps
    def make(self, name: Slice[u8], kind: NodeKind, target: Slice[u8]) -> Vnode:
        """Make a file, a folder or a link in the folder, where the name is free, and return it.

        target: where a link leads.

        Raises:
            PermissionError: nothing is made here.
            FileExistsError: the name is taken.
        """
        raise PermissionError

    @sleeps
    def add_link(self, name: Slice[u8], node: Vnode) -> None:
        """Give a file of the same file system one more name."""
        raise PermissionError

    @sleeps
    def remove(self, name: Slice[u8], node: Vnode) -> None:
        """Take a name away that leads to `node`; a folder must be empty.

        Raises:
            DirectoryNotEmpty: it is not.
        """
        raise PermissionError

    @sleeps
    def rename(self, name: Slice[u8], node: Vnode, to: Vnode, new_name: Slice[u8]) -> None:
        """Move a name that leads to `node` to a folder of the same file system, in the place of what is there."""
        raise PermissionError

    @sleeps
    def entry_at(self, position: u64, into: Entry) -> u64:
        """Store the first entry from a position on, 0 being the start; return the position behind it, 0 if there is none."""
        raise NotADirectoryError

    @sleeps
    def new_root(self) -> Dentry:
        """Return the root of a file system of the type that this is.

        Raises:
            NotSupported: this is no type of file systems.
        """
        raise NotSupported

    # Links ------------------------------------------------------------------------------------

    @sleeps
    def read_link(self, into: Slice[u8]) -> u64:
        """Store where a link leads; return how long that is."""
        raise ValueError

    # Files ------------------------------------------------------------------------------------

    @virtual
    @sleeps
    def opened(self, mode: Mode) -> Vnode:
        """Return what is opened: this, or something that is new with each opening.

        Raises:
            BlockingIOError: somebody else has to come first.
        """
        return self

    @virtual
    @sleeps
    def opened_as_pair(self, mode: Mode) -> tuple[Vnode, Vnode]:
        """Return what is opened by `open2`: two files of which the first is for reading, the second for writing."""
        return self.opened(mode), self.opened(mode)

    @virtual
    @no_raise
    @sleeps
    def closed(self) -> None:
        """An open file is gone that was this."""

    @sleeps
    def size(self) -> u64:
        return 0

    @sleeps
    def truncate(self) -> None:
        """Cut the file to nothing."""

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        """Move bytes from an offset on to a program, as many as there are and fit; 0 at the end.

        Raises:
            BlockingIOError: there are none yet.
        """
        refuse(self)

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        """Take bytes from a program, as many as there is room for, and return how many.

        Raises:
            BlockingIOError: there is no room yet.
        """
        refuse(self)

    @sleeps
    def map(
        self,
        space: AddressSpace,
        place: u64,
        size: u64,
        protection: Protection,
        may_write: bool,
        offset: u64,
    ) -> u64:
        """Let a program see bytes of the file in its memory, from an offset on; return where.

        place: where, in whole pages; 0 leaves it to the kernel. size: more than 0. offset: in whole pages.
        may_write: the program may make it writable later.

        Raises:
            NotSupported: the file cannot be seen so.
        """
        refuse(self)

    @property
    @no_raise
    def is_seekable(self) -> bool:
        return False

    @property
    @no_raise
    def can_be_mounted(self) -> bool:
        """Whether it may appear elsewhere; not so what would keep the namespace alive in which it does."""
        return True

    @virtual
    @no_raise
    def can_be_read(self) -> bool:
        """Whether reading would not wait."""
        return True

    @virtual
    @no_raise
    def can_be_written(self) -> bool:
        """Whether writing would not wait."""
        return True

    @virtual
    @no_raise
    def can_be_opened(self) -> bool:
        """Whether opening would not wait."""
        return True

    @virtual
    @no_raise
    def is_deserted(self) -> bool:
        """Whether nobody is at the other end any more."""
        return False

    @virtual
    @no_raise
    def readable(self) -> Ptr[WaitQueue] | None:
        """Return the queue that is woken, as a whole, whenever it may have become so that it can be read.

        None: none is, since reading never waits.
        """
        return None

    @virtual
    @no_raise
    def writable(self) -> Ptr[WaitQueue] | None:
        """Return the queue that is woken, as a whole, whenever it may have become so that it can be written."""
        return None

    @virtual
    @no_raise
    def openable(self) -> Ptr[WaitQueue] | None:
        """Return the queue that is woken, as a whole, whenever it may have become so that it can be opened."""
        return None


def refuse(node: Vnode) -> NoReturn:
    """Say that something cannot be read or written."""
    if node.kind == NodeKind.DIRECTORY:
        raise IsADirectoryError
    raise NotSupported
