"""Python's module struct, for programs: formats of whole numbers.

    <  >  !  =      the low byte first; the high one first, twice; as the machine has it, the low one first
    b B h H i I l L q Q    1, 1, 2, 2, 4, 4, 4, 4, 8 and 8 bytes, small letters with a sign
    x               a byte of padding, which stands for no value

A number before a letter says how often it comes. Without one of the first signs CPython aligns, and `l` has 8 bytes:
such formats are refused here, as are those of floats, texts and characters.

Source: Python Library Reference, module struct.
"""

from __future__ import annotations

from core.containers import octet_numbers, octets
from lang import Slice, u8

_LETTERS = "xbBhHiIlLqQ"
_SIZES = (1, 1, 1, 2, 2, 4, 4, 4, 4, 8, 8)


class error(Exception):
    """A format that says nothing, or does not fit the values or the bytes."""


def calcsize(format: str) -> int:
    """Return how many bytes a format has."""
    return sum([_size_of(letter) for letter in _letters(format)])


def pack(format: str, *values: int) -> bytes:
    """Return numbers as bytes.

    Raises:
        error: the format is none, or does not fit the numbers.
    """
    letters = _letters(format)
    wanted = len(letters) - letters.count("x")
    if wanted != len(values):
        raise error(f"pack expected {wanted} items for packing (got {len(values)})")
    is_big = _is_big(format)
    out: list[int] = []
    index = 0
    for letter in letters:
        if letter == "x":
            out.append(0)
            continue
        _put(out, values[index], letter, is_big)
        index += 1
    return octets.of_numbers(out)


def unpack(format: str, data: Slice[u8]) -> tuple[int, ...]:
    """Return the numbers that bytes say.

    Raises:
        error: the format is none, or has more or fewer bytes.
    """
    size = calcsize(format)
    if size != len(data):
        raise error(f"unpack requires a buffer of {size} bytes")
    return unpack_from(format, data)


def unpack_from(format: str, data: Slice[u8], offset: int = 0) -> tuple[int, ...]:
    """Return the numbers that bytes say from a position on.

    Raises:
        error: the format is none, or has more bytes.
    """
    size = calcsize(format)
    count: int = len(data)
    if offset < 0 or offset + size > count:
        raise error(
            f"unpack_from requires a buffer of at least {offset + size} bytes for unpacking {size} "
            f"bytes at offset {offset} (actual buffer size is {count})"
        )
    is_big = _is_big(format)
    found: list[int] = []
    at = offset
    for letter in _letters(format):
        size = _size_of(letter)
        if letter != "x":
            order = "big" if is_big else "little"
            part = octets.get_slice(data, at, at + size, None)
            found.append(octet_numbers.from_bytes(part, order, letter.islower()))
        at += size
    return tuple(found)


def _put(out: list[int], value: int, letter: str, is_big: bool) -> None:
    size = _size_of(letter)
    bits = 8 * size
    lowest = -(1 << (bits - 1)) if letter.islower() and bits < 64 else 0
    highest = (1 << (bits - 1 if letter.islower() else bits)) - 1 if bits < 64 else value
    is_wide = bits == 64 and letter.islower()
    if not is_wide and not lowest <= value <= highest:
        is_negative = value < 0 and letter.isupper() and bits >= 32
        raise error("argument out of range" if is_negative else _refusal(letter, lowest, highest))
    for index in range(size):
        shift = 8 * (size - 1 - index if is_big else index)
        out.append((value >> shift) & 0xFF)


def _refusal(letter: str, lowest: int, highest: int) -> str:
    match letter:
        case "b":
            return "byte format requires -128 <= number <= 127"
        case "B":
            return "ubyte format requires 0 <= number <= 255"
        case "H":
            return "ushort format requires 0 <= number <= 65535"
    return f"'{letter}' format requires {lowest} <= number <= {highest}"


def _is_big(format: str) -> bool:
    return format.startswith((">", "!"))


def _letters(format: str) -> str:
    """Return the letters of a format, each as often as it comes.

    Raises:
        error: it is no format of whole numbers without alignment.
    """
    if format == "" or format[0] not in "<>!=":
        raise error("a format begins with <, >, ! or = here")
    out: list[str] = []
    times = ""
    for letter in format[1:]:
        if letter.isdigit():
            times += letter
        elif letter in _LETTERS:
            out.append(letter * (1 if times == "" else int(times)))
            times = ""
        elif not letter.isspace():
            if letter in "?cefdsp":
                raise error(
                    f"format '{letter}' is no whole number, which is all that there is here"
                )
            raise error("bad char in struct format")
    if times != "":
        raise error("repeat count given without format specifier")
    return "".join(out)


def _size_of(letter: str) -> int:
    return _SIZES[_LETTERS.index(letter)]
