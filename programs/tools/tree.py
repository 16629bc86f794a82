"""tree"""

from __future__ import annotations

from programs.tools import folders
from programs.tools.arguments import Arguments
from programs.tools.colours import Colours
from programs.tools.each import each

HELP = """\
usage: tree [-a] [FOLDER...]

Draw folders, and all that is in them.

  -a   names that begin with a dot, too
"""


class Drawing:
    """How a tree is drawn."""

    shows_hidden: bool
    colours: Colours

    def __init__(self, arguments: Arguments) -> None:
        self.shows_hidden = arguments.has("-a")
        self.colours = Colours()

    def show(self, path: str) -> None:
        entries = folders.entries_of(path, self.shows_hidden)  # first, as it may raise
        print(path)
        if entries:
            self.draw(path, "")

    def draw(self, path: str, before: str) -> None:
        """Draw what is in a folder, each line behind some text."""
        entries = folders.entries_of(path, self.shows_hidden)
        for index in range(len(entries)):
            entry = entries[index]
            is_last = index == len(entries) - 1
            print(before + ("└── " if is_last else "├── ") + self.colours.name(entry))
            if entry.is_folder:
                inner = before + ("    " if is_last else "│   ")
                self.draw(folders.join(path, entry.name), inner)


def run(arguments: Arguments) -> int:
    drawing = Drawing(arguments)
    return each(arguments.name, arguments.operands or ["."], drawing.show)
