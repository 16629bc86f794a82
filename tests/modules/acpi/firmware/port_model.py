"""In place of the I/O ports: PCI configuration with bridges, and an embedded controller."""

from __future__ import annotations

from lang import Array, irq_safe, no_raise, truncate, u8, u16, u32, usize

ADDRESS = 0xCF8
DATA = 0xCFC
EC_DATA = 0x62
EC_COMMAND = 0x66

# PCI: four buses of 32 devices, of function 0 only, 256 bytes each.
registers: Array[u8, 0x8000]
address: u32 = 0

# The embedded controller.
memory: Array[u8, 256]
is_dead: bool = False
command: u8 = 0
wanted: u32 = 0  # bytes of the command that are still to come
place: u8 = 0
output: u8 = 0
has_output: bool = False
events: Array[u8, 16]
event_count: usize = 0


@irq_safe
@no_raise
def index_of(port: u16) -> usize:
    """Return which of the registers is meant."""
    bus = address >> 16 & 3
    device = address >> 11 & 31
    return usize((bus * 32 + device) * 256 + (address & 0xFC) + (port - DATA))


@irq_safe
@no_raise
def set_register(bus: u32, device: u32, offset: u32, value: u8) -> None:
    registers[usize((bus * 32 + device) * 256 + offset)] = value


@irq_safe
@no_raise
def read8(port: u16) -> u8:
    global has_output
    if port >= DATA:
        return registers[index_of(port)]
    if port == EC_COMMAND:
        if is_dead:
            return 0x02
        return u8(has_output) | (0x20 if event_count > 0 else 0)
    has_output = False
    return output


@irq_safe
@no_raise
def read16(port: u16) -> u16:
    return u16(read8(port)) | u16(read8(port + 1)) << 8


@irq_safe
@no_raise
def read32(port: u16) -> u32:
    return u32(read16(port)) | u32(read16(port + 2)) << 16


@irq_safe
@no_raise
def write8(port: u16, value: u8) -> None:
    if port >= DATA:
        registers[index_of(port)] = value
    elif port == EC_COMMAND:
        begin_command(value)
    elif port == EC_DATA:
        take_byte(value)


@irq_safe
@no_raise
def write16(port: u16, value: u16) -> None:
    write8(port, truncate(u8, value))
    write8(port + 1, truncate(u8, value >> 8))


@irq_safe
@no_raise
def write32(port: u16, value: u32) -> None:
    global address
    if port == ADDRESS:
        address = value
        return
    write16(port, truncate(u16, value))
    write16(port + 2, truncate(u16, value >> 16))


@irq_safe
@no_raise
def begin_command(value: u8) -> None:
    global command, wanted, output, has_output, event_count
    command = value
    wanted = 1 if value == 0x80 else 2 if value == 0x81 else 0
    if value == 0x84:
        output = 0
        if event_count > 0:
            event_count -= 1
            output = events[event_count]
        has_output = True


@irq_safe
@no_raise
def take_byte(value: u8) -> None:
    global wanted, place, output, has_output
    if wanted == 0:
        return
    wanted -= 1
    if command == 0x80:
        output = memory[value]
        has_output = True
    elif wanted == 1:
        place = value
    else:
        memory[place] = value
