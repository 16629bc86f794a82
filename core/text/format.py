"""Values as text, exactly as Python writes them.

`write_...` is the value alone, as in f"{x}"; `format_...` obeys a specification, as in f"{x:08x}". A
number is laid out as

    padding  sign  prefix  padding  digits  padding

with the padding in one of three places, or on both sides. Where zeros pad a grouped number they are
digits and are grouped with it: f"{1234:010,}" is 00,001,234.

Source: Python Library Reference, "Format Specification Mini-Language"; CPython,
Python/formatter_unicode.c, for what the reference leaves open.
"""

from __future__ import annotations

from typing import Final

from core.text import utf8
from core.text.buffer import TextBuffer
from core.text.format_spec import Align, FormatSpec, Kind
from lang import (
    Array,
    Slice,
    comptime,
    i64,
    i128,
    irq_safe,
    truncate,
    u8,
    u32,
    u64,
    u128,
    usize,
    wrapping_neg,
)

MINUS: Final = u8(ord("-"))
ZERO: Final = u8(ord("0"))
LOWER_DIGITS: Final = b"0123456789abcdef"
UPPER_DIGITS: Final = b"0123456789ABCDEF"
CHUNK: Final = u64(10**19)  # the largest power of ten in 64 bits
CHUNK_DIGITS: Final = 19


@comptime
def _decimal_pairs() -> bytes:
    """Return 00, 01, ... 99 in a row."""
    return b"".join(b"%02d" % number for number in range(100))


PAIRS: Final = _decimal_pairs()


@irq_safe
def write_u64(out: TextBuffer, value: u64) -> None:
    digits = Array[u8, 20]()
    start = _put_decimal(value, digits[:])
    out.write(digits[start:])


@irq_safe
def write_i64(out: TextBuffer, value: i64) -> None:
    if value < 0:
        out.write_byte(MINUS)
    write_u64(out, _magnitude(value))


@irq_safe
def write_u128(out: TextBuffer, value: u128) -> None:
    digits = Array[u8, 39]()
    start = _put_long_decimal(value, digits[:])
    out.write(digits[start:])


@irq_safe
def write_i128(out: TextBuffer, value: i128) -> None:
    if value < 0:
        out.write_byte(MINUS)
    write_u128(out, _long_magnitude(value))


@irq_safe
def write_bool(out: TextBuffer, value: bool) -> None:
    out.write(b"True" if value else b"False")


@irq_safe
def write_text(out: TextBuffer, text: Slice[u8]) -> None:
    out.write(text)


@irq_safe
def write_address(out: TextBuffer, address: u64) -> None:
    """Write an address as Python writes one: 0x and lower-case digits."""
    digits = Array[u8, 16]()
    start = _put_bits(address, digits[:], 4, LOWER_DIGITS)
    out.write(b"0x")
    out.write(digits[start:])


@irq_safe
def format_u64(out: TextBuffer, value: u64, spec: FormatSpec) -> None:
    digits = Array[u8, 64]()
    start = _put_digits(value, digits[:], spec)
    _write_number(out, digits[start:], False, spec)


@irq_safe
def format_i64(out: TextBuffer, value: i64, spec: FormatSpec) -> None:
    digits = Array[u8, 64]()
    start = _put_digits(_magnitude(value), digits[:], spec)
    _write_number(out, digits[start:], value < 0, spec)


@irq_safe
def format_u128(out: TextBuffer, value: u128, spec: FormatSpec) -> None:
    digits = Array[u8, 128]()
    start = _put_long_digits(value, digits[:], spec)
    _write_number(out, digits[start:], False, spec)


@irq_safe
def format_i128(out: TextBuffer, value: i128, spec: FormatSpec) -> None:
    digits = Array[u8, 128]()
    start = _put_long_digits(_long_magnitude(value), digits[:], spec)
    _write_number(out, digits[start:], value < 0, spec)


@irq_safe
def format_bool(out: TextBuffer, value: bool, spec: FormatSpec) -> None:
    """Write the number that the truth value is, as Python does when there is a specification."""
    format_u64(out, 1 if value else 0, spec)


def code_point(value: i64) -> u32:
    """Return the code point that a number is, before it is written as a character.

    Raises:
        OverflowError: it is none.
    """
    if value < 0 or value > utf8.LARGEST:
        raise OverflowError
    return u32(value)


@irq_safe
def format_character(out: TextBuffer, character: u32, spec: FormatSpec) -> None:
    """Write the character of a code point: the type 'c'."""
    encoded = Array[u8, 4]()
    size = utf8.encode(character, encoded[:])
    _write_padded(out, encoded[:size], 1, Align.RIGHT, spec)


