"""Lines of open files, one at a time, as they come; bytes that are not UTF-8 are shown as question marks."""

from __future__ import annotations

from collections.abc import Callable

from lib.std import files
from lib.std.texts import Reader
from programs.tools.arguments import Arguments
from programs.tools.each import each

STANDARD_INPUT = 0


class Lines:
    """The lines of an open file."""

    text: Reader
    ready: list[str]  # lines that were read and not taken, the first last
    begun: list[str]  # the pieces of a line whose end was not read
    has_ended: bool

    def __init__(self, number: int) -> None:
        self.text = Reader(number)
        self.ready = []
        self.begun = []
        self.has_ended = False

    def take(self) -> str | None:
        """Return the next line without its end; None if there is none."""
        while not self.ready and not self.has_ended:
            self.read()
        if self.ready:
            return self.ready.pop()
        if not self.begun:
            return None
        line = "".join(self.begun)
        self.begun.clear()
        return line

    def read(self) -> None:
        """Read a piece more, and take it apart."""
        piece = self.text.read()
        self.has_ended = piece == ""
        if "\n" not in piece:
            if piece != "":
                self.begun.append(piece)
            return
        lines = ("".join(self.begun) + piece).split("\n")
        rest = lines.pop()
        self.begun = [] if rest == "" else [rest]
        lines.reverse()
        self.ready = lines


def each_input(arguments: Arguments, paths: list[str], act: Callable[[str, Lines], None]) -> int:
    """Do something with the lines of each file, or of the standard input if there is none; return the status.

    act: is given the path, which is - for the standard input.
    """

    def read(path: str, number: int) -> None:
        act(path, Lines(number))

    return each_open(arguments, paths, read)


def each_open(arguments: Arguments, paths: list[str], act: Callable[[str, int], None]) -> int:
    """Do something with each file, or with the standard input if there is none, as open files; return the status."""
    if not paths:
        act("-", STANDARD_INPUT)
        return 0

    def open_and_act(path: str) -> None:
        with files.open_file(path + ":read") as file:
            act(path, file.number)

    return each(arguments.name, paths, open_and_act)
