"""Copying, moving, filling and comparing bytes.

Short runs take a pair of loads from the two ends, which overlap in the middle, so that no loop and no
branch on the exact length is needed. Longer ones move eight words at a time, and long ones are left to
the processor's string instructions, which take a while to start. LLVM calls these functions by their C
names; they must not be compiled into calls of themselves, and they raise nothing, so they count with
pointers, whose arithmetic is not checked.

Words are loaded and stored at any alignment, which x86_64 allows at no or little cost.
"""

from __future__ import annotations

from typing import Final

from core.cpu import page, string
from lang import (
    Ptr,
    Slice,
    byte_swap,
    export,
    i32,
    inline,
    irq_safe,
    no_raise,
    packed,
    trailing_zeros,
    truncate,
    u8,
    u16,
    u32,
    u64,
    usize,
    wrapping_mul,
    wrapping_sub,
)

BLOCK: Final = 64  # bytes of a round of the loops
LONG: Final = 256  # bytes from which on a string instruction is faster
WHOLE_WORDS: Final = ~7  # what of a size is whole words
EACH_BYTE: Final = u64(0x0101_0101_0101_0101)  # times a byte: that byte eight times
HIGH_BITS: Final = u64(0x8080_8080_8080_8080)
ALL_BITS: Final = u64(0xFFFF_FFFF_FFFF_FFFF)
LEAST_INSIDE: Final = u8(0x21)  # of the bytes inside a word
LEAST_INSIDES: Final = u64(0x2121_2121_2121_2121)


@packed
class _Bytes8:
    """Eight bytes, wherever they lie."""

    value: u64


@packed
class _Bytes4:
    value: u32


@packed
class _Bytes2:
    value: u16


@export("memcpy")
@irq_safe
@no_raise
def copy(target: Ptr[u8], source: Ptr[u8], size: usize) -> Ptr[u8]:
    """Copy bytes to where none of the source's lies; return `target`."""
    if size <= 16:
        _copy_short(target, source, size)
    else:
        _copy_forward(target, source, size)
    return target


@export("memmove")
@irq_safe
@no_raise
def move(target: Ptr[u8], source: Ptr[u8], size: usize) -> Ptr[u8]:
    """Copy bytes as if through a place in between; return `target`."""
    if size <= 16:
        _copy_short(target, source, size)
    elif wrapping_sub(target.address, source.address) < size:
        _copy_backward(target, source, size)
    else:
        _copy_forward(target, source, size)
    return target


@export("memset")
@irq_safe
@no_raise
def fill(target: Ptr[u8], value: i32, size: usize) -> Ptr[u8]:
    """Give each byte the low byte of `value`; return `target`."""
    pattern = wrapping_mul(EACH_BYTE, u64(truncate(u8, value)))
    if size < 8:
        _fill_short(target, pattern, size)
        return target

    stop = target + size
    at = target
    if size >= LONG:
        string.fill_words(at, pattern, size >> 3)
        at = target + (size & WHOLE_WORDS)
    while stop - at >= BLOCK:
        _store8(at, pattern)
        _store8(at + 8, pattern)
        _store8(at + 16, pattern)
        _store8(at + 24, pattern)
        _store8(at + 32, pattern)
        _store8(at + 40, pattern)
        _store8(at + 48, pattern)
        _store8(at + 56, pattern)
        at += BLOCK
    while stop - at >= 8:
        _store8(at, pattern)
        at += 8
    _store8(stop - 8, pattern)
    return target


@export("memcmp")
@irq_safe
@no_raise
def compare(a: Ptr[u8], b: Ptr[u8], size: usize) -> i32:
    """Return a number below, at or above 0 as the bytes of `a` sort before, with or after `b`."""
    if size < 8:
        return _compare_short(a, b, size)
    stop = a + size
    left = a
    right = b
    while stop - left > 8:
        difference = _order(load8(left), load8(right))
        if difference != 0:
            return difference
        left += 8
        right += 8
    return _order(load8(stop - 8), load8(b + (size - 8)))  # the rest, and perhaps equal ones


