"""Connections among a device's resources: pins, and places on serial buses.

    GPIO             pins by which it interrupts, or which it reads and sets
    serial bus       its address on an I2C or SPI bus, its settings on a serial line
    pin function     what pins are to be used for;      pin configuration   how they are driven
    pin group        pins that have a name together

Each names the controller that has them. The lists and names behind the fixed part are found by offsets.

Source: ACPI 6.5, sections 6.4.3.8.1 (GPIO), 6.4.3.8.2 (serial buses), 6.4.3.9 to 6.4.3.14 (pins).
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from lang import Slice, over, struct, u8, u16, u32, u64
from modules.acpi.aml.errors import BadResource
from modules.acpi.resources import descriptor
from modules.acpi.resources.descriptor import Descriptor, Tag

TYPE_DATA: Final[u64] = 12  # offset in a serial bus's descriptor


@over(u8)
class Bus(IntEnum):
    """Kinds of serial buses. ACPI 6.5, table 6.60."""

    I2C = 1
    SPI = 2
    UART = 3
    CSI2 = 4


@struct
class Pins:
    """Pins, in whatever kind of descriptor."""

    is_interrupt: bool  # GPIO: they interrupt; else they are read and set
    flags: u16
    setting: u16  # how they are pulled, their function, or the kind of what is configured
    value: u32  # of that kind
    first: u64  # offset of their list in the descriptor
    count: u64
    name: u64  # offset of the controller's name, or of the group's own
    label: u64  # offset of the group's name; 0: none is named


@struct
class SerialBus:
    bus: u8  # Bus
    is_called: bool  # by the controller; else the device calls
    speed: u32  # in Hz, or bits a second
    address: u16  # of the device; its select line, with SPI; without meaning with UART
    flags: u16  # the bus's own
    name: u64  # offset of the controller's name in the descriptor


def pins(data: Slice[u8], each: Descriptor) -> Pins:
    """Return what a descriptor of pins says.

    data: all descriptors.

    Raises:
        BadResource: it is of another kind, or its parts are not in it.
    """
    part = data[each.start : each.end]
    match each.tag:
        case Tag.GPIO:
            return gpio(part)
        case Tag.PIN_FUNCTION:
            return with_list(part, descriptor.word(part, 7), 0, 9, 12)
        case Tag.PIN_CONFIGURATION:
            value = descriptor.double_word(part, 7)
            return with_list(part, u16(descriptor.byte(part, 6)), value, 11, 14)
        case Tag.PIN_GROUP:
            return with_list(part, 0, 0, 6, 8)
        case Tag.PIN_GROUP_FUNCTION:
            return with_label(part, descriptor.word(part, 6), 0, 9)
        case Tag.PIN_GROUP_CONFIGURATION:
            value = descriptor.double_word(part, 7)
            return with_label(part, u16(descriptor.byte(part, 6)), value, 12)
        case _:
            raise BadResource


def gpio(part: Slice[u8]) -> Pins:
    found = with_list(part, u16(descriptor.byte(part, 9)), 0, 14, 17)
    found.is_interrupt = part[4] == 0
    found.flags = descriptor.word(part, 7)
    return found


def with_list(part: Slice[u8], setting: u16, value: u32, list_at: u64, name_at: u64) -> Pins:
    """Return pins that are listed, from the offset at `list_at` up to that of the name behind them."""
    first = u64(descriptor.word(part, list_at))
    name = u64(descriptor.word(part, name_at))
    if first > name or name > len(part) or (name - first) % 2 != 0:
        raise BadResource
    flags = descriptor.word(part, 4)
    return Pins(False, flags, setting, value, first, (name - first) // 2, name, 0)


def with_label(part: Slice[u8], setting: u16, value: u32, name_at: u64) -> Pins:
    """Return pins that a group has, whose name follows that of the controller."""
    name = u64(descriptor.word(part, name_at))
    label = u64(descriptor.word(part, name_at + 2))
    if name > len(part) or label > len(part):
        raise BadResource
    return Pins(False, descriptor.word(part, 4), setting, value, 0, 0, name, label)


def serial_bus(data: Slice[u8], each: Descriptor) -> SerialBus:
    """Return where on a serial bus a device is; Raises as `pins`."""
    if each.tag != Tag.SERIAL_BUS:
        raise BadResource
    part = data[each.start : each.end]
    bus = descriptor.byte(part, 5)
    size = u64(descriptor.word(part, 10))
    descriptor.need(part, TYPE_DATA, size)
    speed: u32 = 0
    address: u16 = 0
    match bus:
        case Bus.I2C:
            speed = descriptor.double_word(part, 12)
            address = descriptor.word(part, 16)
        case Bus.SPI:
            speed = descriptor.double_word(part, 12)
            address = descriptor.word(part, 19)
        case Bus.UART:
            speed = descriptor.double_word(part, 12)
    flags = descriptor.word(part, 7)
    return SerialBus(bus, part[6] & 1 == 0, speed, address, flags, TYPE_DATA + size)
