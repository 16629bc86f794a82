"""Resources as text: a line for each descriptor.

interrupt 9 level high shared
ports 0x3f8-0x3ff
memory 0x80000000-0xfebfffff produced
buses 0x0-0xff produced
dma 2 8-bit

Numbers in brackets are alternatives of which the device uses one.
"""

from __future__ import annotations

from core.containers.storage import write
from core.text.buffer import TextBuffer
from lang import Slice, no_raise, u8, u16, u32, u64, wrapping_add
from modules.acpi.resources import channel, connection, descriptor, interrupt, ranges
from modules.acpi.resources.connection import Bus, Pins
from modules.acpi.resources.descriptor import Descriptor, Tag
from modules.acpi.resources.ranges import Range, Space


def write_all(out: TextBuffer, data: Slice[u8], indent: Slice[u8]) -> None:
    """Write all descriptors of a buffer, each on a line behind `indent`.

    Raises:
        BadResource: they make no sense; those before are written.
    """
    start: u64 = 0
    while True:
        each = descriptor.at(data, start)
        if each.tag == Tag.END:
            break
        out.write(indent)
        try:
            write_one(out, data, each)
        finally:
            out.write(b"\n")
        start = each.end
    descriptor.check(data)


def write_one(out: TextBuffer, data: Slice[u8], each: Descriptor) -> None:
    """Write one descriptor, without the end of the line."""
    if interrupt.is_interrupt(each):
        write_interrupts(out, data, each)
    elif ranges.is_range(each):
        write_range(out, data, each)
    else:
        write_other(out, data, each)


def write_other(out: TextBuffer, data: Slice[u8], each: Descriptor) -> None:
    part = data[each.start : each.end]
    match each.tag:
        case Tag.DMA:
            write_old_channels(out, data, each)
        case Tag.FIXED_DMA:
            fixed = channel.fixed(data, each)
            width = u32(8) << min(u32(fixed.width), u32(16))
            write(out, f"dma request {fixed.request} channel {fixed.channel} {width}-bit")
        case Tag.START_DEPENDENT:
            out.write(b"one of")
        case Tag.END_DEPENDENT:
            out.write(b"with all of")
        case Tag.GENERIC_REGISTER:
            write(out, f"register of kind {descriptor.byte(part, 3)} ")
            write(out, f"at {descriptor.quad_word(part, 7):#x}, {part[4]} bits from {part[5]}")
        case Tag.SERIAL_BUS:
            write_serial_bus(out, data, each)
        case Tag.CLOCK_INPUT:
            divisor = descriptor.word(part, 6)
            write(out, f"clock {descriptor.double_word(part, 8)} Hz / {divisor}")
        case Tag.SMALL_VENDOR | Tag.VENDOR:
            out.write(b"of the maker:")
            for byte in data[each.body : each.end]:
                write(out, f" {byte:02x}")
        case _:
            write_pins(out, data, each)


# Interrupts and channels ------------------------------------------------------------------------


def write_interrupts(out: TextBuffer, data: Slice[u8], each: Descriptor) -> None:
    found = interrupt.read(data, each)
    out.write(b"interrupt")
    if found.count != 1:
        out.write(b" [")
    for index in range(found.count):
        if found.count == 1 or index > 0:
            out.write(b" ")
        write(out, f"{interrupt.number(data, each, index)}")
    if found.count != 1:
        out.write(b"]")
    out.write(b" edge" if found.is_edge else b" level")
    out.write(b" low" if found.is_low else b" high")
    write_if(out, found.is_shared, b" shared")
    write_if(out, found.wakes, b" wakes")
    write_if(out, found.is_produced, b" produced")
    write_source(out, interrupt.source(data, each))


def write_old_channels(out: TextBuffer, data: Slice[u8], each: Descriptor) -> None:
    found = channel.old(data, each)
    out.write(b"dma")
    for number in range(u8(8)):
        if found.mask >> number & 1 != 0:
            write(out, f" {number}")
    match found.width:
        case 0:
            out.write(b" 8-bit")
        case 1:
            out.write(b" 8- or 16-bit")
        case _:
            out.write(b" 16-bit")
    write_if(out, found.is_bus_master, b" bus master")
    if found.speed > 0:
        write(out, f" type {found.speed}")


# Ranges -----------------------------------------------------------------------------------------