@irq_safe
def find_byte(data: Slice[u8], byte: u8) -> usize:
    """Return where the byte comes first; the length if it does not.

    Eight bytes at a time: a byte of x is zero exactly where (x - 01..01) & ~x & 80..80 has its first
    bit set ("Hacker's Delight", section 6-1).
    """
    pattern = wrapping_mul(EACH_BYTE, u64(byte))
    start = data.pointer
    stop = start + len(data)
    at = start
    while stop - at >= 8:
        word = load8(at) ^ pattern
        zeros = wrapping_sub(word, EACH_BYTE) & ~word & HIGH_BITS
        if zeros != 0:
            return usize(at - start) + (trailing_zeros(zeros) >> 3)
        at += 8
    while at < stop and at[0] != byte:
        at += 1
    return usize(at - start)


@irq_safe
def find_edge(data: Slice[u8]) -> usize:
    """Return where the first byte is that may end a word, up to 20 or above 7F; the length if there is none.

    Eight bytes at a time: taking 21 from each sets its first bit if it was less, and those above it may then be
    wrong, but not the lowest.
    """
    start = data.pointer
    stop = start + len(data)
    at = start
    while stop - at >= 8:
        word = load8(at)
        edges = (wrapping_sub(word, LEAST_INSIDES) | word) & HIGH_BITS
        if edges != 0:
            return usize(at - start) + (trailing_zeros(edges) >> 3)
        at += 8
    while at < stop and LEAST_INSIDE <= at[0] < 0x80:
        at += 1
    return usize(at - start)


@irq_safe
def find_non_ascii(data: Slice[u8]) -> usize:
    """Return where the first byte above 7F is; the length if there is none."""
    start = data.pointer
    stop = start + len(data)
    at = start
    while stop - at >= 8:
        high = load8(at) & HIGH_BITS
        if high != 0:
            return usize(at - start) + (trailing_zeros(high) >> 3)
        at += 8
    while at < stop and at[0] < 0x80:
        at += 1
    return usize(at - start)


@inline
def _copy_short(target: Ptr[u8], source: Ptr[u8], size: usize) -> None:
    """Copy up to 16 bytes; all are loaded before the first is stored, so they may overlap."""
    source_stop = source + size
    target_stop = target + size
    if size >= 8:
        first8 = load8(source)
        last8 = load8(source_stop - 8)
        _store8(target, first8)
        _store8(target_stop - 8, last8)
    elif size >= 4:
        first4 = source.cast(_Bytes4).value
        last4 = (source_stop - 4).cast(_Bytes4).value
        target.cast(_Bytes4).value = first4
        (target_stop - 4).cast(_Bytes4).value = last4
    elif size >= 2:
        first2 = source.cast(_Bytes2).value
        last2 = (source_stop - 2).cast(_Bytes2).value
        target.cast(_Bytes2).value = first2
        (target_stop - 2).cast(_Bytes2).value = last2
    elif size == 1:
        target[0] = source[0]


def _copy_forward(target: Ptr[u8], source: Ptr[u8], size: usize) -> None:
    """Copy more than 16 bytes from the front to the back.

    The last two words are loaded first: the source's end may lie where the loop stores.
    """
    source_stop = source + size
    target_stop = target + size
    before_last = load8(source_stop - 16)
    last = load8(source_stop - 8)
    to = target
    at = source
    if size >= LONG:
        string.copy_words(to, at, size >> 3)
        to = target + (size & WHOLE_WORDS)
        at = source + (size & WHOLE_WORDS)
    while source_stop - at >= BLOCK:
        _copy16(to, at)
        _copy16(to + 16, at + 16)
        _copy16(to + 32, at + 32)
        _copy16(to + 48, at + 48)
        to += BLOCK
        at += BLOCK
    while source_stop - at > 16:
        _copy16(to, at)
        to += 16
        at += 16
    _store8(target_stop - 16, before_last)
    _store8(target_stop - 8, last)


