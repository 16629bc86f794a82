"""Open files: what a number in a process' table leads to. Nothing here waits for others; see transfer.py."""

from __future__ import annotations

from typing import Final

from core.errors import BadFile, NotSeekable
from core.file_records import Entry
from kernel.fs.location import Location
from kernel.fs.mode import PERMISSIONS, Mode
from kernel.fs.vnode import Vnode
from kernel.mem.address_space import AddressSpace, Protection
from kernel.mem.layout import PAGE_SIZE
from kernel.sync.mutex import Mutex
from lang import (
    Ptr,
    Slice,
    UserSlice,
    address_of,
    borrow,
    i64,
    inline,
    no_raise,
    sizeof,
    sleeps,
    u8,
    u32,
    u64,
)

LAST_POSITION: Final[u64] = (1 << 63) - 1
AT_POSITION: Final[u64] = (1 << 64) - 1  # as an offset: wherever the file is


class File:
    """Something open. Several numbers, in several processes, may lead to it, and share its position."""

    node: Vnode  # constant
    location: Location  # constant: where it was found
    mode: Mode  # constant: permissions, NONBLOCK, APPEND, PRIVATE
    origin: File | None  # constant: what this is, with fewer permissions; None: a file of its own

    lock: Mutex
    position: u64  # guarded by lock; that of the origin counts, if there is one

    def __init__(self, node: Vnode, location: Location, mode: Mode) -> None:
        self.node = node
        self.location = location
        self.mode = mode

    def __del__(self) -> None:
        if self.origin is None:
            self.node.closed()

    def with_permissions(self, permissions: Mode) -> File:
        """Return the same file, with some of its permissions only.

        Raises:
            PermissionError: it does not have them.
            MemoryError: there is too little memory.
        """
        if permissions & ~(self.mode & PERMISSIONS) != 0:
            raise PermissionError
        if permissions == self.mode & PERMISSIONS:
            return self
        reduced = File(self.node, self.location, self.mode & ~PERMISSIONS | permissions)
        origin = self.origin
        reduced.origin = self if origin is None else origin
        return reduced

    @inline
    @no_raise
    def positioned(self) -> Ptr[File]:
        """Return the file whose position counts."""
        origin = borrow(self.origin)
        return borrow(self) if origin is None else origin

    @property
    @no_raise
    def is_nonblocking(self) -> bool:
        return self.mode & Mode.NONBLOCK != 0

    @sleeps
    def read(self, into: UserSlice[u8], offset: u64 = AT_POSITION) -> u64:
        """Move bytes to the program, as many as there are and fit; return how many, 0 at the end.

        offset: from which byte on, without moving the position; a file without positions has no offsets either.

        Raises:
            BadFile: it is not open for reading.
            BadAddress: the memory is not the program's.
            ValueError: no file is so long.
            BlockingIOError: there are none yet.
        """
        if self.mode & Mode.READ == 0:
            raise BadFile
        if not self.node.is_seekable:
            return self.node.read(self, into, 0)
        if offset != AT_POSITION:
            check_offset(offset)
            return self.node.read(self, into, offset)
        at = self.positioned()
        with at.lock:
            count = self.node.read(self, into, at.position)
            at.position += count
            return count

    @sleeps
    def write(self, data: UserSlice[u8], offset: u64 = AT_POSITION) -> u64:
        """Take bytes from the program; return how many.

        offset: to which byte, as for `read`; with APPEND always to the end.

        Raises:
            BadFile: it is not open for writing.
            BadAddress: the memory is not the program's.
            ValueError: no file is so long.
            BlockingIOError: there is no room yet.
        """
        if self.mode & Mode.WRITE == 0:
            raise BadFile
        if not self.node.is_seekable:
            return self.node.write(self, data, 0)
        if offset != AT_POSITION and self.mode & Mode.APPEND == 0:
            check_offset(offset)
            return self.node.write(self, data, offset)
        at = self.positioned()
        with at.lock:
            if self.mode & Mode.APPEND != 0:
                at.position = self.node.size()
            count = self.node.write(self, data, at.position)
            at.position += count
            return count

    @sleeps
    def seek(self, offset: i64, origin: u32) -> u64:
        """Set the position, and return it.

        Raises:
            NotSeekable: the file has no positions.
            ValueError: the position is before the start, or the origin is none.
        """
        if not self.node.is_seekable:
            raise NotSeekable
        at = self.positioned()
        with at.lock:
            match origin:
                case 0:
                    base: u64 = 0
                case 1:
                    base = at.position
                case 2:
                    base = self.node.size()
                case _:
                    raise ValueError
            if offset < 0:
                back = u64(-(offset + 1)) + 1
                if back > base:
                    raise ValueError
                at.position = base - back
            elif u64(offset) > LAST_POSITION - base:
                raise ValueError
            else:
                at.position = base + u64(offset)
            return at.position

    @sleeps
    def map(self, space: AddressSpace, place: u64, size: u64, protection: Protection) -> u64:
        """Let a program see the file in its memory from the position on, which stays; return where.

        Raises:
            PermissionError: it is not open for what the program is to be able to do.
            ValueError: the position is not a multiple of a page's size, or the file ends before the range does.
            NotSupported: the file cannot be seen so.
        """
        if u32(protection) & ~u32(self.mode) != 0:  # their lowest bits mean the same
            raise PermissionError
        at = self.positioned()
        with at.lock:
            if at.position & (PAGE_SIZE - 1) != 0:
                raise ValueError
            may_write = self.mode & Mode.WRITE != 0
            return self.node.map(space, place, size, protection, may_write, at.position)

    @sleeps
    def list(self, into: UserSlice[u8]) -> u64:
        """Store entries of a folder; return how many bytes, 0 at the end.

        Raises:
            BadFile: it is not open for reading.
            NotADirectoryError: it is no folder.
            BadAddress: the memory is not the program's.
        """
        if self.mode & Mode.READ == 0:
            raise BadFile
        entry = Entry()
        size: u64 = sizeof(Entry)
        done: u64 = 0
        at = self.positioned()
        with at.lock:
            while len(into) - done >= size:
                next = self.node.entry_at(at.position, entry)
                if next == 0:
                    break
                bytes = Slice[u8](address_of(entry).cast(u8), size)
                into[done : done + size].copy_in(bytes)
                at.position = next
                done += size
            return done


def check_offset(offset: u64) -> None:
    if offset > LAST_POSITION:
        raise ValueError
