"""Ranges of memory, ports and bus numbers among a device's resources.

Ten kinds of descriptors say the same in different sizes: from where to where a range may lie, how it is aligned, and how long
it is. A range that is fixed lies from its minimum on.

Source: ACPI 6.5, sections 6.4.2.5 (I/O ports), 6.4.2.6 (fixed ports), 6.4.3.1 to 6.4.3.4 (memory), 6.4.3.5 (address spaces).
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from lang import Slice, over, struct, u8, u64
from modules.acpi.aml.errors import BadResource
from modules.acpi.resources import descriptor
from modules.acpi.resources.descriptor import Descriptor, Tag

CONSUMER: Final[u8] = 1 << 0  # general flags of an address space
SUBTRACTIVE: Final[u8] = 1 << 1
MINIMUM_FIXED: Final[u8] = 1 << 2
MAXIMUM_FIXED: Final[u8] = 1 << 3
WRITABLE: Final[u8] = 1 << 0  # of memory
DECODES_16: Final[u8] = 1 << 0  # of ports
LAST_OLD_PORT: Final[u64] = 0x3FF  # of those that only ten bits of an address choose


@over(u8)
class Space(IntEnum):
    """What a range is of. ACPI 6.5, table 6.51; from 192 on it is its maker's."""

    MEMORY = 0
    PORTS = 1
    BUSES = 2
    PCC = 10


@struct
class Range:
    space: u8  # Space
    minimum: u64  # of its first address
    maximum: u64  # of its last; of a range that does not say where it ends, of its first
    granularity: u64  # alignment, or, of an address space, the bits that addresses may have
    length: u64
    translation: u64  # what is added on the other side of a bridge
    is_fixed: bool  # it is there already
    is_produced: bool  # the device has it to give to those below it
    is_subtractive: bool  # it is what nobody else takes
    is_writable: bool  # memory only
    cache: u8  # memory only: 0 none, 1 cacheable, 2 write combining, 3 prefetchable
    decodes_all: bool  # ports only: all 16 bits of an address count


def is_range(each: Descriptor) -> bool:
    match each.tag:
        case Tag.PORTS | Tag.FIXED_PORTS | Tag.MEMORY_24 | Tag.MEMORY_32 | Tag.FIXED_MEMORY_32:
            return True
        case Tag.WORD_SPACE | Tag.DOUBLE_WORD_SPACE | Tag.QUAD_WORD_SPACE | Tag.EXTENDED_SPACE:
            return True
        case _:
            return False


def read(data: Slice[u8], each: Descriptor) -> Range:
    """Return what a descriptor says.

    data: all descriptors.

    Raises:
        BadResource: it is of another kind, or too short.
    """
    part = data[each.start : each.end]
    match each.tag:
        case Tag.PORTS:
            return ports(part)
        case Tag.FIXED_PORTS:
            start = u64(descriptor.word(part, 1)) & LAST_OLD_PORT
            return plain(Space.PORTS, start, u64(descriptor.byte(part, 3)))
        case Tag.MEMORY_24:
            return memory_24(part)
        case Tag.MEMORY_32:
            return memory_32(part)
        case Tag.FIXED_MEMORY_32:
            start = u64(descriptor.double_word(part, 4))
            found = plain(Space.MEMORY, start, u64(descriptor.double_word(part, 8)))
            found.is_writable = part[3] & WRITABLE != 0
            return found
        case Tag.WORD_SPACE:
            return address_space(part, 6, 2)
        case Tag.DOUBLE_WORD_SPACE:
            return address_space(part, 6, 4)
        case Tag.QUAD_WORD_SPACE:
            return address_space(part, 6, 8)
        case Tag.EXTENDED_SPACE:
            return address_space(part, 8, 8)
        case _:
            raise BadResource


def source(data: Slice[u8], each: Descriptor) -> Slice[u8]:
    """Return the name of the device that an address space is taken from; empty: none."""
    part = data[each.start : each.end]
    match each.tag:
        case Tag.WORD_SPACE:
            return descriptor.text(part, 17)
        case Tag.DOUBLE_WORD_SPACE:
            return descriptor.text(part, 27)
        case Tag.QUAD_WORD_SPACE:
            return descriptor.text(part, 47)
        case _:
            return part[:0]


def plain(space: Space, start: u64, length: u64) -> Range:
    """Return a range that is where it is."""
    return Range(
        space, start, start, 1, length, 0, True, False, False, True, 0, space != Space.PORTS
    )


def ports(part: Slice[u8]) -> Range:
    found = plain(Space.PORTS, u64(descriptor.word(part, 2)), u64(descriptor.byte(part, 7)))
    found.maximum = u64(descriptor.word(part, 4))
    found.granularity = u64(part[6])
    found.is_fixed = found.minimum == found.maximum
    found.decodes_all = part[1] & DECODES_16 != 0
    return found


def memory_24(part: Slice[u8]) -> Range:
    """Return a range of the first 16 MiB, whose addresses and length are in units of 256 bytes."""
    length = u64(descriptor.word(part, 10)) << 8
    found = plain(Space.MEMORY, u64(descriptor.word(part, 4)) << 8, length)
    found.maximum = u64(descriptor.word(part, 6)) << 8
    alignment = u64(descriptor.word(part, 8))
    found.granularity = u64(0x10000) if alignment == 0 else alignment
    found.is_fixed = found.minimum == found.maximum
    found.is_writable = part[3] & WRITABLE != 0
    return found


def memory_32(part: Slice[u8]) -> Range:
    length = u64(descriptor.double_word(part, 16))
    found = plain(Space.MEMORY, u64(descriptor.double_word(part, 4)), length)
    found.maximum = u64(descriptor.double_word(part, 8))
    found.granularity = u64(descriptor.double_word(part, 12))
    found.is_fixed = found.minimum == found.maximum
    found.is_writable = part[3] & WRITABLE != 0
    return found


def address_space(part: Slice[u8], start: u64, width: u64) -> Range:
    """Return an address space: five numbers of a width, from an offset on."""
    flags = descriptor.byte(part, 4)
    own = descriptor.byte(part, 5)
    descriptor.need(part, start, 5 * width)
    is_memory = part[3] == Space.MEMORY
    return Range(
        part[3],
        sized(part, start + width, width),
        sized(part, start + 2 * width, width),
        sized(part, start, width),
        sized(part, start + 4 * width, width),
        sized(part, start + 3 * width, width),
        flags & MINIMUM_FIXED != 0 and flags & MAXIMUM_FIXED != 0,
        flags & CONSUMER == 0,
        flags & SUBTRACTIVE != 0,
        is_memory and own & WRITABLE != 0,
        own >> 1 & 3 if is_memory else u8(0),
        True,
    )


def sized(part: Slice[u8], offset: u64, width: u64) -> u64:
    """Return a number of 2, 4 or 8 bytes."""
    if width == 2:
        return u64(descriptor.word(part, offset))
    if width == 4:
        return u64(descriptor.double_word(part, offset))
    return descriptor.quad_word(part, offset)
