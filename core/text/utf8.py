"""UTF-8: one to four bytes for each code point.

    bytes   code points         first     then
    1       0000 - 007F         0xxxxxxx
    2       0080 - 07FF         110xxxxx  10xxxxxx
    3       0800 - FFFF         1110xxxx  10xxxxxx 10xxxxxx
    4       10000 - 10FFFF      11110xxx  10xxxxxx 10xxxxxx 10xxxxxx

Only the shortest form is valid, and D800 - DFFF (surrogates) are no code points.

Source: The Unicode Standard 15.0, section 3.9, table 3-7.
"""

from __future__ import annotations

from core import memory
from lang import Slice, cold, irq_safe, u8, u32, usize

REPLACEMENT = 0xFFFD  # stands for what cannot be decoded
LARGEST = 0x10FFFF


@irq_safe
def is_valid(data: Slice[u8]) -> bool:
    """Tell whether the bytes are UTF-8 as a whole."""
    return find_invalid(data) == len(data)


@irq_safe
def find_invalid(data: Slice[u8]) -> usize:
    """Return where the first sequence that is not UTF-8 starts; the length if there is none."""
    position = memory.find_non_ascii(data)
    while position < len(data):
        size = sequence_size(data[position:])
        if size == 0:
            return position
        position += size
        position += memory.find_non_ascii(data[position:])
    return position


@irq_safe
def sequence_size(data: Slice[u8]) -> usize:
    """Return how many bytes the first code point takes; 0 if they are not valid, or none there."""
    available = len(data)
    if available == 0:
        return 0
    first = data[0]
    if first < 0x80:
        return 1
    if first < 0xC2 or first > 0xF4:  # a continuation, an overlong form, beyond the last code point
        return 0
    if available < 2 or not _is_continuation(data[1]):
        return 0
    if first < 0xE0:
        return 2
    if not _is_second_byte(first, data[1]) or available < 3 or not _is_continuation(data[2]):
        return 0
    if first < 0xF0:
        return 3
    if available < 4 or not _is_continuation(data[3]):
        return 0
    return 4


@irq_safe
def decode(data: Slice[u8]) -> tuple[u32, usize]:
    """Return the first code point and its size in bytes, of at least one byte.

    What is not valid gives REPLACEMENT and the size 1: skip that byte and go on.
    """
    size = sequence_size(data)
    first = u32(data[0])
    if size == 1:
        return first, size
    if size == 2:
        return (first & 0x1F) << 6 | _payload(data[1]), size
    if size == 3:
        return (first & 0x0F) << 12 | _payload(data[1]) << 6 | _payload(data[2]), size
    if size == 4:
        high = (first & 0x07) << 18 | _payload(data[1]) << 12
        return high | _payload(data[2]) << 6 | _payload(data[3]), size
    return u32(REPLACEMENT), usize(1)


@irq_safe
def encode(code_point: u32, into: Slice[u8]) -> usize:
    """Write a code point to the front of at least 4 bytes, and return how many it took.

    A surrogate, or a number beyond the last code point, is written as REPLACEMENT.
    """
    if code_point < 0x80:
        into[0] = u8(code_point)
        return 1
    if code_point < 0x800:
        into[0] = u8(0xC0 | code_point >> 6)
        into[1] = _continuation(code_point)
        return 2
    if code_point > LARGEST or 0xD800 <= code_point <= 0xDFFF:
        return _encode_replacement(into)
    if code_point < 0x10000:
        into[0] = u8(0xE0 | code_point >> 12)
        into[1] = _continuation(code_point >> 6)
        into[2] = _continuation(code_point)
        return 3
    into[0] = u8(0xF0 | code_point >> 18)
    into[1] = _continuation(code_point >> 12)
    into[2] = _continuation(code_point >> 6)
    into[3] = _continuation(code_point)
    return 4


@irq_safe
def count(data: Slice[u8]) -> usize:
    """Return how many code points valid UTF-8 holds."""
    total: usize = 0
    for byte in data:
        if not _is_continuation(byte):
            total += 1
    return total


@irq_safe
def prefix_size(data: Slice[u8], code_points: usize) -> usize:
    """Return the bytes that the first `code_points` code points of valid UTF-8 take, or all."""
    seen: usize = 0
    for position in range(len(data)):
        if not _is_continuation(data[position]):
            if seen == code_points:
                return position
            seen += 1
    return len(data)


@irq_safe
def floor_boundary(data: Slice[u8], limit: usize) -> usize:
    """Return the largest position up to `limit`, which is in the data, where a code point starts."""
    position = limit
    while position > 0 and _is_continuation(data[position]):
        position -= 1
    return position


@irq_safe
def whole_size(data: Slice[u8]) -> usize:
    """Return how many bytes there are before a code point that has begun, and may go on behind the data."""
    size = len(data)
    for back in range(1, min(size, 3) + 1):
        first = data[size - back]
        if not _is_continuation(first):
            return size - back if back < _size_from(first) else size
    return size


def _size_from(first: u8) -> usize:
    """Return how many bytes a code point takes that begins so; 1 if none does."""
    if first < 0xC2 or first > 0xF4:
        return 1
    if first < 0xE0:
        return 2
    return 3 if first < 0xF0 else 4


def _is_continuation(byte: u8) -> bool:
    return byte & 0xC0 == 0x80


def _is_second_byte(first: u8, second: u8) -> bool:
    """Tell whether `second` may follow a first byte of a sequence of three or four."""
    if first == 0xE0:
        return second >= 0xA0  # below would be overlong
    if first == 0xED:
        return second < 0xA0  # from there on are the surrogates
    if first == 0xF0:
        return second >= 0x90
    if first == 0xF4:
        return second < 0x90  # from there on is beyond the last code point
    return True


def _payload(byte: u8) -> u32:
    return u32(byte & 0x3F)


def _continuation(bits: u32) -> u8:
    return u8(0x80 | bits & 0x3F)


@cold
def _encode_replacement(into: Slice[u8]) -> usize:
    into[0] = 0xEF
    into[1] = 0xBF
    into[2] = 0xBD
    return 3
