"""/sys/counts: how much there is of what the kernel keeps.

Files in /sys/counts:
    objects     for each kind of objects: its name, bytes of one, how many are alive, pages that they are in
    dentries    names that walks have found lately, and how many are kept at most
    frames      pages of memory: free, and all
    sockets     sockets that have a folder, and shares that nobody has claimed yet
"""

from __future__ import annotations

from core.text.buffer import TextBuffer
from kernel.fs import dentry_cache
from kernel.fs.folder import FixedFolder
from kernel.fs.text_file import TextFile, text
from kernel.ipc import shared_files, socket_table
from kernel.mem import frames, object_cache
from lang import Slice, no_raise, sleeps, u8, u32


class ObjectCounts(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        for number in range(u32(1), object_cache.count + 1):
            use = object_cache.use_of(number)
            out.write(name_or(use.name, b"memory"))
            text(out, f" {use.size} {use.live} {use.pages}\n")


@no_raise
def name_or(name: Slice[u8], other: Slice[u8]) -> Slice[u8]:
    return other if len(name) == 0 else name


class DentryCounts(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"kept {dentry_cache.count.load()}\nmost {dentry_cache.MOST}\n")


class FrameCounts(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        pages = frames.statistics()
        text(out, f"free {pages.free}\ntotal {pages.total}\n")


class SocketCounts(TextFile):
    @sleeps
    def show(self, out: TextBuffer) -> None:
        text(out, f"sockets {socket_table.count.load()}\noffers {shared_files.count.load()}\n")


def make() -> FixedFolder:
    """Return the folder.

    Raises:
        MemoryError: there is too little memory.
    """
    folder = FixedFolder()
    folder.put(b"objects", ObjectCounts())
    folder.put(b"dentries", DentryCounts())
    folder.put(b"frames", FrameCounts())
    folder.put(b"sockets", SocketCounts())
    return folder
