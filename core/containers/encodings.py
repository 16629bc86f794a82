"""Text and bytes: encodings, and bytes as hexadecimal digits.

    text.encode(...), data.decode(...)      encode, decode
    bytes.fromhex(text), data.hex(...)      fromhex, hex

Source: Unicode 15, section 3.9; Python Library Reference, module codecs.
"""

from __future__ import annotations

from typing import Final

from core.containers.list import list
from core.containers.octet_letters import CASE_BIT, is_space
from core.containers.octets import copied, of_numbers
from core.containers.text import Building
from core.text import utf8
from lang import Slice, borrow, truncate, u8, u32, u64

DIGITS: Final = b"0123456789abcdef"


def encode(text: str, encoding: str = "utf-8", errors: str = "strict") -> bytes:
    """Return the bytes of a text in UTF-8, ASCII or Latin-1.

    errors: "strict", or "ignore", "replace", "backslashreplace" or "xmlcharrefreplace" for what has no byte.

    Raises:
        UnicodeEncodeError: a character has no byte, and errors are strict.
        LookupError: nothing here knows the encoding, or the way to treat errors.
    """
    limit = last_code_point(encoding)
    if limit == utf8.LARGEST or borrow(text).size == borrow(text).length:
        return copied(text.encode())
    out = Building(borrow(text).length)
    data = text.encode()
    at: u64 = 0
    position = 0
    while at < len(data):
        code, size = utf8.decode(data[at:])
        if code <= limit:
            out.add(one_byte(truncate(u8, code)), 1)
        else:
            refuse_or_replace(out, code, position, limit, errors)
        at += size
        position += 1
    return copied(Slice[u8](out.data, out.used))


def one_byte(byte: u8) -> Slice[u8]:
    """Return a view of a byte, which lies in a table."""
    return Slice[u8](EVERY_BYTE.pointer + byte, 1)


EVERY_BYTE: Final[Slice[u8]] = bytes(range(256))


def refuse_or_replace(out: Building, code: u32, position: int, limit: u32, errors: str) -> None:
    if errors == "strict":
        name = "ascii" if limit < 128 else "latin-1"
        shown = escape_of(code)
        raise UnicodeEncodeError(
            f"'{name}' codec can't encode character '{shown}' in position {position}: "
            f"ordinal not in range({limit + 1})"
        )
    if errors == "replace":
        out.add(b"?", 1)
    elif errors == "backslashreplace":
        out.add_text(escape_of(code))
    elif errors == "xmlcharrefreplace":
        out.add_text(f"&#{code};")
    elif errors != "ignore":
        raise LookupError(f"unknown error handler name '{errors}'")


def escape_of(code: u32) -> str:
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def last_code_point(encoding: str) -> u32:
    """Return the last code point that an encoding has.

    Raises:
        LookupError: nothing here knows the encoding.
    """
    match plain_name(encoding):
        case "utf8" | "u8":
            return utf8.LARGEST
        case "ascii" | "usascii" | "646":
            return 0x7F
        case "latin1" | "iso88591" | "l1" | "latin":
            return 0xFF
    raise LookupError(f"unknown encoding: {encoding}")


def plain_name(encoding: str) -> str:
    """Return an encoding's name in small letters and digits only."""
    out = Building(0)
    for byte in encoding.encode():
        if ord("A") <= byte <= ord("Z"):
            out.add(one_byte(byte | CASE_BIT), 1)
        elif byte != ord("-") and byte != ord("_") and byte != ord(" "):
            out.add(one_byte(byte), 1)
    return out.finish()


def decode(data: Slice[u8], encoding: str = "utf-8", errors: str = "strict") -> str:
    """Return the text that bytes say in UTF-8, ASCII or Latin-1.

    errors: "strict", or "ignore", "replace" or "backslashreplace" for what says nothing.

    Raises:
        UnicodeDecodeError: some bytes say nothing, and errors are strict.
        LookupError: nothing here knows the encoding, or the way to treat errors.
    """
    limit = last_code_point(encoding)
    out = Building(len(data))
    at: u64 = 0
    while at < len(data):
        first = data[at]
        if first < 0x80 or limit == 0xFF:
            out.add_code_point(u32(first))
            at += 1
            continue
        size: u64 = 1
        if limit == utf8.LARGEST:
            length = utf8.sequence_size(data[at:]) if is_lead(first) else 0
            if length > 0 and is_sequence(data[at:], length):
                out.add(data[at : at + length], 1)
                at += length
                continue
            size = wrong_size(data[at:])
        replace_wrong(out, data, at, size, limit, errors)
        at += size
    return out.finish()


