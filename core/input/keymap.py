"""Keymaps: which characters the keys of a keyboard stand for.

A keymap is text, a line for each key: its character on an American keyboard (`iso` for the one that is only there on
others), then what it stands for alone, with shift, with AltGr, and with both.

    keymap German
    q  q Q @           # a comment
    =  dead´ dead`
    iso  < > |

`dead´` is an accent that waits for the next character, `none` stands for nothing, `space` for a blank, `hash` for `#`. The first
line gives the name and begins a new map; keys that have no line stand for nothing.
"""

from __future__ import annotations

from typing import Final

from core.input.key import Key
from core.text import utf8
from lang import Array, Slice, comptime, no_raise, struct, u8, u32, usize

MOST_KEYS: Final = 0x8C  # by their numbers
LEVELS: Final = 4  # alone, with shift, with AltGr, with both
SHIFT: Final = 1
ALTGR: Final = 2
DEAD: Final[u32] = 1 << 31
LONGEST_NAME: Final = 32
LONGEST_LINE: Final = 256


@comptime
def _positions() -> bytes:
    """Return the keys by their characters on an American keyboard."""
    keys = {chr(97 + index): Key.A + index for index in range(26)}
    keys |= {character: Key.DIGIT_1 + index for index, character in enumerate("1234567890")}
    keys |= {character: Key.MINUS + index for index, character in enumerate("-=[]\\")}
    keys |= {character: Key.SEMICOLON + index for index, character in enumerate(";'`,./")}
    return bytes(keys.get(chr(code), 0) for code in range(128))


POSITIONS: Final = _positions()


class BadKeymap(ValueError):
    """A line is not one of a keymap."""


@struct
class Keymap:
    """Characters by key and level; 0: none."""

    characters: Array[u32, MOST_KEYS * LEVELS]
    name: Array[u8, LONGEST_NAME]
    name_size: usize

    @no_raise
    def find(self, key: Key, level: usize) -> u32:
        """Return what a key stands for: a code point, perhaps with DEAD; 0: nothing."""
        if u8(key) >= MOST_KEYS:
            return 0
        return self.characters[usize(u8(key)) * LEVELS + level]

    def read(self, text: Slice[u8]) -> None:
        """Take the lines of a text.

        Raises:
            BadKeymap: one of them is none; those before it hold.
        """
        start: usize = 0
        for index in range(len(text)):
            if text[index] == 10:
                self.read_line(text[start:index])
                start = index + 1
        self.read_line(text[start:])

    def read_line(self, line: Slice[u8]) -> None:
        """Take one line, without its end.

        Raises:
            BadKeymap: it is none.
        """
        words = Words(line)
        first = words.next()
        if len(first) == 0:
            return
        if first == b"keymap":
            self.begin(words.next())
            return
        place = usize(u8(key_of(first))) * LEVELS
        for level in range(usize(LEVELS)):
            self.characters[place + level] = character_of(words.next())
        if len(words.next()) > 0:
            raise BadKeymap

    def begin(self, name: Slice[u8]) -> None:
        if len(name) == 0 or len(name) > LONGEST_NAME:
            raise BadKeymap
        self.characters[:].fill(0)
        self.name_size = len(name)
        self.name[: self.name_size].copy_from(name)


def key_of(word: Slice[u8]) -> Key:
    """Return the key that a word names.

    Raises:
        BadKeymap: it names none.
    """
    if word == b"iso":
        return Key.BESIDE_LEFT_SHIFT
    if word == b"space":
        return Key.SPACE
    if len(word) != 1 or word[0] >= 128 or POSITIONS[word[0]] == 0:
        raise BadKeymap
    return Key(POSITIONS[word[0]])


def character_of(word: Slice[u8]) -> u32:
    """Return what a word says that a key stands for.

    Raises:
        BadKeymap: it is neither a character nor one of the words that stand for something.
    """
    if len(word) == 0 or word == b"none":
        return 0
    if word == b"space":
        return 32
    if word == b"hash":
        return 35
    if len(word) > 4 and word[:4] == b"dead":
        return single(word[4:]) | DEAD
    return single(word)


def single(word: Slice[u8]) -> u32:
    size = utf8.sequence_size(word)
    if size == 0 or size != len(word):
        raise BadKeymap
    character, _ = utf8.decode(word)
    return character


@struct
class Words:
    """The words of a line, of which a comment is none."""

    rest: Slice[u8]

    @no_raise
    def next(self) -> Slice[u8]:
        """Take the next word; empty behind the last."""
        start: usize = 0
        while start < len(self.rest) and is_blank(self.rest[start]):
            start += 1
        end = start
        while end < len(self.rest) and not is_blank(self.rest[end]):
            end += 1
        word = self.rest[start:end]
        if len(word) > 0 and word[0] == 35:
            end = len(self.rest)
            word = self.rest[end:]
        self.rest = self.rest[end:]
        return word


@no_raise
def is_blank(byte: u8) -> bool:
    return byte == 32 or byte == 9 or byte == 13
