"""The line that is being typed: its text, a cursor, and what was last taken out of it."""

from __future__ import annotations


class Line:
    """A line of text with a cursor."""

    text: str
    cursor: int  # in front of the character with this index
    taken: str  # what was last killed, to be put back

    def __init__(self) -> None:
        self.text = ""
        self.cursor = 0
        self.taken = ""

    @property
    def before(self) -> str:
        """What is before the cursor."""
        return self.text[: self.cursor]

    def set(self, text: str) -> None:
        """Become another text, with the cursor behind it."""
        self.text = text
        self.cursor = len(text)

    def insert(self, text: str) -> None:
        self.text = self.text[: self.cursor] + text + self.text[self.cursor :]
        self.cursor += len(text)

    def move(self, cursor: int) -> None:
        """Put the cursor at an index, as far as there is text."""
        self.cursor = max(0, min(cursor, len(self.text)))

    def remove(self, start: int, end: int) -> None:
        """Remove the characters between two indices, as far as there are any."""
        start, end = max(start, 0), min(end, len(self.text))
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start

    def kill(self, start: int, end: int) -> None:
        """Remove characters, and keep them to be put back."""
        if start < end:
            self.taken = self.text[start:end]
            self.remove(start, end)

    def put_back(self) -> None:
        self.insert(self.taken)

    def word_start(self) -> int:
        """Return where the word begins in which, or behind which, the cursor is."""
        at = self.cursor
        while at > 0 and not is_of_word(self.text[at - 1]):
            at -= 1
        while at > 0 and is_of_word(self.text[at - 1]):
            at -= 1
        return at

    def word_end(self) -> int:
        """Return where the word ends in which, or before which, the cursor is."""
        at = self.cursor
        while at < len(self.text) and not is_of_word(self.text[at]):
            at += 1
        while at < len(self.text) and is_of_word(self.text[at]):
            at += 1
        return at

    def blank_before(self) -> int:
        """Return where what is between blanks begins before the cursor."""
        at = self.cursor
        while at > 0 and self.text[at - 1] == " ":
            at -= 1
        while at > 0 and self.text[at - 1] != " ":
            at -= 1
        return at


def is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"
