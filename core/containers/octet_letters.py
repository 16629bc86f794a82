"""Letters, digits and white space of ASCII among bytes, and padding: methods of bytes.

Source: Python Library Reference, "Bytes and Bytearray Operations".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from core.containers.octets import Octets, add
from lang import Slice, u8, u64

CASE_BIT: Final[u8] = 0x20


# Letters ---------------------------------------------------------------------------------------


def is_space(byte: u8) -> bool:
    return byte == 32 or 9 <= byte <= 13


def after_space(data: Slice[u8], start: u64) -> u64:
    at = start
    while at < len(data) and is_space(data[at]):
        at += 1
    return at


def before_space(data: Slice[u8], stop: u64) -> u64:
    at = stop
    while at > 0 and is_space(data[at - 1]):
        at -= 1
    return at


def is_large(byte: u8) -> bool:
    return ord("A") <= byte <= ord("Z")


def is_small(byte: u8) -> bool:
    return ord("a") <= byte <= ord("z")


def is_digit(byte: u8) -> bool:
    return ord("0") <= byte <= ord("9")


def is_letter(byte: u8) -> bool:
    return is_large(byte) or is_small(byte)


def switched(data: Slice[u8], changes: Callable[[u8], bool]) -> bytes:
    """Return bytes with the case of some letters changed."""
    made = Octets(len(data))
    for index in range(len(data)):
        byte = data[index]
        made.view()[index] = byte ^ CASE_BIT if changes(byte) else byte
    return made


def upper(data: Slice[u8]) -> bytes:
    return switched(data, is_small)


def lower(data: Slice[u8]) -> bytes:
    return switched(data, is_large)


def swapcase(data: Slice[u8]) -> bytes:
    return switched(data, is_letter)


def capitalize(data: Slice[u8]) -> bytes:
    return add(upper(data[: min(u64(1), len(data))]), lower(data[min(u64(1), len(data)) :]))


def title(data: Slice[u8]) -> bytes:
    made = Octets(len(data))
    is_inside = False
    for index in range(len(data)):
        byte = data[index]
        changes = is_large(byte) if is_inside else is_small(byte)
        made.view()[index] = byte ^ CASE_BIT if changes else byte
        is_inside = is_letter(byte)
    return made


def every(data: Slice[u8], fits: Callable[[u8], bool]) -> bool:
    """Whether there are bytes, and all of them fit."""
    for byte in data:
        if not fits(byte):
            return False
    return len(data) > 0


def isalpha(data: Slice[u8]) -> bool:
    return every(data, is_letter)


def isdigit(data: Slice[u8]) -> bool:
    return every(data, is_digit)


def isalnum(data: Slice[u8]) -> bool:
    return every(data, lambda byte: is_letter(byte) or is_digit(byte))


def isspace(data: Slice[u8]) -> bool:
    return every(data, is_space)


def isascii(data: Slice[u8]) -> bool:
    for byte in data:
        if byte >= 0x80:
            return False
    return True


def isupper(data: Slice[u8]) -> bool:
    return has_only(data, is_large)


def islower(data: Slice[u8]) -> bool:
    return has_only(data, is_small)


def has_only(data: Slice[u8], wanted: Callable[[u8], bool]) -> bool:
    """Whether there are letters, and all of them are of one case."""
    has_letter = False
    for byte in data:
        if is_letter(byte):
            if not wanted(byte):
                return False
            has_letter = True
    return has_letter


# Padding ---------------------------------------------------------------------------------------


def padded(data: Slice[u8], left: int, right: int, fill: Slice[u8]) -> bytes:
    if len(fill) != 1:
        raise TypeError("The fill character must be a byte string of length 1")
    made = Octets(u64(left) + len(data) + u64(right))
    made.view().fill(fill[0])
    made.view()[u64(left) : u64(left) + len(data)].copy_from(data)
    return made


def ljust(data: Slice[u8], width: int, fillchar: Slice[u8] = b" ") -> bytes:
    return padded(data, 0, max(width - len(data), 0), fillchar)


def rjust(data: Slice[u8], width: int, fillchar: Slice[u8] = b" ") -> bytes:
    return padded(data, max(width - len(data), 0), 0, fillchar)


def center(data: Slice[u8], width: int, fillchar: Slice[u8] = b" ") -> bytes:
    """Return the bytes in the middle; an odd rest goes left if the width is odd, as CPython does."""
    room = max(width - len(data), 0)
    left = room // 2 + (room & width & 1)
    return padded(data, left, room - left, fillchar)


def zfill(data: Slice[u8], width: int) -> bytes:
    """Return the bytes with zeros after their sign."""
    room = max(width - len(data), 0)
    if len(data) > 0 and (data[0] == ord("-") or data[0] == ord("+")):
        return add(data[:1], padded(data[1:], room, 0, b"0"))
    return padded(data, room, 0, b"0")
