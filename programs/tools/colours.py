"""Colours, where somebody reads what is printed; plain text everywhere else."""

from __future__ import annotations

from lib.std.files import Listed
from lib.std.terminal import is_terminal
from programs.shell.variables import value_of

RED = "\x1b[31m"
GREEN = "\x1b[32m"
YELLOW = "\x1b[33m"
BLUE = "\x1b[34m"
CYAN = "\x1b[36m"
UNDERLINED = "\x1b[4m"
PLAIN = "\x1b[0m"
STANDARD_OUTPUT = 1


class Colours:
    """What puts colours on text, or leaves it as it is."""

    are_wanted: bool

    def __init__(self) -> None:
        self.are_wanted = is_terminal(STANDARD_OUTPUT) and value_of("TERM") != "dumb"

    def paint(self, text: str, colour: str) -> str:
        return f"{colour}{text}{PLAIN}" if self.are_wanted else text

    def name(self, entry: Listed, is_mounted: bool = False) -> str:
        """Return the name of an entry of a folder, with a sign for what it is; underlined, if something is mounted there."""
        text = self.paint(entry.name, UNDERLINED) if is_mounted else entry.name
        if entry.is_folder:
            return self.paint(text, BLUE) + "/"
        return self.paint(text, CYAN) + "@" if entry.is_link else text
