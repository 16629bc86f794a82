"""What the file of a module says of it in words: its description, and what it needs of others.

    .module_info    name;author;description;version;licence;version of the system;device type;...
    .module_needs   lines: names of modules; then, of each declaration of others that it uses, version and name
    .module_offers  lines: version and name of each declaration of its own

Versions are 8 hexadecimal digits; a name of a module has another character than these, or another length.
"""

from __future__ import annotations

from typing import Final

from core.errors import BadMessage
from kernel.module.description import SYSTEM_VERSION
from lang import Slice, no_raise, struct, u8, u32

SEPARATOR: Final[u8] = 59  # ";"
NEWLINE: Final[u8] = 10
SPACE: Final[u8] = 32
DIGITS: Final = 8

LEAST: Final = 6  # bytes of a description
MOST: Final = 1023
LONGEST_NAME: Final = 63
LONGEST_TEXT: Final = 255
LONGEST_KIND: Final = 31


@struct
class Info:
    """A description, taken apart: views of the text."""

    name: Slice[u8]
    author: Slice[u8]
    description: Slice[u8]
    version: Slice[u8]
    licence: Slice[u8]
    system: Slice[u8]  # the version that it was made for
    kinds: Slice[u8]  # of devices, with ; between them

    def __init__(self, text: Slice[u8]) -> None:
        """Take the text of a description apart, which may end in a 0.

        Raises:
            BadMessage: it is too short or too long, or a part of it is.
        """
        if len(text) > 0 and text[len(text) - 1] == 0:
            text = text[: len(text) - 1]
        if not LEAST <= len(text) <= MOST:
            raise BadMessage
        self.name, text = split(text, SEPARATOR)
        self.author, text = split(text, SEPARATOR)
        self.description, text = split(text, SEPARATOR)
        self.version, text = split(text, SEPARATOR)
        self.licence, text = split(text, SEPARATOR)
        self.system, self.kinds = split(text, SEPARATOR)
        if not 0 < len(self.name) <= LONGEST_NAME or len(self.author) > LONGEST_NAME:
            raise BadMessage
        if len(self.description) > LONGEST_TEXT or len(self.licence) > LONGEST_NAME:
            raise BadMessage
        if len(self.version) > LONGEST_KIND or len(self.system) == 0:
            raise BadMessage

    @property
    @no_raise
    def is_for_this_system(self) -> bool:
        return self.system == SYSTEM_VERSION.encode()

    @no_raise
    def drives(self, kind: Slice[u8]) -> bool:
        """Return whether a kind of device is among the module's."""
        return has_kind(self.kinds, kind)


@struct
class Need:
    """A declaration that must be as it was when the module was made."""

    version: u32
    name: Slice[u8]


@no_raise
def has_kind(kinds: Slice[u8], kind: Slice[u8]) -> bool:
    """Return whether a kind of device is among some with ; between them."""
    rest = kinds
    while len(rest) > 0:
        each, rest = split(rest, SEPARATOR)
        if each == kind:
            return True
    return False


@no_raise
def split(text: Slice[u8], at: u8) -> tuple[Slice[u8], Slice[u8]]:
    """Return what stands before and behind the first of a byte; all and nothing if it is not there."""
    for index in range(len(text)):
        if text[index] == at:
            return text[:index], text[index + 1 :]
    return text, text[len(text) :]


@no_raise
def first_module(lines: Slice[u8]) -> tuple[Slice[u8], Slice[u8]]:
    """Return the module that the first line of what is needed names, and the other lines; no name behind the last module."""
    line, rest = split(lines, NEWLINE)
    return (line[:0], lines) if is_need(line) else (line, rest)


def read_need(line: Slice[u8]) -> Need:
    """Take a line with a version and a name apart.

    Raises:
        BadMessage: it is none.
    """
    if not is_need(line):
        raise BadMessage
    version: u32 = 0
    for digit in line[:DIGITS]:
        version = version << 4 | value_of(digit)
    return Need(version, line[DIGITS + 1 :])


@no_raise
def is_need(line: Slice[u8]) -> bool:
    """Return whether a line begins with a version."""
    if len(line) <= DIGITS + 1 or line[DIGITS] != SPACE:
        return False
    for digit in line[:DIGITS]:
        if value_of(digit) > 15:
            return False
    return True


@no_raise
def value_of(digit: u8) -> u32:
    """Return the value of a hexadecimal digit; more than 15 if it is none."""
    if 48 <= digit <= 57:
        return u32(digit) - 48
    if 97 <= digit <= 102:
        return u32(digit) - 87
    return 16