@irq_safe
def format_text(out: TextBuffer, text: Slice[u8], spec: FormatSpec) -> None:
    """Write UTF-8; the width and the precision count code points."""
    shown = text
    if spec.precision >= 0:
        shown = text[: utf8.prefix_size(text, usize(spec.precision))]
    _write_padded(out, shown, utf8.count(shown), Align.LEFT, spec)


def _write_padded(
    out: TextBuffer, text: Slice[u8], width: usize, default_align: Align, spec: FormatSpec
) -> None:
    """Write text of `width` code points, padded to the width of the specification."""
    padding = _excess(usize(spec.width), width)
    left: usize = 0
    match _alignment(spec, default_align):
        case Align.RIGHT | Align.INSIDE:
            left = padding
        case Align.CENTRE:
            left = padding // 2
    _write_fill(out, spec.fill, left)
    out.write(text)
    _write_fill(out, spec.fill, padding - left)


def _write_number(out: TextBuffer, digits: Slice[u8], is_negative: bool, spec: FormatSpec) -> None:
    """Write digits with everything that the specification puts around and between them."""
    align = _alignment(spec, Align.RIGHT)
    sign = _sign(is_negative, spec)
    prefix = _prefix(spec)
    around = len(prefix) + (1 if sign != 0 else 0)
    group = _group_size(spec)

    digit_count = len(digits)
    if align == Align.INSIDE and spec.fill == u32(ZERO):
        digit_count = _digits_to_fill(_excess(usize(spec.width), around), digit_count, group)
    body = digit_count
    if group > 0:
        body += (digit_count - 1) // group
    padding = _excess(usize(spec.width), around + body)

    left: usize = 0
    inside: usize = 0
    match align:
        case Align.RIGHT:
            left = padding
        case Align.INSIDE:
            inside = padding
        case Align.CENTRE:
            left = padding // 2

    _write_fill(out, spec.fill, left)
    if sign != 0:
        out.write_byte(sign)
    out.write(prefix)
    _write_fill(out, spec.fill, inside)
    _write_grouped(out, digits, digit_count, group, spec.grouping)
    _write_fill(out, spec.fill, padding - left - inside)


@irq_safe
def lay_out(out: TextBuffer, body: Slice[u8], is_negative: bool, spec: FormatSpec) -> None:
    """Write a number whose digits are text already, with its sign, in a field.

    The digits that it starts with are grouped, and zeros that fill the field are grouped with them.
    """
    sign = _sign(is_negative, spec)
    around: usize = 1 if sign != 0 else 0
    align = _alignment(spec, Align.RIGHT)
    whole: usize = 0
    while whole < len(body) and ZERO <= body[whole] <= ZERO + 9:
        whole += 1
    group: usize = 3 if spec.grouping != 0 else 0
    rest = body[whole:]

    digit_count = whole
    if align == Align.INSIDE and spec.fill == u32(ZERO) and whole > 0:
        room = _excess(usize(spec.width), around + len(rest))
        digit_count = _digits_to_fill(room, whole, group)
    columns = digit_count
    if group > 0 and digit_count > 0:
        columns += (digit_count - 1) // group
    padding = _excess(usize(spec.width), around + columns + len(rest))
    left: usize = 0
    inside: usize = 0
    match align:
        case Align.RIGHT:
            left = padding
        case Align.INSIDE:
            inside = padding
        case Align.CENTRE:
            left = padding // 2

    _write_fill(out, spec.fill, left)
    if sign != 0:
        out.write_byte(sign)
    _write_fill(out, spec.fill, inside)
    _write_grouped(out, body[:whole], digit_count, group, spec.grouping)
    out.write(rest)
    _write_fill(out, spec.fill, padding - left - inside)


def _write_grouped(
    out: TextBuffer, digits: Slice[u8], digit_count: usize, group: usize, separator: u8
) -> None:
    """Write `digit_count` digits, the missing ones as zeros in front, in groups if `group` > 0."""
    zeros = digit_count - len(digits)
    if group == 0:
        out.write_repeated(ZERO, zeros)
        out.write(digits)
        return
    for position in range(digit_count):
        if position > 0 and (digit_count - position) % group == 0:
            out.write_byte(separator)
        out.write_byte(ZERO if position < zeros else digits[position - zeros])


def _digits_to_fill(width: usize, digit_count: usize, group: usize) -> usize:
    """Return how many digits, with the separators between them, take at least `width` columns."""
    if group == 0:
        return max(width, digit_count)
    needed = width - width // (group + 1)
    if needed > 0 and needed + (needed - 1) // group < width:
        needed += 1  # a separator cannot come first
    return max(needed, digit_count)


def _write_fill(out: TextBuffer, fill: u32, count: usize) -> None:
    if fill < 0x80:
        out.write_repeated(u8(fill), count)
        return
    character = Array[u8, 4]()
    size = utf8.encode(fill, character[:])
    for _ in range(count):
        out.write(character[:size])


