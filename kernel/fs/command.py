"""Control files' text: words, quoted ones, and the `&&` between commands.

    bind myserver && listen 16
    touch "two words" && start

A word ends at a blank; inside of double quotes blanks are part of it, and a backslash makes the next character one of the word wherever
it stands.
"""

from __future__ import annotations

from typing import Final

from core.errors import TooLarge
from lang import Array, Slice, no_raise, u8, u64, usize

LONGEST: Final[u64] = 1024  # bytes of all words of a command
MOST_WORDS: Final = 16

BLANK: Final[u8] = 32
QUOTE: Final[u8] = 34
BACKSLASH: Final[u8] = 92


class BadQuotes(ValueError):
    """A quotation, or a backslash, has no end."""


class Command:
    """One command's words, taken from a text one command at a time."""

    count: usize
    starts: Array[usize, 17]
    bytes: Array[u8, 1024]
    length: usize  # of all words

    def __init__(self) -> None:
        pass

    @no_raise
    def word(self, index: usize) -> Slice[u8]:
        """Return a word; empty behind the last."""
        if index >= self.count:
            return b""
        return self.bytes[self.starts[index] : self.starts[index + 1]]

    def read(self, text: Slice[u8]) -> Slice[u8]:
        """Take the words of the first command of a text, and return what is left of the text.

        Raises:
            BadQuotes: a quotation has no end.
            TooLarge: there are too many words, or they are too long.
        """
        self.count = 0
        self.length = 0
        at = skip_blanks(text, 0)
        while at < len(text):
            if is_and(text, at):
                return text[at + 2 :]
            at = skip_blanks(text, self.read_word(text, at))
        return text[len(text) :]

    def read_word(self, text: Slice[u8], start: usize) -> usize:
        """Take the word that starts at a place, and return where it ends."""
        if self.count == MOST_WORDS:
            raise TooLarge
        self.starts[self.count] = self.length
        at = start
        is_quoted = False
        while at < len(text) and (is_quoted or not is_blank(text[at])):
            if text[at] == QUOTE:
                is_quoted = not is_quoted
            else:
                if text[at] == BACKSLASH:
                    at += 1
                    if at == len(text):
                        raise BadQuotes
                self.add(text[at])
            at += 1
        if is_quoted:
            raise BadQuotes
        self.count += 1
        self.starts[self.count] = self.length
        return at

    def add(self, byte: u8) -> None:
        if u64(self.length) == LONGEST:
            raise TooLarge
        self.bytes[self.length] = byte
        self.length += 1


@no_raise
def is_blank(byte: u8) -> bool:
    return byte == BLANK or 9 <= byte <= 13


@no_raise
def skip_blanks(text: Slice[u8], start: usize) -> usize:
    at = start
    while at < len(text) and is_blank(text[at]):
        at += 1
    return at


@no_raise
def is_and(text: Slice[u8], at: usize) -> bool:
    """Whether a word at a place is `&&`."""
    ends = at + 2 >= len(text) or is_blank(text[at + 2])
    return ends and text[at : at + 2] == b"&&"
