"""The repr() of text and bytes: quoted, with what cannot be printed written as escapes.

What can be printed is decided by the Unicode tables of the Python that compiles this.

Source: Python Library Reference, `repr`, `ascii`, `str.isprintable`.
"""

from __future__ import annotations

from typing import Final

from core import memory
from core.text import utf8
from core.text.buffer import TextBuffer
from lang import Array, Slice, comptime, irq_safe, truncate, u8, u32, usize

QUOTE: Final = u8(ord("'"))
DOUBLE_QUOTE: Final = u8(ord('"'))
BACKSLASH: Final = u8(ord("\\"))
FIRST_PLAIN: Final = u32(0x20)
LAST_ASCII: Final = u32(0x7E)  # that can be printed
DIGITS: Final = b"0123456789abcdef"


@comptime
def _printable_borders() -> Array:
    """Return the code points beyond ASCII at which being printable begins or ends, in turn."""
    borders = [
        code
        for code in range(0x80, utf8.LARGEST + 1)
        if chr(code).isprintable() != chr(code - 1).isprintable()
    ]
    return Array[u32, len(borders)](*borders)


BORDERS: Final = _printable_borders()  # before the first, 007F to 00A0, nothing is printable


@irq_safe
def write_repr(out: TextBuffer, text: Slice[u8]) -> None:
    """Write what repr() of the text is."""
    _write_quoted(out, text, utf8.LARGEST)


@irq_safe
def write_ascii(out: TextBuffer, text: Slice[u8]) -> None:
    """Write what ascii() of the text is."""
    _write_quoted(out, text, LAST_ASCII)


@irq_safe
def write_bytes_repr(out: TextBuffer, data: Slice[u8]) -> None:
    """Write what repr() of the bytes is."""
    quote = _quote_for(data)
    out.write_byte(ord("b"))
    out.write_byte(quote)
    for byte in data:
        if byte == quote or byte == BACKSLASH:
            out.write_byte(BACKSLASH)
            out.write_byte(byte)
        elif FIRST_PLAIN <= byte <= LAST_ASCII:
            out.write_byte(byte)
        elif not _write_short_escape(out, u32(byte)):
            _write_hex(out, ord("x"), u32(byte), 2)
    out.write_byte(quote)


@irq_safe
def is_printable(code_point: u32) -> bool:
    """Tell whether the character can be shown as it is (str.isprintable)."""
    if code_point < 0x80:
        return FIRST_PLAIN <= code_point <= LAST_ASCII
    low = usize(0)
    high = usize(len(BORDERS))
    while low < high:
        middle = (low + high) // 2
        if BORDERS[middle] <= code_point:
            low = middle + 1
        else:
            high = middle
    return low % 2 == 1


def _write_quoted(out: TextBuffer, text: Slice[u8], last_plain: u32) -> None:
    """Write UTF-8 in quotes, with escapes for what lies beyond `last_plain` or is not printable."""
    quote = _quote_for(text)
    out.write_byte(quote)
    position = usize(0)
    while position < len(text):
        code_point, size = utf8.decode(text[position:])
        if code_point == quote or code_point == BACKSLASH:
            out.write_byte(BACKSLASH)
            out.write_byte(truncate(u8, code_point))
        elif code_point <= last_plain and is_printable(code_point):
            out.write(text[position : position + size])
        elif not _write_short_escape(out, code_point):
            _write_code_point(out, code_point)
        position += size
    out.write_byte(quote)


def _quote_for(text: Slice[u8]) -> u8:
    """Return the single quote, unless the text has one and no double quote."""
    size = len(text)
    if memory.find_byte(text, QUOTE) < size and memory.find_byte(text, DOUBLE_QUOTE) == size:
        return DOUBLE_QUOTE
    return QUOTE


def _write_short_escape(out: TextBuffer, code_point: u32) -> bool:
    r"""Write \t, \n or \r; return False if the character is none of them."""
    match code_point:
        case 0x09:
            out.write(b"\\t")
        case 0x0A:
            out.write(b"\\n")
        case 0x0D:
            out.write(b"\\r")
        case _:
            return False
    return True


def _write_code_point(out: TextBuffer, code_point: u32) -> None:
    if code_point < 0x100:
        _write_hex(out, ord("x"), code_point, 2)
    elif code_point < 0x10000:
        _write_hex(out, ord("u"), code_point, 4)
    else:
        _write_hex(out, ord("U"), code_point, 8)


def _write_hex(out: TextBuffer, letter: u8, value: u32, digits: u32) -> None:
    """Write a backslash, the letter, and the digits."""
    out.write_byte(BACKSLASH)
    out.write_byte(letter)
    shift = 4 * digits
    while shift > 0:
        shift -= 4
        out.write_byte(DIGITS[value >> shift & 0xF])