def _alignment(spec: FormatSpec, default: Align) -> Align:
    """Return the alignment where `default` is that of the type: RIGHT for numbers."""
    match spec.align:
        case Align.DEFAULT:
            return default
        case Align.ZEROS:
            return Align.INSIDE if default == Align.RIGHT else default
    return spec.align


def _sign(is_negative: bool, spec: FormatSpec) -> u8:
    """Return the character that stands for the sign; 0 for none."""
    if is_negative:
        return MINUS
    return 0 if spec.sign == MINUS else spec.sign


def _prefix(spec: FormatSpec) -> Slice[u8]:
    """Return what names the base."""
    if spec.is_alternate:
        match spec.kind:
            case Kind.BINARY:
                return b"0b"
            case Kind.OCTAL:
                return b"0o"
            case Kind.HEX:
                return b"0x"
            case Kind.UPPER_HEX:
                return b"0X"
    return b""


def _group_size(spec: FormatSpec) -> usize:
    """Return how many digits stand between separators; 0 without them."""
    if spec.grouping == 0:
        return 0
    return 3 if spec.kind == Kind.DEFAULT or spec.kind == Kind.DECIMAL else 4


def _put_digits(value: u64, into: Slice[u8], spec: FormatSpec) -> usize:
    """Write the digits at the end of `into`, in the base of the specification; return the start."""
    match spec.kind:
        case Kind.BINARY:
            return _put_bits(value, into, 1, LOWER_DIGITS)
        case Kind.OCTAL:
            return _put_bits(value, into, 3, LOWER_DIGITS)
        case Kind.HEX:
            return _put_bits(value, into, 4, LOWER_DIGITS)
        case Kind.UPPER_HEX:
            return _put_bits(value, into, 4, UPPER_DIGITS)
    return _put_decimal(value, into)


def _put_long_digits(value: u128, into: Slice[u8], spec: FormatSpec) -> usize:
    match spec.kind:
        case Kind.BINARY:
            return _put_long_bits(value, into, 1, LOWER_DIGITS)
        case Kind.OCTAL:
            return _put_long_bits(value, into, 3, LOWER_DIGITS)
        case Kind.HEX:
            return _put_long_bits(value, into, 4, LOWER_DIGITS)
        case Kind.UPPER_HEX:
            return _put_long_bits(value, into, 4, UPPER_DIGITS)
    return _put_long_decimal(value, into)


def _put_decimal(value: u64, into: Slice[u8]) -> usize:
    """Write decimal digits at the end of `into`, two for each division; return the start."""
    position = len(into)
    rest = value
    while rest >= 100:
        pair = usize(rest % 100) * 2
        rest //= 100
        position -= 2
        into[position] = PAIRS[pair]
        into[position + 1] = PAIRS[pair + 1]
    if rest >= 10:
        position -= 2
        into[position] = PAIRS[rest * 2]
        into[position + 1] = PAIRS[rest * 2 + 1]
        return position
    position -= 1
    into[position] = ZERO + truncate(u8, rest)
    return position


def _put_long_decimal(value: u128, into: Slice[u8]) -> usize:
    """Write decimal digits in chunks that 64 bits hold."""
    end = len(into)
    rest = value
    while rest >= CHUNK:
        chunk = u64(rest % CHUNK)
        rest //= CHUNK
        start = _put_decimal(chunk, into[:end])
        end -= CHUNK_DIGITS
        into[end:start].fill(ZERO)
    return _put_decimal(u64(rest), into[:end])


def _put_bits(value: u64, into: Slice[u8], width: u32, symbols: Slice[u8]) -> usize:
    """Write digits of `width` bits each at the end of `into`; return the start."""
    mask = (u64(1) << width) - 1
    position = len(into)
    rest = value
    while True:
        position -= 1
        into[position] = symbols[rest & mask]
        rest >>= width
        if rest == 0:
            return position


def _put_long_bits(value: u128, into: Slice[u8], width: u32, symbols: Slice[u8]) -> usize:
    mask = (u64(1) << width) - 1
    position = len(into)
    rest = value
    while True:
        position -= 1
        into[position] = symbols[truncate(u64, rest) & mask]
        rest >>= width
        if rest == 0:
            return position


def _magnitude(value: i64) -> u64:
    bits = truncate(u64, value)
    return wrapping_neg(bits) if value < 0 else bits


def _long_magnitude(value: i128) -> u128:
    bits = truncate(u128, value)
    return wrapping_neg(bits) if value < 0 else bits


def _excess(a: usize, b: usize) -> usize:
    """Return by how much `a` is above `b`; 0 if it is not."""
    return a - b if a > b else usize(0)
