"""Modes: what a path asks for behind its first colon, and what an open file or a mount allows.

/a/b:create:rw      long names, or words of short letters; in any order, each as often as one likes
"""

from __future__ import annotations

from enum import IntFlag
from typing import Final

from core.errors import BadFlag
from core.text.buffer import TextBuffer
from lang import Array, Slice, no_raise, over, u8, u32, u64, usize

LONGEST_WORD: Final[u64] = 31
COUNT: Final = 15


@over(u32)
class Mode(IntFlag):
    READ = 1 << 0
    WRITE = 1 << 1
    EXECUTE = 1 << 2
    NONBLOCK = 1 << 3  # what would wait fails
    APPEND = 1 << 4  # each write goes to the end
    CREATE = 1 << 5  # what is not there is made
    EXCLUSIVE = 1 << 6  # with CREATE: what is there is an error
    PARENTS = 1 << 7  # with CREATE: the folders on the way, too
    TRUNCATE = 1 << 8  # cut to nothing when it is opened
    DIRECTORY = 1 << 9  # make, or remove, a folder
    RECURSIVE = 1 << 10  # remove, or list, with all that is in it
    NOFOLLOW = 1 << 11  # links are themselves
    PRIVATE = 1 << 12  # a child gets no such file, no such mount
    PROPAGATE = 1 << 13  # the mount is made in namespaces below, too
    LOCKED = 1 << 14  # the mount stays, and with what it is on, wherever that is seen


PERMISSIONS: Final = Mode.READ | Mode.WRITE | Mode.EXECUTE

LETTERS: Final = b"rwxnaceptdRlPgL"  # by bit
NAMES: Final = Array[bytes, 15](
    b"read",
    b"write",
    b"execute",
    b"nonblock",
    b"append",
    b"create",
    b"exclusive",
    b"parents",
    b"truncate",
    b"directory",
    b"recursive",
    b"nofollow",
    b"private",
    b"propagate",
    b"locked",
)


def parse(flags: Slice[u8]) -> Mode:
    """Return what is asked for behind the first colon of a path; empty words ask for nothing.

    Raises:
        BadFlag: a word means nothing, or is longer than LONGEST_WORD.
    """
    result = Mode(0)
    start: usize = 0
    for end in range(len(flags) + 1):
        if end == len(flags) or flags[end] == 58:
            result |= parse_word(flags[start:end])
            start = end + 1
    return result


def parse_word(word: Slice[u8]) -> Mode:
    for bit in range(u32(COUNT)):
        if word == NAMES[bit]:
            return Mode(u32(1) << bit)
    if len(word) > LONGEST_WORD:
        raise BadFlag
    result = Mode(0)
    for letter in word:
        result |= parse_letter(letter)
    return result


def parse_letter(letter: u8) -> Mode:
    for bit in range(u32(COUNT)):
        if LETTERS[bit] == letter:
            return Mode(u32(1) << bit)
    raise BadFlag


@no_raise
def write(out: TextBuffer, mode: Mode) -> None:
    """Write a mode as it may stand behind a path: `:read:write`."""
    for bit in range(u32(COUNT)):
        if u32(mode) >> bit & 1 != 0:
            out.write(b":")
            out.write(NAMES[bit])