def write_range(out: TextBuffer, data: Slice[u8], each: Descriptor) -> None:
    found = ranges.read(data, each)
    write_space(out, found.space)
    if found.length == 0 and found.is_fixed:
        out.write(b" none")
    elif found.is_fixed:
        last = wrapping_add(found.minimum, found.length - 1)
        write(out, f" {found.minimum:#x}-{last:#x}")
    else:
        write(out, f" [{found.minimum:#x}-{found.maximum:#x}] length {found.length:#x}")
        write(out, f" aligned {found.granularity:#x}")
    write_flags(out, found)
    write_source(out, ranges.source(data, each))


def write_space(out: TextBuffer, space: u8) -> None:
    match space:
        case Space.MEMORY:
            out.write(b"memory")
        case Space.PORTS:
            out.write(b"ports")
        case Space.BUSES:
            out.write(b"buses")
        case _:
            write(out, f"space {space}")


def write_flags(out: TextBuffer, found: Range) -> None:
    is_memory = found.space == Space.MEMORY
    write_if(out, is_memory and not found.is_writable, b" read-only")
    write_if(out, found.space == Space.PORTS and not found.decodes_all, b" 10-bit")
    write_if(out, found.cache == 1, b" cacheable")
    write_if(out, found.cache == 2, b" write-combining")
    write_if(out, found.cache == 3, b" prefetchable")
    write_if(out, found.is_subtractive, b" subtractive")
    write_if(out, found.is_produced, b" produced")
    if found.translation != 0:
        write(out, f" translated by {found.translation:#x}")


# Connections ------------------------------------------------------------------------------------


def write_serial_bus(out: TextBuffer, data: Slice[u8], each: Descriptor) -> None:
    found = connection.serial_bus(data, each)
    match found.bus:
        case Bus.I2C:
            write(out, f"i2c address {found.address:#x} {found.speed} Hz")
            write_if(out, found.flags & 1 != 0, b" 10-bit")
        case Bus.SPI:
            write(out, f"spi select {found.address} {found.speed} Hz")
        case Bus.UART:
            write(out, f"uart {found.speed} baud")
        case _:
            write(out, f"serial bus of kind {found.bus}")
    write_if(out, not found.is_called, b" calls")
    write_source(out, descriptor.text(data[each.start : each.end], found.name))


def write_pins(out: TextBuffer, data: Slice[u8], each: Descriptor) -> None:
    found = connection.pins(data, each)
    write_pins_kind(out, each.tag, found)
    part = data[each.start : each.end]
    for index in range(found.count):
        write(out, f" {descriptor.word(part, found.first + 2 * index)}")
    name = descriptor.text(part, found.name)
    if each.tag == Tag.PIN_GROUP:
        write_if(out, True, b" called ")
        out.write(name)
        return
    write_source(out, name)
    if found.label != 0:
        out.write(b" group ")
        out.write(descriptor.text(part, found.label))


def write_pins_kind(out: TextBuffer, tag: u8, found: Pins) -> None:
    match tag:
        case Tag.GPIO:
            out.write(b"gpio interrupt" if found.is_interrupt else b"gpio")
            if found.is_interrupt:
                write_gpio_signal(out, found.flags)
            out.write(b" pins")
        case Tag.PIN_FUNCTION | Tag.PIN_GROUP_FUNCTION:
            write(out, f"function {found.setting} of pins")
        case Tag.PIN_GROUP:
            out.write(b"group of pins")
        case _:
            write(out, f"setting {found.setting} is {found.value} of pins")


@no_raise
def write_gpio_signal(out: TextBuffer, flags: u16) -> None:
    out.write(b" edge" if flags & 1 != 0 else b" level")
    match flags >> 1 & 3:
        case 0:
            out.write(b" high")
        case 1:
            out.write(b" low")
        case _:
            out.write(b" both")
    write_if(out, flags & 8 != 0, b" shared")
    write_if(out, flags & 16 != 0, b" wakes")


# Parts ------------------------------------------------------------------------------------------


@no_raise
def write_if(out: TextBuffer, is_so: bool, word: Slice[u8]) -> None:
    if is_so:
        out.write(word)


@no_raise
def write_source(out: TextBuffer, name: Slice[u8]) -> None:
    """Write by whom something is given, if it is anybody."""
    if len(name) > 0:
        out.write(b" by ")
        out.write(name)
