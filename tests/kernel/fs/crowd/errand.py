"""What one of many threads does with files, by a number of its own: always the same, whatever the others do meanwhile.

All are in the same folders, but each makes, moves, links, removes, mounts and unmounts names of its own there. So what becomes of
each of its operations is what becomes of it alone, and so is the tree in the end. Besides, all fight about the names in one more
folder: what becomes of that is anybody's guess, but nothing else may come of it.

The same errands are run on the kernel's own functions and by system calls (Door).
"""

from __future__ import annotations

from typing import Final

from core.hash import mix
from lang import Array, Slice, no_raise, struct, u8, u64, wrapping_add, wrapping_mul

FOLDERS: Final[u64] = 4
NAMES: Final[u64] = 6
FOUGHT_OVER: Final[u8] = 122  # z, the folder
SLASH: Final[u8] = 47


@struct
class Path:
    """A path that is being written."""

    length: u64
    bytes: Array[u8, 32]

    @no_raise
    def add(self, text: Slice[u8]) -> None:
        self.bytes[self.length : self.length + len(text)].copy_from(text)
        self.length += len(text)

    @no_raise
    def add_letter(self, number: u64) -> None:
        self.bytes[self.length] = u8(97 + number)
        self.length += 1

    @no_raise
    def text(self) -> Slice[u8]:
        return self.bytes[: self.length]


class Door:
    """How operations are asked for. Redefined; each returns a number that says what became of it, 0 being success."""

    def open(self, path: Slice[u8]) -> u64:
        return 0

    def stat(self, path: Slice[u8]) -> u64:
        return 0

    def link(self, old: Slice[u8], new: Slice[u8]) -> u64:
        return 0

    def symlink(self, target: Slice[u8], new: Slice[u8]) -> u64:
        return 0

    def remove(self, path: Slice[u8]) -> u64:
        return 0

    def rename(self, old: Slice[u8], new: Slice[u8]) -> u64:
        return 0

    def mount(self, path: Slice[u8]) -> u64:
        return 0

    def unmount(self, path: Slice[u8]) -> u64:
        return 0


class Errand:
    """One thread's."""

    door: Door
    me: u64
    drawn: u64  # random numbers, counted up
    outcomes: u64  # of its operations, summed up

    def __init__(self, door: Door, me: u64, round: u64) -> None:
        """Be that of a thread, one of several that it does one after the other."""
        self.door = door
        self.me = me
        self.drawn = round << 32

    @no_raise
    def draw(self, limit: u64) -> u64:
        """Return a random number below a limit: the same at the same place of each run."""
        self.drawn += 1
        return mix(self.drawn + (self.me << 56)) % limit

    @no_raise
    def own(self, suffix: Slice[u8]) -> Path:
        """Return one of the thread's own names, in one of the folders."""
        path = Path(0, Array[u8, 32]())
        path.add_letter(self.draw(FOLDERS))
        path.add(b"/")
        path.add_letter(self.me)
        path.add_letter(self.draw(NAMES))
        path.add(suffix)
        return path

    @no_raise
    def from_a_folder(self) -> Path:
        """Return one of the thread's own names, as it is reached from any of the folders."""
        path = Path(0, Array[u8, 32]())
        path.add(b"../")
        path.add_letter(self.draw(FOLDERS))
        path.add(b"/")
        path.add_letter(self.me)
        path.add_letter(self.draw(NAMES))
        return path

    @no_raise
    def fought_over(self, suffix: Slice[u8]) -> Path:
        path = Path(0, Array[u8, 32]())
        path.add(b"z/")
        path.add_letter(self.draw(NAMES))
        path.add(suffix)
        return path

    def run(self, count: u64) -> None:
        """Do so many operations."""
        for _ in range(count):
            if self.draw(8) == 0:
                self.fight()
            else:
                self.outcomes = wrapping_add(wrapping_mul(self.outcomes, 31), self.step())

    def step(self) -> u64:
        """Do one operation with own names; return what became of it."""
        door = self.door
        match self.draw(16):
            case 0 | 1 | 2:
                return door.open(self.own(b":ce").text())
            case 3:
                return door.open(self.own(b":cde").text())
            case 4:
                return door.open(self.own(b"/x/y:cp").text())
            case 5:
                return door.stat(self.own(b"/../../x").text())
            case 6:
                return door.stat(self.own(b"/x/y").text())
            case 7:
                return door.stat(self.own(b"").text())
            case 8 | 9:
                return door.rename(self.own(b"").text(), self.own(b"").text())
            case 10:
                return door.link(self.own(b"").text(), self.own(b"").text())
            case 11:
                return door.symlink(self.from_a_folder().text(), self.own(b"").text())
            case 12:
                return door.remove(self.own(b"").text())
            case 13:
                return door.remove(self.own(b":dR").text())
            case 14:
                return door.unmount(self.own(b"").text())
            case _:
                return self.mount_or_unmount()

    def mount_or_unmount(self) -> u64:
        if self.draw(3) == 0:
            return self.door.mount(self.own(b":rw").text())
        return self.door.unmount(self.own(b"").text())

    def fight(self) -> None:
        """Do one operation with a name that all use."""
        door = self.door
        match self.draw(8):
            case 0:
                door.open(self.fought_over(b":c").text())
            case 1:
                door.open(self.fought_over(b"/x:cp").text())
            case 2 | 3:
                door.rename(self.fought_over(b"").text(), self.fought_over(b"").text())
            case 4:
                door.rename(self.fought_over(b"").text(), self.fought_over(b"/x").text())
            case 5:
                door.link(self.fought_over(b"").text(), self.fought_over(b"").text())
            case 6:
                door.remove(self.fought_over(b":dR").text())
            case _:
                door.stat(self.fought_over(b"/x").text())
