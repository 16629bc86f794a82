"""The command that is being typed: what its words mean as far as they go.

Unlike words.py, which wants a whole line, this one takes a beginning, in which a quotation may still be open.
"""

from __future__ import annotations

from programs.shell.words import ESCAPED, SEPARATORS


class Typed:
    """The command in which a line ends."""

    earlier: list[str]  # its words; > stands for each redirection, which a path follows
    word: str  # the last, as far as it goes; empty behind a blank
    quote: str  # the quotation mark behind which that is going on; empty if there is none

    def __init__(self) -> None:
        self.earlier = []
        self.word = ""
        self.quote = ""

    def take(self, character: str, next: str) -> int:
        """Take a character, and return 2 if the next goes with it, else 1."""
        if character == "\\" and self.is_escaped(next):
            self.word += next
            return 2
        if character == self.quote:
            self.quote = ""
        elif self.quote != "":
            self.word += character
        elif character in ["'", '"']:
            self.quote = character
        elif character in ["<", ">"]:
            self.end_word()
            self.earlier.append(">")
            return 2 if next == "&" else 1
        elif character in SEPARATORS:
            self.earlier = []
            self.word = ""
        elif character == " ":
            self.end_word()
        else:
            self.word += character
        return 1

    def is_escaped(self, character: str) -> bool:
        """Whether a character that stands behind a backslash is taken as it is."""
        return self.quote == "" or self.quote == '"' and character in ESCAPED

    def end_word(self) -> None:
        if self.word != "":
            self.earlier.append(self.word)
        self.word = ""


def last_command(line: str) -> Typed:
    """Return the command in which a line ends."""
    typed = Typed()
    at = 0
    while at < len(line):
        at += typed.take(line[at], line[at + 1 : at + 2])
    return typed