def _copy_backward(target: Ptr[u8], source: Ptr[u8], size: usize) -> None:
    """Copy more than 16 bytes from the back to the front; the first two words are loaded first."""
    first = load8(source)
    second = load8(source + 8)
    to = target + size
    at = source + size
    while at - source >= BLOCK:
        to -= BLOCK
        at -= BLOCK
        _copy16(to + 48, at + 48)
        _copy16(to + 32, at + 32)
        _copy16(to + 16, at + 16)
        _copy16(to, at)
    while at - source > 16:
        to -= 16
        at -= 16
        _copy16(to, at)
    _store8(target, first)
    _store8(target + 8, second)


@inline
def _copy16(target: Ptr[u8], source: Ptr[u8]) -> None:
    """Copy two words, both loaded before the first is stored."""
    low = load8(source)
    high = load8(source + 8)
    _store8(target, low)
    _store8(target + 8, high)


@inline
@export("bcmp")
@irq_safe
@no_raise
def differ(a: Ptr[u8], b: Ptr[u8], size: usize) -> i32:
    """Return 0 exactly if the bytes are the same."""
    if wrapping_sub(size, 1) < 8 and page.has_word(a) and page.has_word(b):
        return i32(_low_bytes(load8(a) ^ load8(b), size) != 0)
    return compare(a, b, size)


@inline
def _fill_short(target: Ptr[u8], pattern: u64, size: usize) -> None:
    """Fill up to 7 bytes."""
    stop = target + size
    if size >= 4:
        target.cast(_Bytes4).value = truncate(u32, pattern)
        (stop - 4).cast(_Bytes4).value = truncate(u32, pattern)
    elif size >= 2:
        target.cast(_Bytes2).value = truncate(u16, pattern)
        (stop - 2).cast(_Bytes2).value = truncate(u16, pattern)
    elif size == 1:
        target[0] = truncate(u8, pattern)


@inline
def _compare_short(a: Ptr[u8], b: Ptr[u8], size: usize) -> i32:
    """Compare up to 7 bytes: both ends of 4 bytes or more, which may overlap, each end first in its word."""
    if size >= 4:
        low_a, low_b = u64(a.cast(_Bytes4).value), u64(b.cast(_Bytes4).value)
        last = size - 4
        high_a, high_b = (a + last).cast(_Bytes4).value, (b + last).cast(_Bytes4).value
        return _order(low_a | u64(high_a) << 32, low_b | u64(high_b) << 32)
    for index in range(size):
        if a[index] != b[index]:
            return -1 if a[index] < b[index] else 1
    return 0


@inline
def _order(a: u64, b: u64) -> i32:
    """Compare eight bytes, the one at the lowest address counting most."""
    if a == b:
        return 0
    return -1 if byte_swap(a) < byte_swap(b) else 1


@inline
@no_raise
def load8(place: Ptr[u8]) -> u64:
    """Return eight bytes from anywhere, the first the lowest."""
    return place.cast(_Bytes8).value


@inline
@no_raise
def load4(place: Ptr[u8]) -> u32:
    """Return four bytes from anywhere, the first the lowest."""
    return place.cast(_Bytes4).value


@inline
@no_raise
def load_up_to_8(place: Ptr[u8], size: usize) -> u64:
    """Return one to eight bytes from anywhere, the first the lowest, and zeros above them."""
    if page.has_word(place):
        return _low_bytes(load8(place), size)
    word: u64 = 0
    for index in range(size):
        word |= u64(place[index]) << (8 * index)
    return word


@inline
@no_raise
def _low_bytes(word: u64, size: usize) -> u64:
    """Return one to eight bytes of a word, without those above."""
    return word & ALL_BITS >> (wrapping_sub(64, 8 * size) & 63)


@inline
def _store8(place: Ptr[u8], word: u64) -> None:
    place.cast(_Bytes8).value = word
