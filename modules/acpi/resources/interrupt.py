"""Interrupts among a device's resources.

    IRQ           a mask of the old PC's 16 interrupts, which may end there or have a byte of flags
    Interrupts    numbers of 32 bits, and perhaps the device that they go through

Source: ACPI 6.5, sections 6.4.2.1 and 6.4.3.6.
"""

from __future__ import annotations

from typing import Final

from lang import Slice, struct, u8, u32, u64
from modules.acpi.aml.errors import BadResource
from modules.acpi.resources import descriptor
from modules.acpi.resources.descriptor import Descriptor, Tag

OLD_INTERRUPTS: Final[u32] = 16
NUMBERS: Final[u64] = 5  # offset of the first, in a descriptor of them

IRQ_EDGE: Final[u8] = 1 << 0  # flags of an IRQ
IRQ_LOW: Final[u8] = 1 << 3
IRQ_SHARED: Final[u8] = 1 << 4
IRQ_WAKES: Final[u8] = 1 << 5
CONSUMER: Final[u8] = 1 << 0  # flags of others
EDGE: Final[u8] = 1 << 1
LOW: Final[u8] = 1 << 2
SHARED: Final[u8] = 1 << 3
WAKES: Final[u8] = 1 << 4


@struct
class Interrupts:
    """Interrupts of one descriptor, all of which are signalled alike."""

    count: u32
    is_edge: bool
    is_low: bool
    is_shared: bool
    wakes: bool
    is_produced: bool  # the device has them to give


def is_interrupt(each: Descriptor) -> bool:
    return each.tag == Tag.IRQ or each.tag == Tag.INTERRUPTS


def read(data: Slice[u8], each: Descriptor) -> Interrupts:
    """Return what a descriptor says.

    data: all descriptors.

    Raises:
        BadResource: it is of another kind, or shorter than it says.
    """
    part = data[each.start : each.end]
    if each.tag == Tag.IRQ:
        return of_mask(part)
    if each.tag != Tag.INTERRUPTS:
        raise BadResource
    flags = descriptor.byte(part, 3)
    count = u32(descriptor.byte(part, 4))
    descriptor.need(part, NUMBERS, u64(count) * 4)
    return Interrupts(
        count,
        flags & EDGE != 0,
        flags & LOW != 0,
        flags & SHARED != 0,
        flags & WAKES != 0,
        flags & CONSUMER == 0,
    )


def of_mask(part: Slice[u8]) -> Interrupts:
    mask = descriptor.word(part, 1)
    count: u32 = 0
    for number in range(OLD_INTERRUPTS):
        count += u32(mask >> number & 1)
    flags = part[3] if len(part) > 3 else IRQ_EDGE
    return Interrupts(
        count,
        flags & IRQ_EDGE != 0,
        flags & IRQ_LOW != 0,
        flags & IRQ_SHARED != 0,
        flags & IRQ_WAKES != 0,
        False,
    )


def number(data: Slice[u8], each: Descriptor, index: u32) -> u32:
    """Return the number of an interrupt of a descriptor.

    Raises:
        BadResource: there are fewer.
    """
    part = data[each.start : each.end]
    if each.tag == Tag.INTERRUPTS:
        return descriptor.double_word(part, NUMBERS + 4 * u64(index))
    mask = descriptor.word(part, 1)
    left = index
    for number in range(OLD_INTERRUPTS):
        if mask >> number & 1 != 0:
            if left == 0:
                return number
            left -= 1
    raise BadResource


def source(data: Slice[u8], each: Descriptor) -> Slice[u8]:
    """Return the name of the device that the interrupts go through; empty: none."""
    part = data[each.start : each.end]
    if each.tag != Tag.INTERRUPTS or len(part) <= NUMBERS:
        return part[:0]
    return descriptor.text(part, NUMBERS + 4 * u64(part[4]) + 1)
