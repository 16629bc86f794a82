"""ls"""

from __future__ import annotations

from lib.std import files
from lib.std.files import Listed
from lib.std.terminal import is_terminal
from programs.columns import in_columns
from programs.shell.variables import value_of
from programs.tools import folders
from programs.tools.arguments import Arguments
from programs.tools.colours import Colours
from programs.tools.each import each

HELP = """\
usage: ls [-a1] [PATH...]

List folders, or the one where one is. With the flag :recursive (:R) on a path, list all that is below it, too:
    ls :R    ls /proc/self:recursive

  -a   names that begin with a dot, too
  -1   one name a line, as always where no terminal is
"""
WIDTH = 80


class Listing:
    """How folders are listed."""

    shows_hidden: bool
    in_columns: bool
    width: int
    colours: Colours

    def __init__(self, arguments: Arguments) -> None:
        self.shows_hidden = arguments.has("-a")
        self.colours = Colours()
        self.in_columns = is_terminal(1) and not arguments.has("-1")
        width = value_of("COLUMNS")
        self.width = int(width) if width.isdigit() and 0 < len(width) < 5 else WIDTH

    def show(self, path: str) -> None:
        """List what a path leads to."""
        names, _, flags = path.partition(":")
        folder = "." if names == "" else names
        if not files.is_folder(folder):
            found = files.stat(path)  # which raises if there is nothing
            del found
            print(names)
        elif is_recursive(flags):
            self.show_below(folder, "")
        else:
            self.show_names(folders.entries_of(folder, self.shows_hidden))

    def show_names(self, entries: list[Listed]) -> None:
        if not self.in_columns:
            files.write_all(1, "".join([self.colours.name(entry) + "\n" for entry in entries]))
        elif entries:
            self.show_columns(entries)

    def show_columns(self, entries: list[Listed]) -> None:
        plain = [entry.name + sign(entry) for entry in entries]
        painted = [self.colours.name(entry) for entry in entries]
        files.write_all(1, in_columns(plain, painted, self.width))

    def show_below(self, folder: str, before: str) -> None:
        """List all that is below a folder, each name behind the way to it."""
        for entry in folders.entries_of(folder, self.shows_hidden):
            print(before + self.colours.name(entry))
            if entry.is_folder:
                self.show_below(folders.join(folder, entry.name), f"{before}{entry.name}/")


def sign(entry: Listed) -> str:
    if entry.is_folder:
        return "/"
    return "@" if entry.is_link else ""


def is_recursive(flags: str) -> bool:
    """Whether flags say that all below is meant, in whatever way they say it."""
    return any(
        word == "recursive" or "R" in word and word.isalpha() and len(word) < 4
        for word in flags.split(":")
    )


def run(arguments: Arguments) -> int:
    listing = Listing(arguments)
    return each(arguments.name, arguments.operands or ["."], listing.show)
