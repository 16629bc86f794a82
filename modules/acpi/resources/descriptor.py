"""Descriptors: a buffer of them, cut into pieces.

    small    0 tttt lll              a tag, and 0 to 7 bytes
    large    1 ttttttt, 16 bits      a tag, and as many bytes as the two bytes behind it say
    the end  79 sum                  a small one; all bytes add up to 0, or its sum is 0 and says nothing

Source: ACPI 6.5, sections 6.4.2 and 6.4.3.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from core import endian
from lang import Slice, no_raise, over, struct, u8, u16, u32, u64, wrapping_add
from modules.acpi.aml.errors import BadResource

LARGE: Final[u8] = 0x80
SMALL_HEAD: Final[u64] = 1
LARGE_HEAD: Final[u64] = 3


@over(u8)
class Tag(IntEnum):
    """The kinds of descriptors: small ones by their four bits, large ones with the highest bit set."""

    IRQ = 0x04
    DMA = 0x05
    START_DEPENDENT = 0x06
    END_DEPENDENT = 0x07
    PORTS = 0x08
    FIXED_PORTS = 0x09
    FIXED_DMA = 0x0A
    SMALL_VENDOR = 0x0E
    END = 0x0F
    MEMORY_24 = 0x81
    GENERIC_REGISTER = 0x82
    VENDOR = 0x84
    MEMORY_32 = 0x85
    FIXED_MEMORY_32 = 0x86
    DOUBLE_WORD_SPACE = 0x87
    WORD_SPACE = 0x88
    INTERRUPTS = 0x89
    QUAD_WORD_SPACE = 0x8A
    EXTENDED_SPACE = 0x8B
    GPIO = 0x8C
    PIN_FUNCTION = 0x8D
    SERIAL_BUS = 0x8E
    PIN_CONFIGURATION = 0x8F
    PIN_GROUP = 0x90
    PIN_GROUP_FUNCTION = 0x91
    PIN_GROUP_CONFIGURATION = 0x92
    CLOCK_INPUT = 0x93


@struct
class Descriptor:
    """Where one descriptor is in a buffer."""

    tag: u8  # Tag
    start: u64
    body: u64  # where what its tag and length stand before begins
    end: u64


def at(data: Slice[u8], start: u64) -> Descriptor:
    """Return the descriptor at an offset.

    Raises:
        BadResource: it is not all in the buffer.
    """
    if start >= len(data):
        raise BadResource
    lead = data[start]
    if lead & LARGE == 0:
        found = Descriptor(lead >> 3, start, start + SMALL_HEAD, start + SMALL_HEAD + (lead & 7))
    elif len(data) - start < LARGE_HEAD:
        raise BadResource
    else:
        size = endian.load_u16(data, start + 1)
        found = Descriptor(lead, start, start + LARGE_HEAD, start + LARGE_HEAD + size)
    if found.end > len(data):
        raise BadResource
    return found


def check(data: Slice[u8]) -> None:
    """Refuse a buffer that is not descriptors up to an end, and nothing behind it.

    Raises:
        BadResource: it is none, or does not add up.
    """
    start: u64 = 0
    while True:
        each = at(data, start)
        start = each.end
        if each.tag == Tag.END:
            break
    if start != len(data) or start < 2:
        raise BadResource
    if data[start - 1] != 0 and total(data) != 0:
        raise BadResource


@no_raise
def total(data: Slice[u8]) -> u8:
    """Return the sum of all bytes, modulo 256."""
    result: u8 = 0
    for byte in data:
        result = wrapping_add(result, byte)
    return result


def byte(data: Slice[u8], offset: u64) -> u8:
    """Return a byte of a descriptor; `data` ends where it ends, here and below.

    Raises:
        BadResource: it is shorter.
    """
    if offset >= len(data):
        raise BadResource
    return data[offset]


def word(data: Slice[u8], offset: u64) -> u16:
    need(data, offset, 2)
    return endian.load_u16(data, offset)


def double_word(data: Slice[u8], offset: u64) -> u32:
    need(data, offset, 4)
    return endian.load_u32(data, offset)


def quad_word(data: Slice[u8], offset: u64) -> u64:
    need(data, offset, 8)
    return endian.load_u64(data, offset)


def need(data: Slice[u8], offset: u64, size: u64) -> None:
    """Refuse a descriptor that has fewer bytes."""
    if size > len(data) or offset > len(data) - size:
        raise BadResource


@no_raise
def text(data: Slice[u8], offset: u64) -> Slice[u8]:
    """Return the letters at an offset, up to a zero or the descriptor's end; none if it is shorter."""
    if offset >= len(data):
        return data[:0]
    end = offset
    while end < len(data) and data[end] != 0:
        end += 1
    return data[offset:end]
