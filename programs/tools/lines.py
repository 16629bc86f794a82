"""Lines of open files, one at a time, as they come; bytes that are not UTF-8 are shown as question marks."""

from __future__ import annotations

from collections.abc import Callable

from lang import Array, u8, u64
from lib.std import files, system
from lib.std.texts import decode
from programs.tools.arguments import Arguments
from programs.tools.each import each

STANDARD_INPUT = 0
PIECE = 4096
NEWLINE: u8 = 10


class Lines:
    """The lines of an open file."""

    number: int
    ready: list[str]  # lines that were read and not taken, the first last
    rest: str  # of a line whose end was not read
    has_ended: bool

    def __init__(self, number: int) -> None:
        self.number = number
        self.ready = []
        self.rest = ""
        self.has_ended = False

    def take(self) -> str | None:
        """Return the next line without its end; None if there is none."""
        while not self.ready and not self.has_ended:
            self.read()
        if self.ready:
            return self.ready.pop()
        if self.rest == "":
            return None
        line = self.rest
        self.rest = ""
        return line

    def read(self) -> None:
        """Read a piece more, and take it apart."""
        storage = Array[u8, PIECE]()
        count = system.read(u64(self.number), storage[:])
        self.has_ended = count == 0
        lines = (self.rest + decode(storage[:count])).split("\n")
        self.rest = lines.pop()
        lines.reverse()
        self.ready = lines


def each_input(arguments: Arguments, paths: list[str], act: Callable[[str, Lines], None]) -> int:
    """Do something with the lines of each file, or of the standard input if there is none; return the status.

    act: is given the path, which is - for the standard input.
    """
    if not paths:
        act("-", Lines(STANDARD_INPUT))
        return 0

    def read(path: str) -> None:
        with files.open_file(path + ":read") as file:
            act(path, Lines(file.number))

    return each(arguments.name, paths, read)
