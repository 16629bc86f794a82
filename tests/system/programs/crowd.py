"""Eight threads make, move, link, remove, look up, mount and unmount in one tree, by system calls, and then one does the same.

The argument is how many operations each thread does. What they do, and why it has to come out the same, is said in
errand.py, which tests/kernel/fs/crowd has; the test puts it beside this file.
"""

from __future__ import annotations

from typing import Final

from errand import FOLDERS, NAMES, Door, Errand

from core.file_records import Stat
from core.hash import fnv1a, mix
from lang import Slice, address_of, no_raise, u8, u64, wrapping_add
from lib.std import files, processes, system
from lib.std.arguments import arguments
from lib.std.system_call import try_call
from lib.std.threads import Thread

OPEN: Final[u64] = 9
CLOSE: Final[u64] = 11
STAT: Final[u64] = 17
REMOVE: Final[u64] = 27
LINK: Final[u64] = 28
SYMLINK: Final[u64] = 36
MOUNT: Final[u64] = 37
UNMOUNT: Final[u64] = 38
RENAME: Final[u64] = 43

THREADS: Final = 8
PLACE: Final = "/tmp/crowd"
TYPE: Final = b"/sys/fs/tmpfs"
FAILURE: Final[u64] = 1000
MOMENT_NS: Final[u64] = 100_000_000
AT_HAND: Final = 40  # objects of a kind that processors keep at hand, and that count as alive
WATCHED: Final = ("TmpFile", "TmpFolder", "TmpLink", "Name", "Mount", "Entry", "Location")


class SystemDoor(Door):
    """System calls."""

    def open(self, path: Slice[u8]) -> u64:
        number, error = try_call(OPEN, address(path), len(path), 0, 0, 0, 0)
        if error == 0:
            try_call(CLOSE, number, 0, 0, 0, 0, 0)
        return told(error)

    def stat(self, path: Slice[u8]) -> u64:
        found = Stat(0, 0, 0, 0, 0, 0)
        _, error = try_call(STAT, address(path), len(path), address_of(found).address, 0, 0, 0)
        return u64(found.kind) * 256 + u64(found.links) if error == 0 else told(error)

    def link(self, old: Slice[u8], new: Slice[u8]) -> u64:
        return call(LINK, old, new)

    def symlink(self, target: Slice[u8], new: Slice[u8]) -> u64:
        return call(SYMLINK, target, new)

    def remove(self, path: Slice[u8]) -> u64:
        return call(REMOVE, path, b"")

    def rename(self, old: Slice[u8], new: Slice[u8]) -> u64:
        return call(RENAME, old, new)

    def mount(self, path: Slice[u8]) -> u64:
        return call(MOUNT, path, TYPE)

    def unmount(self, path: Slice[u8]) -> u64:
        return call(UNMOUNT, path, b"")


@no_raise
def address(text: Slice[u8]) -> u64:
    return text.pointer.address


@no_raise
def call(number: u64, first: Slice[u8], second: Slice[u8]) -> u64:
    words = address(second) if len(second) > 0 else u64(0)
    _, error = try_call(number, address(first), len(first), words, len(second), 0, 0)
    return told(error)


@no_raise
def told(error: u64) -> u64:
    return 0 if error == 0 else FAILURE + error


class Worker(Thread):
    """One of the crowd."""

    errand: Errand
    count: u64

    def __init__(self, door: Door, number: int, count: u64) -> None:
        super().__init__(lambda: None)
        self.errand = Errand(door, u64(number), 0)
        self.count = count

    def run(self) -> None:
        self.errand.run(self.count)


def main() -> int:
    count = u64(int(arguments()[1]))
    crowd(10, True)  # after it caches hold what they will
    before = alive()
    together = crowd(count, True)
    after = settled()
    print("as alone:", crowd(count, False) == together)
    left = [name for name in WATCHED if after[name] > before[name] + AT_HAND]
    print("left:", left)
    return 0


def crowd(count: u64, is_at_once: bool) -> list[u64]:
    """Let all do their errands in a tree of their own; return what became of them, and the tree in the end."""
    files.open_file(f"{PLACE}:create:directory").__exit__()
    system.mount(f"{PLACE}:rw".encode(), TYPE)
    processes.change_folder(PLACE)
    for folder in "abcdz":
        files.open_file(f"{folder}:create:directory").__exit__()
    door = SystemDoor()
    workers = [Worker(door, number, count) for number in range(THREADS)]
    for worker in workers:
        worker.start()
        if not is_at_once:
            worker.join()
    for worker in workers:
        worker.join()
    found = [worker.errand.outcomes for worker in workers]
    found.append(tree(""))
    leave()
    return found


def leave() -> None:
    """Let go of the tree, and all that is mounted in it."""
    for folder in range(int(FOLDERS)):
        for thread in range(THREADS):
            for name in range(int(NAMES)):
                path = f"{chr(97 + folder)}/{chr(97 + thread)}{chr(97 + name)}"
                while call(UNMOUNT, path.encode(), b"") == 0:
                    pass
    processes.change_folder("/")
    system.unmount(PLACE.encode())


def tree(folder: str) -> u64:
    """Return what is below a folder, but for the one that all fight about, as one number."""
    total: u64 = 0
    for entry in files.list_folder(f"{folder}."):
        path = f"{folder}{entry.name}"
        if path == "z":
            continue
        found = files.stat(f"{path}:nofollow")
        text = path.encode()
        what = wrapping_add(fnv1a(text), u64(found.kind) * 1000 + u64(found.links))
        total = wrapping_add(total, mix(what))
        if entry.is_folder:
            total = wrapping_add(total, tree(f"{path}/"))
    return total


def settled() -> dict[str, int]:
    """Return how many objects there are once no more of them go."""
    now = alive()
    while True:
        before = now
        system.nanosleep(MOMENT_NS)
        now = alive()
        if all(now[name] >= before[name] for name in WATCHED):
            return now


def alive() -> dict[str, int]:
    """Return how many objects there are of the kinds that trees are made of."""
    counts: dict[str, int] = {}
    for line in files.read_text("/sys/counts/objects").splitlines():
        name, _, count, _ = line.split()
        counts[name.rpartition(".")[2]] = int(count)
    return counts
