"""grep"""

from __future__ import annotations

from lib.std import files
from programs.tools.arguments import Arguments
from programs.tools.colours import RED, Colours
from programs.tools.lines import Lines, each_input

HELP = """\
usage: grep [-civn] TEXT [FILE...]

Print the lines of files, or of the standard input, in which a text is; the status is 1 if there are none.

  -c   print only how many lines there are
  -i   capital or small letters are the same
  -v   the lines in which the text is not
  -n   with the number of each line
"""


class Search:
    """What is looked for, and how it is shown."""

    text: str
    ignores_case: bool
    is_inverted: bool
    counts: bool
    numbers: bool
    names: bool  # with the path of each file
    colours: Colours
    total: int  # lines that were found

    def __init__(self, arguments: Arguments) -> None:
        self.ignores_case = arguments.has("-i")
        self.text = arguments.operands[0]
        if self.ignores_case:
            self.text = self.text.lower()
        self.is_inverted = arguments.has("-v")
        self.counts = arguments.has("-c")
        self.numbers = arguments.has("-n")
        self.names = len(arguments.operands) > 2
        self.colours = Colours()
        self.total = 0

    def search(self, path: str, lines: Lines) -> None:
        """Print what is found in a file."""
        before = f"{path}:" if self.names else ""
        found = 0
        number = 1
        while (line := lines.take()) is not None:
            if self.is_in(line) != self.is_inverted:
                found += 1
                if not self.counts:
                    place = f"{number}:" if self.numbers else ""
                    files.write_all(1, f"{before}{place}{self.marked(line)}\n")
            number += 1
        if self.counts:
            files.write_all(1, f"{before}{found}\n")
        self.total += found

    def folded(self, line: str) -> str:
        return line.lower() if self.ignores_case else line

    def is_in(self, line: str) -> bool:
        return self.text in self.folded(line)

    def marked(self, line: str) -> str:
        """Return a line with a colour on the text, wherever that is in it."""
        folded = self.folded(line)
        if self.text == "" or self.is_inverted or len(folded) != len(line):
            return line
        result = ""
        start = 0
        place = folded.find(self.text)
        while place >= 0:
            end = place + len(self.text)
            result += line[start:place] + self.colours.paint(line[place:end], RED)
            start = end
            place = folded.find(self.text, start)
        return result + line[start:]


def run(arguments: Arguments) -> int:
    arguments.require(1, -1)
    search = Search(arguments)
    status = each_input(arguments, arguments.operands[1:], search.search)
    return 1 if search.total == 0 else status
