"""wc"""

from __future__ import annotations

from lang import Array, Slice, u8, u64
from lib.std import files, system
from programs.tools.arguments import Arguments
from programs.tools.each import each

HELP = """\
usage: wc [-lwc] [FILE...]

Count lines, words and bytes of files, or of the standard input.

  -l   only lines
  -w   only words
  -c   only bytes
"""
PIECE = 4096
STANDARD_INPUT = 0


class Counts:
    """How much there is of everything."""

    lines: int
    words: int
    bytes: int
    is_in_word: bool

    def __init__(self) -> None:
        self.lines = 0
        self.words = 0
        self.bytes = 0
        self.is_in_word = False

    def read(self, number: int) -> None:
        """Count what an open file gives."""
        storage = Array[u8, PIECE]()
        while (size := system.read(u64(number), storage[:])) > 0:
            self.count(storage[:size])
        self.is_in_word = False

    def count(self, piece: Slice[u8]) -> None:
        self.bytes += len(piece)
        for byte in piece:
            is_blank = byte == 32 or 9 <= byte <= 13
            if not is_blank and not self.is_in_word:
                self.words += 1
            self.is_in_word = not is_blank
            if byte == 10:
                self.lines += 1

    def add(self, other: Counts) -> None:
        self.lines += other.lines
        self.words += other.words
        self.bytes += other.bytes

    def shown(self, arguments: Arguments) -> str:
        """Return the counts that are wanted."""
        wanted: list[int] = []
        is_all = not arguments.values
        if is_all or arguments.has("-l"):
            wanted.append(self.lines)
        if is_all or arguments.has("-w"):
            wanted.append(self.words)
        if is_all or arguments.has("-c"):
            wanted.append(self.bytes)
        return " ".join([str(count) for count in wanted])


def run(arguments: Arguments) -> int:
    if not arguments.operands:
        counts = Counts()
        counts.read(STANDARD_INPUT)
        print(counts.shown(arguments))
        return 0
    total = Counts()

    def show(path: str) -> None:
        counts = Counts()
        with files.open_file(path + ":read") as file:
            counts.read(file.number)
        total.add(counts)
        print(f"{counts.shown(arguments)} {path}")

    status = each(arguments.name, arguments.operands, show)
    if len(arguments.operands) > 1:
        print(f"{total.shown(arguments)} total")
    return status
