"""tree"""

from __future__ import annotations

from lib.std.files import Listed
from programs.tools import folders
from programs.tools.arguments import Arguments
from programs.tools.colours import Colours
from programs.tools.each import each
from programs.tools.folders import Below

HELP = """\
usage: tree [-a] [FOLDER...]

Draw folders, and all that is in them.

  -a   names that begin with a dot, too
"""


class Drawing:
    """How a tree is drawn."""

    below: Below
    colours: Colours

    def __init__(self, arguments: Arguments) -> None:
        self.below = Below(arguments.name, arguments.has("-a"))
        self.colours = Colours()

    def show(self, path: str) -> None:
        entries = folders.entries_of(path, self.below.shows_hidden)  # first, as it may raise
        print(path)
        self.draw(path, entries, "")

    def draw(self, folder: str, entries: list[Listed], before: str) -> None:
        """Draw the entries of a folder, each line behind some text."""
        for index in range(len(entries)):
            entry = entries[index]
            is_last = index == len(entries) - 1
            print(before + ("└── " if is_last else "├── ") + self.colours.name(entry))
            if entry.is_folder:
                path = folders.join(folder, entry.name)
                self.draw(path, self.below.entries(path), before + ("    " if is_last else "│   "))


def run(arguments: Arguments) -> int:
    drawing = Drawing(arguments)
    status = each(arguments.name, arguments.operands or ["."], drawing.show)
    return 1 if drawing.below.has_failed else status
