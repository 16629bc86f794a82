"""tail"""

from __future__ import annotations

from lang import u64
from lib.std import system
from programs.tools import pieces
from programs.tools.arguments import Arguments, Mistake
from programs.tools.lines import each_open
from programs.tools.pieces import NEWLINE, Piece

HELP = """\
usage: tail [-f] [-n LINES] [FILE...]

Print the last lines of files, or of the standard input.

  -f         go on with what is added to the file, for ever
  -n LINES   how many; 10 if it is not said
"""
PAUSE_NS = 100_000_000


def run(arguments: Arguments) -> int:
    count = arguments.number("-n", 10)
    follows = arguments.has("-f")
    if follows and len(arguments.operands) != 1:
        raise Mistake("-f wants one file")

    def show(path: str, number: int) -> None:
        show_last(number, count)
        while follows:
            system.nanosleep(u64(PAUSE_NS))
            pieces.copy(number)

    return each_open(arguments, arguments.operands, show)


def show_last(number: int, count: int) -> None:
    """Print so many of the last lines of an open file, byte for byte; not many more are kept meanwhile."""
    kept: list[Piece] = []
    ends = 0
    while (piece := Piece(number)).size > 0:
        kept.append(piece)
        ends += piece.ends
        while ends - kept[0].ends > count:
            ends -= kept.pop(0).ends
    if not kept:
        return
    last = kept[-1]
    lines = ends if last.storage[last.size - 1] == NEWLINE else ends + 1
    skipped = lines - count
    for piece in kept:
        start = start_behind(piece, skipped)
        skipped -= min(piece.ends, skipped) if skipped > 0 else 0
        pieces.write(piece.storage[start : piece.size])


def start_behind(piece: Piece, lines: int) -> u64:
    """Return where a piece goes on behind the ends of some lines; its size if there are not that many."""
    start: u64 = 0
    while lines > 0 and start < piece.size:
        if piece.storage[start] == NEWLINE:
            lines -= 1
        start += 1
    return start
