"""Paths: the text by which a program names a file, and its parts.

    /a/b/c:create:rw        names between slashes, then what is asked for (mode.py)

A path that begins with a slash starts at the root of the namespace, another one where the process is, or at a folder
that it holds open. Empty names and `.` stand for where one is, `..` for the folder above.

Limits: LONGEST_PATH bytes, flags included, and LONGEST_NAME for each name.
"""

from __future__ import annotations

from typing import Final

from core.errors import BadName, NameTooLong
from kernel.fs import mode
from kernel.fs.mode import Mode
from lang import Array, Slice, comptime, inline, no_raise, struct, u8, u64, usize

LONGEST_PATH: Final[u64] = 1023
LONGEST_NAME: Final[u64] = 63


@comptime
def forbidden() -> Array[u64, 4]:
    """Return the set of characters that no name may have, a bit for each: all below a blank, and some more."""
    words = [0, 0, 0, 0]
    for character in [*range(32), *b'<>:"\\|?*']:
        words[character // 64] |= 1 << character % 64
    return Array[u64, 4](*words)


FORBIDDEN: Final = forbidden()

SLASH: Final[u8] = 47
COLON: Final[u8] = 58


@struct
class Path:
    """A path that was looked through."""

    names: Slice[u8]  # with the slashes
    mode: Mode

    @property
    @no_raise
    def is_absolute(self) -> bool:
        return len(self.names) > 0 and self.names[0] == SLASH


@no_raise
def split(names: Slice[u8]) -> tuple[Slice[u8], Slice[u8]]:
    """Return the first name, empty if there is none, and what is behind it."""
    start: usize = 0
    while start < len(names) and names[start] == SLASH:
        start += 1
    end = start
    while end < len(names) and names[end] != SLASH:
        end += 1
    return names[start:end], names[end:]


@no_raise
def last_name(names: Slice[u8]) -> Slice[u8]:
    """Return the last name of a path; empty if there is none."""
    end = _end_of_last(names)
    return names[_start_of_last(names, end) : end]


@no_raise
def without_last(names: Slice[u8]) -> Slice[u8]:
    """Return a path without its last name."""
    return names[: _start_of_last(names, _end_of_last(names))]


@no_raise
def _end_of_last(names: Slice[u8]) -> usize:
    end = len(names)
    while end > 0 and names[end - 1] == SLASH:
        end -= 1
    return end


@no_raise
def _start_of_last(names: Slice[u8], end: usize) -> usize:
    start = end
    while start > 0 and names[start - 1] != SLASH:
        start -= 1
    return start


def parse(text: Slice[u8]) -> Path:
    """Look through a path.

    Raises:
        NameTooLong: the path is, or a name in it.
        BadName: a name has a character that no name may have.
        BadFlag: a flag means nothing.
    """
    if len(text) > LONGEST_PATH:
        raise NameTooLong
    end: usize = 0
    name: u64 = 0
    while end < len(text) and text[end] != COLON:
        if text[end] == SLASH:
            name = 0
        else:
            if is_forbidden(text[end]):
                raise BadName
            name += 1
            if name > LONGEST_NAME:
                raise NameTooLong
        end += 1
    if end == len(text):
        return Path(text, Mode(0))
    return Path(text[:end], mode.parse(text[end + 1 :]))


@inline
@no_raise
def is_forbidden(character: u8) -> bool:
    return FORBIDDEN[character >> 6] >> u64(character & 63) & 1 != 0
