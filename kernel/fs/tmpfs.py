"""tmpfs: files that live in memory, and as long as the system.

A file's bytes are in frames, by page; a page that nobody has written is not there, and reads as zeros. A file of the
initial file system is where the loader left it until it is first written, when it is copied.

Locks: `renaming` before the lock of a folder; several folders' locks are held at once only in a rename, so by one thread
at a time, which takes that of the folder with the lower number first, and then that of the folder that is replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import BadAddress, Busy, CrossDevice, DirectoryNotEmpty, NoSpace
from core.file_records import NodeKind
from kernel.fs.folder import Folder, Name
from kernel.fs.vnode import Vnode
from kernel.mem import frames, heap, heap_memory, mapping
from kernel.mem.address_space import AddressSpace, Protection
from kernel.mem.heap_memory import HeapMemory
from kernel.mem.layout import PAGE_SHIFT, PAGE_SIZE, bytes_at, round_up
from kernel.sync.mutex import Mutex
from lang import Array, Ptr, Slice, UserSlice, borrow, no_raise, sleeps, u8, u64, virtual

if TYPE_CHECKING:
    from kernel.fs.file import File

LARGEST: Final[u64] = 1 << 40  # bytes of a file
FIRST_PAGES: Final[u64] = 4  # for which a file has room at first

renaming: Mutex
no_page: Array[u8, PAGE_SIZE]  # zeros, which nobody writes


class TmpFolder(Folder):
    """A folder in which programs make what they like."""

    is_gone: bool  # its name is about to go, or has: nothing is put in any more; guarded by lock
    above: (
        Ptr[TmpFolder] | None
    )  # in which it is; None: it is a root; guarded by renaming while it is not gone

    @sleeps
    def make(self, name: Slice[u8], kind: NodeKind, target: Slice[u8]) -> Vnode:
        node = new_node(kind, target)
        if isinstance(node, TmpFolder):
            node.above = borrow(self)
        made = Name(name, node)
        with self.lock:
            self.check_free(name)
            self.put_in(made)
        return node

    def check_free(self, name: Slice[u8]) -> None:
        """Raise unless a name may be added. With the lock held."""
        if self.is_gone:
            raise FileNotFoundError
        if self.look_up(name) is not None:
            raise FileExistsError

    @sleeps
    def add_link(self, name: Slice[u8], node: Vnode) -> None:
        if not isinstance(node, TmpFile):
            raise CrossDevice
        made = Name(name, node)
        with self.lock:
            self.check_free(name)
            node.links += 1
            self.put_in(made)

    @sleeps
    def remove(self, name: Slice[u8], node: Vnode) -> None:
        if isinstance(node, TmpFolder):
            node.close()
        with self.lock:
            found = self.look_up(name)
            if found is None or found.node is not node:
                raise FileNotFoundError
            node.links -= 1
            self.take_out(found)

    def close(self) -> None:
        """Let nothing be put into a folder any more that is about to go.

        Raises:
            DirectoryNotEmpty: something is in it.
        """
        with self.lock:
            if self.names.first is not None:
                raise DirectoryNotEmpty
            self.is_gone = True

    @sleeps
    def rename(self, name: Slice[u8], node: Vnode, to: Vnode, new_name: Slice[u8]) -> None:
        if not isinstance(to, TmpFolder):
            raise CrossDevice
        made = Name(new_name, node)
        with renaming:
            if to is self:
                with self.lock:
                    self.move(name, node, to, made)
            elif self.number < to.number:
                with self.lock, to.lock:
                    self.move(name, node, to, made)
            else:
                with to.lock, self.lock:
                    self.move(name, node, to, made)

    def move(self, name: Slice[u8], node: Vnode, to: TmpFolder, made: Name) -> None:
        """Move a name, with the locks of both folders, and `renaming`, held.

        Raises:
            ValueError: a folder would come into itself.
            Busy: something is mounted on what would be replaced.
            IsADirectoryError, NotADirectoryError, DirectoryNotEmpty: that is a folder, or none, or has something in it.
        """
        found = self.look_up(name)
        if found is None or found.node is not node:
            raise FileNotFoundError
        if to.is_gone:
            raise FileNotFoundError
        if isinstance(node, TmpFolder) and to.is_within(node):
            raise ValueError
        before = to.look_up(made.text)
        if before is not None:
            if before.node is node:
                return
            self.check_replaceable(before.node, node)
            before.node.links -= 1
            to.take_out(before)
        self.take_out(found)
        to.put_in(made)
        if isinstance(node, TmpFolder):
            node.above = borrow(to)

    @no_raise
    def is_within(self, other: TmpFolder) -> bool:
        """Whether this, which is not gone, is the other folder or below it."""
        at: Ptr[TmpFolder] | None = borrow(self)
        while at is not None:
            if at is borrow(other):
                return True
            at = at.above
        return False

    def check_replaceable(self, old: Vnode, new: Vnode) -> None:
        """Raise unless something that is here may come in the place of something else; a folder is closed then."""
        if old.mounts.load() != 0:
            raise Busy
        if not isinstance(old, TmpFolder):
            if new.kind == NodeKind.DIRECTORY:
                raise NotADirectoryError
            return
        if new.kind != NodeKind.DIRECTORY:
            raise IsADirectoryError
        if old is self:
            raise DirectoryNotEmpty  # what is to be moved is in it
        old.close()  # one more lock: whoever has more than one holds `renaming`


def new_node(kind: NodeKind, target: Slice[u8]) -> Vnode:
    match kind:
        case NodeKind.DIRECTORY:
            return TmpFolder()
        case NodeKind.SYMLINK:
            return TmpLink(target)
    return TmpFile(b"")


class TmpLink(Vnode):
    """A symbolic link."""

    text: HeapMemory

    def __init__(self, target: Slice[u8]) -> None:
        super().__init__(NodeKind.SYMLINK)
        self.text = heap_memory.copy_of(target)

    @sleeps
    def read_link(self, into: Slice[u8]) -> u64:
        count = min(len(into), self.text.size)
        into[:count].copy_from(self.text.bytes[:count])
        return count


class TmpFile(Vnode):
    """A file."""

    lock: Mutex

    # Guarded by lock.
    length: u64  # bytes
    in_place: Slice[u8]  # what it holds, if it has not been written; empty otherwise
    pages: Ptr[u64] | None  # addresses of frames, 0 for what nobody has written
    page_count: u64  # for how many there is room

    def __init__(self, in_place: Slice[u8]) -> None:
        super().__init__(NodeKind.FILE)
        self.in_place = in_place
        self.length = len(in_place)

    def __del__(self) -> None:
        self.let_go()

    @property
    @no_raise
    def is_seekable(self) -> bool:
        return True

    @sleeps
    def size(self) -> u64:
        with self.lock:
            return self.length

    @sleeps
    def truncate(self) -> None:
        with self.lock:
            self.let_go()

    @sleeps
    def read(self, file: File, into: UserSlice[u8], offset: u64) -> u64:
        with self.lock:
            if offset >= self.length:
                return 0
            count = min(len(into), self.length - offset)
            if len(self.in_place) > 0:
                into[:count].copy_in(self.in_place[offset : offset + count])
                return count
            done: u64 = 0
            while done < count:
                size = min(count - done, PAGE_SIZE - (offset + done & (PAGE_SIZE - 1)))
                self.read_piece(into[done : done + size], offset + done)
                done += size
            return count

    def read_piece(self, into: UserSlice[u8], offset: u64) -> None:
        """Read within a page."""
        start = offset & (PAGE_SIZE - 1)
        pages = self.pages
        frame = u64(0) if pages is None else pages[offset >> PAGE_SHIFT]
        page = no_page[:] if frame == 0 else Slice[u8](bytes_at(frame), PAGE_SIZE)
        into.copy_in(page[start : start + len(into)])

    @sleeps
    def write(self, file: File, data: UserSlice[u8], offset: u64) -> u64:
        if offset > LARGEST or len(data) > LARGEST - offset:
            raise NoSpace
        with self.lock:
            self.leave_place()
            self.make_room(offset + len(data))
            done: u64 = 0
            while done < len(data):
                size = min(len(data) - done, PAGE_SIZE - (offset + done & (PAGE_SIZE - 1)))
                self.write_piece(data[done : done + size], offset + done)
                done += size
                self.length = max(self.length, offset + done)
            return done

    def write_piece(self, data: UserSlice[u8], offset: u64) -> None:
        """Write within a page."""
        frame = self.frame_of(offset >> PAGE_SHIFT)
        start = offset & (PAGE_SIZE - 1)
        page = Slice[u8](bytes_at(frame), PAGE_SIZE)
        data.copy_out(page[start : start + len(data)])

    @virtual
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
        """See Vnode. What was never written is zeros, and memory from now on; nothing is seen behind the last page."""
        with self.lock:
            end = round_up(self.length, PAGE_SIZE)
            if offset >= end or size > end - offset:
                raise ValueError
            self.leave_place()
            self.make_room(end)
            made = mapping.begin(space, place, size, protection, may_write)
            try:
                for number in range(offset >> PAGE_SHIFT, (offset + made.size) >> PAGE_SHIFT):
                    made.put(self.frame_of(number))
            except (BadAddress, MemoryError):
                made.give_up()
                raise
            return made.start

    # With the lock held ------------------------------------------------------------------------

    def frame_of(self, number: u64) -> u64:
        """Return the frame of a page, which is made if nobody has written it yet."""
        pages = self.pages
        assert pages is not None, "there is room for the addresses of all pages"
        if pages[number] == 0:
            pages[number] = frames.allocate_zeroed()
        return pages[number]

    def make_room(self, size: u64) -> None:
        """Have room for the addresses of so many bytes' pages."""
        wanted = (size + PAGE_SIZE - 1) >> PAGE_SHIFT
        if wanted <= self.page_count:
            return
        count = max(wanted, self.page_count * 2, FIRST_PAGES)
        room = heap.allocate(count * 8).cast(u64)
        Slice[u64](room, count).fill(0)
        before = self.pages
        if before is not None:
            Slice[u64](room, self.page_count).copy_from(Slice[u64](before, self.page_count))
            heap.free(before.cast(u8))
        self.pages = room
        self.page_count = count

    def leave_place(self) -> None:
        """Copy what was not written yet to frames of the file's own."""
        content = self.in_place
        if len(content) == 0:
            return
        self.make_room(len(content))
        for start in range(u64(0), len(content), u64(PAGE_SIZE)):
            part = content[start : start + PAGE_SIZE]
            frame = self.frame_of(start >> PAGE_SHIFT)
            Slice[u8](bytes_at(frame), len(part)).copy_from(part)
        self.in_place = b""

    @no_raise
    def let_go(self) -> None:
        """Hold nothing any more."""
        pages = self.pages
        if pages is not None:
            for number in range(self.page_count):
                if pages[number] != 0:
                    frames.free(pages[number])
            heap.free(pages.cast(u8))
        self.pages = None
        self.page_count = 0
        self.in_place = b""
        self.length = 0

    @sleeps
    def copy(self) -> TmpFile:
        """Return a file with the same content.

        Raises:
            MemoryError: there is too little memory.
        """
        with self.lock:
            made = TmpFile(self.in_place)
            made.make_room(self.length)
            pages, copies = self.pages, made.pages
            if len(self.in_place) == 0 and pages is not None and copies is not None:
                for number in range(min(self.page_count, made.page_count)):
                    if pages[number] != 0:
                        copies[number] = frames.allocate()
                        source = Slice[u8](bytes_at(pages[number]), PAGE_SIZE)
                        Slice[u8](bytes_at(copies[number]), PAGE_SIZE).copy_from(source)
            made.length = self.length
            return made

    @sleeps
    def take_whole(self) -> Contents:
        """Return all that the file holds now, in one piece.

        Raises:
            MemoryError: there is too little memory.
        """
        with self.lock:
            if len(self.in_place) > 0:
                return Contents(self.in_place, None)
            memory = HeapMemory(self.length)
            pages = self.pages
            for start in range(u64(0), self.length, u64(PAGE_SIZE)):
                frame = u64(0) if pages is None else pages[start >> PAGE_SHIFT]
                part = memory.bytes[start : start + PAGE_SIZE]
                page = no_page[:] if frame == 0 else Slice[u8](bytes_at(frame), PAGE_SIZE)
                part.copy_from(page[: len(part)])
            return Contents(b"", memory)


class Contents:
    """What a file held, in one piece, aligned to 8 bytes."""

    in_place: Slice[u8]  # if it is where the loader left it, and stays
    memory: HeapMemory | None  # otherwise

    def __init__(self, in_place: Slice[u8], memory: HeapMemory | None) -> None:
        self.in_place = in_place
        self.memory = memory

    @property
    @no_raise
    def stays(self) -> bool:
        """Whether it begins at a page, and is there for ever, unchanged."""
        return self.memory is None and self.in_place.pointer.address & (PAGE_SIZE - 1) == 0

    @property
    @no_raise
    def bytes(self) -> Slice[u8]:
        memory = self.memory
        return self.in_place if memory is None else memory.bytes
