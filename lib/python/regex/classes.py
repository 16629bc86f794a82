"""Sets of characters: ranges of code points, and the classes of `\\d`, `\\w` and `\\s`."""

from __future__ import annotations

from typing import Final

CLASSES: Final = "dDwWsS"


def is_of_class(code: int, letter: int, is_ascii: bool) -> bool:
    """Tell whether a code point is in the class of a letter of CLASSES."""
    character = chr(code)
    lower = letter | 0x20
    if is_ascii and code >= 0x80:
        found = False
    elif lower == ord("d"):
        found = character.isdecimal()
    elif lower == ord("w"):
        found = character == "_" or character.isalnum()
    else:
        found = character.isspace()
    return found == (letter == lower)


def is_word(code: int, is_ascii: bool) -> bool:
    return is_of_class(code, ord("w"), is_ascii)


def lower_of(code: int) -> int:
    """Return a code point in lower case; itself where that takes several."""
    if code < 0x80:
        return code + 32 if 65 <= code <= 90 else code
    lower = chr(code).lower()
    return ord(lower) if len(lower) == 1 else code


def upper_of(code: int) -> int:
    if code < 0x80:
        return code - 32 if 97 <= code <= 122 else code
    upper = chr(code).upper()
    return ord(upper) if len(upper) == 1 else code


class CharacterSet:
    """A set of characters."""

    lows: list[int]
    highs: list[int]
    classes: list[int]
    is_negated: bool
    is_ascii: bool

    def __init__(self, is_ascii: bool) -> None:
        self.lows = []
        self.highs = []
        self.classes = []
        self.is_negated = False
        self.is_ascii = is_ascii

    def add_range(self, low: int, high: int) -> None:
        self.lows.append(low)
        self.highs.append(high)

    def add_class(self, letter: int) -> None:
        self.classes.append(letter)

    def holds(self, code: int) -> bool:
        """Tell whether a code point is in the set."""
        return self._lists(code) != self.is_negated

    def holds_folded(self, code: int) -> bool:
        """Tell whether a code point is in the set in one of its cases."""
        found = self._lists(code) or self._lists(lower_of(code)) or self._lists(upper_of(code))
        return found != self.is_negated

    def _lists(self, code: int) -> bool:
        for index in range(len(self.lows)):
            if self.lows[index] <= code <= self.highs[index]:
                return True
        for letter in self.classes:
            if is_of_class(code, letter, self.is_ascii):
                return True
        return False
