"""head"""

from __future__ import annotations

from lib.std import files
from programs.tools.arguments import Arguments
from programs.tools.lines import Lines, each_input

HELP = """\
usage: head [-n LINES] [FILE...]

Print the first lines of files, or of the standard input.

  -n LINES   how many; 10 if it is not said
"""


def run(arguments: Arguments) -> int:
    count = arguments.number("-n", 10)

    def show(path: str, lines: Lines) -> None:
        for _ in range(count):
            line = lines.take()
            if line is None:
                return
            files.write_all(1, line + "\n")

    return each_input(arguments, arguments.operands, show)
