"""head"""

from __future__ import annotations

from lang import Array, u8, u64
from lib.std import system
from programs.tools import pieces
from programs.tools.arguments import Arguments
from programs.tools.lines import each_open
from programs.tools.pieces import NEWLINE, PIECE

HELP = """\
usage: head [-n LINES] [FILE...]

Print the first lines of files, or of the standard input.

  -n LINES   how many; 10 if it is not said
"""


def run(arguments: Arguments) -> int:
    count = arguments.number("-n", 10)

    def show(path: str, number: int) -> None:
        copy_lines(number, count)

    return each_open(arguments, arguments.operands, show)


def copy_lines(number: int, count: int) -> None:
    """Copy the first lines of an open file to the standard output, byte for byte."""
    storage = Array[u8, PIECE]()
    while count > 0 and (size := system.read(u64(number), storage[:])) > 0:
        end: u64 = 0
        while end < size and count > 0:
            if storage[end] == NEWLINE:
                count -= 1
            end += 1
        pieces.write(storage[:end])
