"""Makes what lies in itself, deeper than a stack: folders in folders, namespaces below namespaces; and lets go of it.

deep WHAT COUNT
"""

from __future__ import annotations

from typing import Final

from lang import u64
from lib.std import files, processes, system
from lib.std.arguments import arguments
from lib.std.processes import COPY_NAMESPACE

SETTLED_NS: Final[u64] = 1_000_000_000
WIDTH: Final = 40  # more than there is room for without asking for memory


def nest(count: int) -> None:
    for _ in range(count):
        files.open_file("below:create:directory").__exit__()
        processes.change_folder("below")


def make_folders(count: int) -> None:
    """Fill a file system with a deep row of folders, at whose end are more rows, and unmount it."""
    files.open_file("/tmp/place:create:directory").__exit__()
    system.mount(b"/tmp/place:rw", b"/sys/fs/tmpfs")
    processes.change_folder("/tmp/place")
    nest(count)
    for number in range(WIDTH):
        files.open_file(f"{number}:create:directory").__exit__()
        processes.change_folder(f"{number}")
        nest(count // 10)
        for _ in range(count // 10 + 1):
            processes.change_folder("..")
    processes.change_folder("/")
    system.unmount(b"/tmp/place")
    system.nanosleep(SETTLED_NS)


def make_namespaces(count: int) -> None:
    """Be the first of a row of processes, each with a namespace below that of the one before, which has ended."""
    if count > 0:
        processes.spawn([arguments()[0], "namespaces", f"{count - 1}"], COPY_NAMESPACE)
    else:
        system.nanosleep(SETTLED_NS // 2)  # the last one; with it all of them go


def main() -> int:
    words = arguments()
    count = int(words[2])
    if words[1] == "folders":
        make_folders(count)
    else:
        make_namespaces(count)
    if len(words) > 3:
        system.nanosleep(u64(count) * 10_000_000 + SETTLED_NS)
        print("still there")
    return 0
