"""The lines that were typed, and walking through them. They are kept in a file, so the next shell knows them."""

from __future__ import annotations

from lib.std import files

MOST = 500
PLACE = "/tmp/.history"


class History:
    """Lines that were typed, the oldest first."""

    lines: list[str]
    shown: int  # the line that is shown; behind the last is the one that is being typed
    typed: str  # that line, while another is shown

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.shown = len(lines)
        self.typed = ""

    def begin(self) -> None:
        """Be behind the last line."""
        self.shown = len(self.lines)
        self.typed = ""

    def add(self, line: str) -> None:
        """Remember a line, unless it is empty or the same as the last."""
        is_new = not self.lines or self.lines[-1] != line
        if line.strip() == "" or not is_new:
            return
        self.lines.append(line)
        if len(self.lines) > MOST:
            self.lines.pop(0)
        keep(line)

    def earlier(self, line: str) -> str:
        """Return the line before the one that is shown, which is given; that one itself, if it is the first."""
        if self.shown == 0:
            return line
        if self.shown == len(self.lines):
            self.typed = line
        self.shown -= 1
        return self.lines[self.shown]

    def later(self, line: str) -> str:
        """Return the line behind the one that is shown, which is given."""
        if self.shown == len(self.lines):
            return line
        self.shown += 1
        return self.typed if self.shown == len(self.lines) else self.lines[self.shown]


def load() -> list[str]:
    """Return the lines that earlier shells kept."""
    try:
        return files.read_text(PLACE).splitlines()[-MOST:]
    except OSError:
        return []


def keep(line: str) -> None:
    """Write a line where the next shell finds it, if there is such a place."""
    try:
        files.write_text(f"{PLACE}:write:create:append", line + "\n")
    except OSError:
        return
