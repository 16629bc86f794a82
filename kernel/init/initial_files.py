"""The file system that the kernel starts with, where the loader left it."""

from __future__ import annotations

from core import initial_files
from core.handover import Extent
from core.initial_files import ROOT, InitialFiles
from kernel.log import log
from kernel.mem.layout import bytes_at
from lang import Slice, no_raise, u8, u32, u64


class Tree:
    """The files, where there are any."""

    files: InitialFiles

    def __init__(self, memory: Slice[u8]) -> None:
        self.files = initial_files.open(memory)


tree: Tree | None = None


def begin(extent: Extent) -> None:
    """Look through the files that were handed over, if there are any.

    Raises:
        BadMessage: they are damaged.
        MemoryError: there is too little memory.
    """
    global tree
    if extent.length == 0:
        log.warning("no initial files")
        return
    found = Tree(Slice[u8](bytes_at(extent.start), extent.length))
    log.info(f"{len(found.files.nodes) - 1} initial files and folders")
    tree = found


@no_raise
def find(path: Slice[u8]) -> Slice[u8]:
    """Return what the file of a path, such as `bin/init`, holds; nothing if there is none.

    It stays as it is, aligned to a page.
    """
    known = tree
    number = number_of(path)
    if known is None or number is None or known.files.is_folder(number):
        return b""
    return known.files.content_of(number)


@no_raise
def number_of(path: Slice[u8]) -> u32 | None:
    """Return the number of a file or folder; None if there is none."""
    known = tree
    if known is None:
        return None
    at: u32 = ROOT
    start: u64 = 0
    for end in range(u64(len(path)) + 1):
        if end < len(path) and path[end] != 47:
            continue
        if not known.files.is_folder(at):
            return None
        child = known.files.child(at, path[start:end])
        if child is None:
            return None
        at = child
        start = end + 1
    return at
