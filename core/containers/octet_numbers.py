"""Whole numbers as bytes: `number.to_bytes(...)` and `int.from_bytes(...)`.

Source: Python Library Reference, "Additional Methods on Integer Types".
"""

from __future__ import annotations

from typing import Final

from core.containers.octets import Octets
from lang import Slice, truncate, u8, u64

LOW: Final = (1 << 55) - 1  # of a number, what is left when another byte comes behind it


def to_bytes(number: int, length: int = 1, byteorder: str = "big", signed: bool = False) -> bytes:
    """Return an int as so many bytes.

    Raises:
        OverflowError: it does not fit, or is negative without `signed`.
        ValueError: the order is neither "big" nor "little", or the length negative.
    """
    is_big = is_big_end(byteorder)
    if length < 0:
        raise ValueError("length argument must be non-negative")
    if number < 0 and not signed:
        raise OverflowError("can't convert negative int to unsigned")
    made = Octets(u64(length))
    rest = number
    for index in range(length):
        made.view()[length - 1 - index if is_big else index] = truncate(u8, rest & 0xFF)
        rest >>= 8
    if not is_whole(number, rest, length, signed):
        raise OverflowError("int too big to convert")
    return made


def is_whole(number: int, rest: int, length: int, signed: bool) -> bool:
    """Whether so many bytes say a number, of which `rest` is what lies above them."""
    if not signed:
        return rest == 0
    if length == 0:
        return number == 0 or number == -1
    if length >= 8:
        return True
    top = (number >> (8 * length - 1)) & 1
    return rest == (-1 if top == 1 else 0)


def from_bytes(data: Slice[u8], byteorder: str = "big", signed: bool = False) -> int:
    """Return the int that bytes say.

    Raises:
        OverflowError: it has more than 63 bits and a sign.
        ValueError: the order is neither "big" nor "little".
    """
    is_big = is_big_end(byteorder)
    size = len(data)
    if size == 0:
        return 0
    first = data[0] if is_big else data[size - 1]
    is_negative = signed and first >= 0x80
    sign: u8 = 0xFF if is_negative else 0
    result = -1 if is_negative else 0
    for index in range(size):
        byte = data[index] if is_big else data[size - 1 - index]
        if size - index > 8:
            if byte != sign:
                raise OverflowError("an int has 64 bits here")
            continue
        if index + 8 == size and (byte >= 0x80) != is_negative:
            raise OverflowError("an int has 64 bits here")
        result = (result & LOW) << 8 | int(byte) if not is_negative else below(result, byte)
    return result


def below(number: int, byte: u8) -> int:
    """Return a negative number with another byte behind it."""
    return ~((~number & LOW) << 8 | int(~byte & 0xFF))


def is_big_end(byteorder: str) -> bool:
    if byteorder == "big":
        return True
    if byteorder == "little":
        return False
    raise ValueError("byteorder must be either 'little' or 'big'")
