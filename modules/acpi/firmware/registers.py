"""The platform: what AML reaches of the machine that it runs on.

memory                 memory_window.py
ports                  as they are
PCI configuration      pci_place.py
embedded controller    embedded_controller.py
CMOS                   the clock's memory, by its two ports

Buses that need a driver of their own (SMBus, I2C, IPMI, pins) are not reached: AML hears so, and the evaluation ends.
"""

from __future__ import annotations

from typing import Final

from core.text.buffer import TextBuffer
from kernel.cpu import port
from kernel.cpu.interrupts import interrupts_disabled
from kernel.log import log
from kernel.sched import sleep
from kernel.time import clock
from lang import Array, Ptr, Slice, no_raise, retain, spin_hint, truncate, u8, u16, u32, u64
from modules.acpi import control
from modules.acpi.aml import printing
from modules.acpi.aml.errors import NoHandler, OutOfRange, TooLong
from modules.acpi.aml.field_unit import Space
from modules.acpi.aml.machine import Machine
from modules.acpi.aml.node import Node
from modules.acpi.aml.platform import Platform
from modules.acpi.aml.values import Region, Slots, Value
from modules.acpi.firmware import (
    embedded_controller,
    global_lock,
    memory_window,
    notices,
    pci_place,
)

LAST_PORT: Final[u64] = 0xFFFF
CMOS_INDEX: Final[u16] = 0x70
CMOS_DATA: Final[u16] = 0x71
CMOS_SIZE: Final[u64] = 128
IS_KNOWN: Final[u64] = 1 << 32  # in a region's place
SHORTEST_SLEEP_US: Final[u64] = 1000  # what is shorter is waited for
MOST_WAITS: Final = 2000  # for the global lock
NS_PER_US: Final[u64] = 1000


class Registers(Platform):
    """The machine."""

    machine: Ptr[Machine] | None  # who asks; set once it is there

    def __init__(self) -> None:
        self.machine = None

    def reaches(self, space: u8) -> bool:
        match space:
            case Space.SYSTEM_MEMORY | Space.SYSTEM_IO | Space.PCI_CONFIGURATION | Space.CMOS:
                return True
            case Space.EMBEDDED_CONTROL:
                return embedded_controller.is_there()
            case _:
                return False

    def read(self, region: Region, offset: u64, size: u64) -> u64:
        match region.space:
            case Space.SYSTEM_MEMORY:
                return memory_window.read(address_of(region, offset, size), size)
            case Space.SYSTEM_IO:
                return read_port(address_of(region, offset, size), size)
            case Space.PCI_CONFIGURATION:
                return pci_place.read(self.place_of(region), address_of(region, offset, size), size)
            case Space.EMBEDDED_CONTROL:
                return embedded_controller.read(address_of(region, offset, size), size)
            case Space.CMOS:
                return read_cmos(address_of(region, offset, size), size)
            case _:
                raise NoHandler

    def write(self, region: Region, offset: u64, size: u64, value: u64) -> None:
        at = address_of(region, offset, size)
        match region.space:
            case Space.SYSTEM_MEMORY:
                memory_window.write(at, size, value)
            case Space.SYSTEM_IO:
                write_port(at, size, value)
            case Space.PCI_CONFIGURATION:
                pci_place.write(self.place_of(region), at, size, value)
            case Space.EMBEDDED_CONTROL:
                embedded_controller.write(at, size, value)
            case Space.CMOS:
                write_cmos(at, size, value)
            case _:
                raise NoHandler

    def place_of(self, region: Region) -> u32:
        """Return where the device of a region is on the PCI bus, which is looked up once."""
        if region.place == 0:
            device, machine = region.device, self.machine
            if device is None or machine is None:
                raise NoHandler
            region.place = IS_KNOWN | u64(pci_place.place_of(retain(machine), device))
        return truncate(u32, region.place & 0xFFFF_FFFF)

    def transfer(self, region: Region, offset: u64, attribute: u8, data: Slice[u8]) -> None:
        raise NoHandler

    def ticks(self) -> u64:
        return clock.uptime() // 100

    def pause(self, microseconds: u64) -> None:
        end = clock.uptime() + microseconds * NS_PER_US
        while clock.uptime() < end:
            if microseconds >= SHORTEST_SLEEP_US:
                sleep.begin_sleep()
                sleep.block(end)  # a note to the thread may end it early
            else:
                spin_hint()

    def take_global_lock(self) -> None:
        for _ in range(MOST_WAITS):
            if global_lock.try_take():
                return
            self.pause(SHORTEST_SLEEP_US)
        log.warning("acpi: the firmware does not give the global lock back")
        raise TooLong

    def give_global_lock(self) -> None:
        if global_lock.give():
            control.say_lock_is_free()

    def notify(self, node: Node, value: u64) -> None:
        notices.notify(node, value)

    def fatal(self, kind: u8, code: u32, argument: u64) -> None:
        log.error(f"acpi: the firmware sees a fatal error: {kind}, {code:#x}, {argument:#x}")

    def show(self, machine: Machine, value: Value) -> None:
        storage = Array[u8, 256]()
        out = TextBuffer(storage[:])
        printing.write_value(out, value)
        text = out.text()
        log.debug(f"acpi: {text}")

    def failed(self, machine: Machine) -> None:
        storage = Array[u8, 256]()
        out = TextBuffer(storage[:])
        printing.write_trouble(out, machine)
        text = out.text()
        log.warning(f"acpi: {text}")

    def called(self, machine: Machine, node: Node, arguments: Slots) -> None:
        """Nobody listens."""


def address_of(region: Region, offset: u64, size: u64) -> u64:
    """Return where a register is among all of its kind.

    Raises:
        OutOfRange: nowhere.
    """
    if offset > ~u64(0) - region.offset or region.offset + offset > ~u64(0) - size:
        raise OutOfRange
    return region.offset + offset


# Ports ------------------------------------------------------------------------------------------


def read_port(address: u64, size: u64) -> u64:
    if address > LAST_PORT + 1 - size:
        raise OutOfRange
    number = truncate(u16, address)
    match size:
        case 1:
            return u64(port.read8(number))
        case 2:
            return u64(port.read16(number))
        case 4:
            return u64(port.read32(number))
        case _:
            raise OutOfRange


def write_port(address: u64, size: u64, value: u64) -> None:
    if address > LAST_PORT + 1 - size:
        raise OutOfRange
    number = truncate(u16, address)
    match size:
        case 1:
            port.write8(number, truncate(u8, value))
        case 2:
            port.write16(number, truncate(u16, value))
        case 4:
            port.write32(number, truncate(u32, value))
        case _:
            raise OutOfRange


# CMOS -------------------------------------------------------------------------------------------


def read_cmos(offset: u64, size: u64) -> u64:
    if offset > CMOS_SIZE - size:
        raise OutOfRange
    result: u64 = 0
    for index in range(size):
        result |= u64(read_cmos_byte(truncate(u8, offset + index))) << (8 * index)
    return result


def write_cmos(offset: u64, size: u64, value: u64) -> None:
    if offset > CMOS_SIZE - size:
        raise OutOfRange
    for index in range(size):
        write_cmos_byte(truncate(u8, offset + index), truncate(u8, value >> (8 * index)))


@no_raise
def read_cmos_byte(number: u8) -> u8:
    with interrupts_disabled():
        port.write8(CMOS_INDEX, number)
        return port.read8(CMOS_DATA)


@no_raise
def write_cmos_byte(number: u8, value: u8) -> None:
    with interrupts_disabled():
        port.write8(CMOS_INDEX, number)
        port.write8(CMOS_DATA, value)
