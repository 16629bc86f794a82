"""The text of a pattern, as it is read: characters, escapes, and what is wrong with it.

Source: CPython 3.11, Lib/re/_parser.py, for the messages.
"""

from __future__ import annotations

from lib.python.regex.program import VERBOSE


class error(Exception):
    """A pattern is none."""

    msg: str
    pattern: str
    pos: int | None

    def __init__(self, msg: str, pattern: str = "", pos: int = -1) -> None:
        text = msg
        if pos >= 0:
            text = f"{msg} at position {pos}"
            if "\n" in pattern:
                line = pattern.count("\n", 0, pos) + 1
                column = pos - pattern.rfind("\n", 0, pos)
                text = f"{text} (line {line}, column {column})"
        super().__init__(text)
        self.msg = msg
        self.pattern = pattern
        self.pos = None if pos < 0 else pos


class Source:
    """A pattern that is read from left to right."""

    text: str
    characters: list[str]
    at: int
    flags: int

    def __init__(self, text: str, flags: int) -> None:
        self.text = text
        self.characters = list(text)
        self.at = 0
        self.flags = flags

    def error(self, message: str, at: int) -> error:
        return error(message, self.text, at)

    def peek(self) -> str:
        """Return the next character; "" at the end."""
        return self.characters[self.at] if self.at < len(self.characters) else ""

    def take(self) -> str:
        found = self.peek()
        if found != "":
            self.at += 1
        return found

    def accept(self, wanted: str) -> bool:
        """Take some text if it is what comes next."""
        if self.text[self.at : self.at + len(wanted)] != wanted:
            return False
        self.at += len(wanted)
        return True

    def take_until(self, end: str, what: str) -> str:
        """Take a name and the character that ends it."""
        start = self.at
        while self.peek() != end:
            if self.peek() == "":
                if self.at == start:
                    raise self.error(f"missing {what}", start)
                raise self.error(f"missing {end}, unterminated name", start)
            self.at += 1
        found = self.text[start : self.at]
        self.at += 1
        if found == "":
            raise self.error(f"missing {what}", start)
        return found

    def skip_space(self) -> None:
        """With VERBOSE, go over white space and comments."""
        while self.flags & VERBOSE != 0:
            next = self.peek()
            if next == "#":
                while self.peek() not in ("", "\n"):
                    self.at += 1
            elif next != "" and next in " \t\n\r\v\f":
                self.at += 1
            else:
                return

    def code_of_escape(self, letter: str, place: int, in_set: bool) -> int:
        """Return the code point that an escape stands for."""
        match letter:
            case "n":
                return 10
            case "t":
                return 9
            case "r":
                return 13
            case "f":
                return 12
            case "v":
                return 11
            case "a":
                return 7
            case "x":
                return self.take_hex(2, place)
            case "u":
                return self.take_hex(4, place)
            case "U":
                return self.take_hex(8, place)
            case _:
                pass
        if letter == "0" or (in_set and letter in "1234567"):
            digits = letter
            while len(digits) < 3 and self.peek() != "" and self.peek() in "01234567":
                digits += self.take()
            return int(digits, 8)
        if letter.isascii() and letter.isalnum():
            raise self.error(f"bad escape \\{letter}", place)
        return ord(letter)

    def take_hex(self, count: int, place: int) -> int:
        digits = self.text[self.at : self.at + count]
        while digits != "" and not is_hex(digits):
            digits = digits[:-1]
        self.at += len(digits)
        if len(digits) != count:
            raise self.error(f"incomplete escape {self.text[place : self.at]}", place)
        return int(digits, 16)


def is_hex(text: str) -> bool:
    for each in text:
        if each not in "0123456789abcdefABCDEF":
            return False
    return True
