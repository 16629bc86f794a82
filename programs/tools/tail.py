"""tail"""

from __future__ import annotations

from lang import u64
from lib.std import files, system
from programs.tools.arguments import Arguments, Mistake
from programs.tools.lines import Lines, each_input

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

    def show(path: str, lines: Lines) -> None:
        files.write_all(1, "".join([line + "\n" for line in last(lines, count)]))
        while follows:
            system.nanosleep(u64(PAUSE_NS))
            lines.has_ended = False
            while (line := lines.take()) is not None:
                files.write_all(1, line + "\n")

    return each_input(arguments, arguments.operands, show)


def last(lines: Lines, count: int) -> list[str]:
    """Return so many of the last lines, and not many more are kept meanwhile."""
    kept: list[str] = []
    while (line := lines.take()) is not None:
        kept.append(line)
        if len(kept) > 2 * count + 1000:
            kept = kept[len(kept) - count :]
    return kept[max(len(kept) - count, 0) :]