def is_lead(byte: u8) -> bool:
    return 0xC2 <= byte <= 0xF4


def is_sequence(data: Slice[u8], length: u64) -> bool:
    """Whether data begins with a whole sequence of UTF-8, of which the first byte may begin one."""
    return len(data) >= length and wrong_size(data) == length and not is_cut(data)


def expected_size(first: u8) -> u64:
    return 2 if first < 0xE0 else 3 if first < 0xF0 else 4


def wrong_size(data: Slice[u8]) -> u64:
    """Return how many bytes belong together at the front, as far as they could be a sequence of UTF-8."""
    first = data[0]
    if not is_lead(first):
        return 1
    size: u64 = 1
    while size < expected_size(first) and size < len(data) and may_follow(data, size):
        size += 1
    return size


def is_cut(data: Slice[u8]) -> bool:
    """Whether fewer bytes belong together at the front than the first one promises."""
    return wrong_size(data) < expected_size(data[0])


def may_follow(data: Slice[u8], index: u64) -> bool:
    """Whether the byte at an index goes on with the sequence before it (Unicode 15, table 3-7)."""
    byte = data[index]
    lowest: u8 = 0x80
    highest: u8 = 0xBF
    if index == 1:
        match data[0]:
            case 0xE0:
                lowest = 0xA0
            case 0xED:
                highest = 0x9F
            case 0xF0:
                lowest = 0x90
            case 0xF4:
                highest = 0x8F
    return lowest <= byte <= highest


def replace_wrong(
    out: Building, data: Slice[u8], at: u64, size: u64, limit: u32, errors: str
) -> None:
    if errors == "strict":
        refuse(data, at, size, limit)
    elif errors == "replace":
        out.add_code_point(0xFFFD)
    elif errors == "backslashreplace":
        for index in range(size):
            out.add_text(f"\\x{data[at + index]:02x}")
    elif errors != "ignore":
        raise LookupError(f"unknown error handler name '{errors}'")


def refuse(data: Slice[u8], at: u64, size: u64, limit: u32) -> None:
    first = data[at]
    if limit < 128:
        raise UnicodeDecodeError(
            f"'ascii' codec can't decode byte 0x{first:02x} in position {at}: ordinal not in range(128)"
        )
    reason = "invalid start byte"
    if is_lead(first):
        is_end = at + size == len(data)
        reason = "unexpected end of data" if is_end else "invalid continuation byte"
    if size == 1:
        raise UnicodeDecodeError(
            f"'utf-8' codec can't decode byte 0x{first:02x} in position {at}: {reason}"
        )
    raise UnicodeDecodeError(
        f"'utf-8' codec can't decode bytes in position {at}-{at + size - 1}: {reason}"
    )


def hex(data: Slice[u8], sep: str = "", bytes_per_sep: int = 1) -> str:
    """Return two hexadecimal digits for each byte.

    sep: one character, put between groups that are counted from the end, or from the front if
    `bytes_per_sep` is negative.
    """
    out = Building(len(data) * 2)
    group = bytes_per_sep if bytes_per_sep > 0 else -bytes_per_sep
    for index in range(len(data)):
        position = int(len(data) - index) if bytes_per_sep > 0 else int(index)
        if index > 0 and group > 0 and position % group == 0:
            out.add_text(sep)
        out.add(DIGITS[data[index] >> 4 : (data[index] >> 4) + 1], 1)
        out.add(DIGITS[data[index] & 15 : (data[index] & 15) + 1], 1)
    return out.finish()


def fromhex(text: str) -> bytes:
    """Return the bytes that pairs of hexadecimal digits say, with white space between some.

    Raises:
        ValueError: something else is there.
    """
    data = text.encode()
    made = list[int]()
    at: u64 = 0
    while at < len(data):
        if is_space(data[at]):
            at += 1
            continue
        first = digit_value(data[at])
        second = digit_value(data[at + 1]) if at + 1 < len(data) else -1
        if first < 0 or second < 0:
            position = at if first < 0 else at + 1
            raise ValueError(
                f"non-hexadecimal number found in fromhex() arg at position {position}"
            )
        made.append(first * 16 + second)
        at += 2
    return of_numbers(made)


def digit_value(byte: u8) -> int:
    """Return what a hexadecimal digit stands for; -1 if it is none."""
    if ord("0") <= byte <= ord("9"):
        return int(byte) - ord("0")
    small = byte | CASE_BIT
    return int(small) - ord("a") + 10 if ord("a") <= small <= ord("f") else -1
