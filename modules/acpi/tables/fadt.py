"""FADT: the PM timer, how to switch off and reset the machine, and what of the old PC is there.

The table has grown from revision to revision; a field beyond its length is one that the firmware did
not know. Where an address has an old and an extended form, the extended one holds unless it is 0.

Source: ACPI 6.5, section 5.2.9.
"""

from __future__ import annotations

from enum import IntFlag
from typing import Final

from core import endian
from lang import Slice, over, struct, truncate, u8, u16, u32, u64
from modules.acpi.tables import table as tables
from modules.acpi.tables.root import signature
from modules.acpi.tables.table import AddressSpace, BadTable, GenericAddress

FADT: Final[u32] = signature("FACP")
LEAST_SIZE: Final = 116  # of revision 1

REVISION: Final = 8  # offsets
FACS: Final = 36
DSDT: Final = 40
SCI_INTERRUPT: Final = 46
SMI_COMMAND: Final = 48
ACPI_ENABLE: Final = 52
EVENT_A_BLOCK: Final = 56
EVENT_B_BLOCK: Final = 60
CONTROL_A_BLOCK: Final = 64
CONTROL_B_BLOCK: Final = 68
TIMER_BLOCK: Final = 76
GENERAL_BLOCK: Final = 80
SECOND_GENERAL_BLOCK: Final = 84
EVENT_LENGTH: Final = 88
CONTROL_LENGTH: Final = 89
TIMER_LENGTH: Final = 91
GENERAL_LENGTH: Final = 92
SECOND_GENERAL_LENGTH: Final = 93
SECOND_GENERAL_FIRST: Final = 94
CENTURY: Final = 108
BOOT_ARCHITECTURE: Final = 109
FLAGS: Final = 112
RESET_REGISTER: Final = 116
RESET_VALUE: Final = 128
EXTENDED_FACS: Final = 132
EXTENDED_DSDT: Final = 140
EXTENDED_EVENT_A_BLOCK: Final = 148
EXTENDED_EVENT_B_BLOCK: Final = 160
EXTENDED_CONTROL_A_BLOCK: Final = 172
EXTENDED_CONTROL_B_BLOCK: Final = 184
EXTENDED_TIMER_BLOCK: Final = 208
EXTENDED_GENERAL_BLOCK: Final = 220
EXTENDED_SECOND_GENERAL_BLOCK: Final = 232

CONTROL_SIZE: Final = 2  # least bytes of a control register
TIMER_SIZE: Final = 4  # bytes of the timer's register
EVENT_SIZE: Final = 4  # least bytes of an event block: a status and an enable register
LAST_PORT: Final[u64] = 0xFFFF


@over(u32)
class Flag(IntFlag):
    """ACPI 6.5, table 5.10."""

    NO_POWER_BUTTON = 1 << 4  # among the fixed events; it may be a device
    TIMER_OF_32_BITS = 1 << 8
    CAN_RESET = 1 << 10
    HARDWARE_REDUCED = 1 << 20  # none of the old registers is there


@over(u16)
class BootArchitecture(IntFlag):
    """ACPI 6.5, table 5.11."""

    HAS_8042 = 1 << 1
    NO_VGA = 1 << 2
    NO_RTC = 1 << 5


@struct
class GeneralEvents:
    """A block of general purpose events: a bit each, first in status bytes, then in enable bytes."""

    block: GenericAddress  # of address 0 if there is none
    size: u8  # in bytes, half of which are status
    first: u8  # number of its first event


@struct
class FixedHardware:
    """What the table says."""

    flags: Flag
    boot_architecture: BootArchitecture
    dsdt: u64
    facs: u64  # 0: there is none
    sci_interrupt: u16
    century: u8  # register of the clock that has the century; 0: none
    smi_command: u16  # port for commands to the firmware; 0: there is none
    acpi_enable: u8  # the command by which it gives power management up
    control_a: GenericAddress  # PM1a control; of address 0 if there is none
    control_b: GenericAddress  # likewise
    event_a: GenericAddress  # PM1a event, likewise
    event_b: GenericAddress  # likewise
    event_size: u8  # bytes of each, half of which are status
    general: GeneralEvents
    second_general: GeneralEvents
    timer: GenericAddress  # likewise
    reset: GenericAddress  # likewise
    reset_value: u8


def read(table: Slice[u8], into: FixedHardware) -> None:
    """Take the table apart.

    Raises:
        BadTable: it is too short, or a register is where none can be.
    """
    if len(table) < LEAST_SIZE:
        raise BadTable
    into.flags = Flag(endian.load_u32(table, FLAGS))
    into.boot_architecture = BootArchitecture.HAS_8042  # as all machines of revision 1 do
    if table[REVISION] > 1:
        into.boot_architecture = BootArchitecture(endian.load_u16(table, BOOT_ARCHITECTURE))
    into.sci_interrupt = endian.load_u16(table, SCI_INTERRUPT)
    into.century = table[CENTURY] & 0x7F
    into.dsdt = endian.load_u32(table, DSDT)
    if len(table) >= EXTENDED_DSDT + 8 and endian.load_u64(table, EXTENDED_DSDT) != 0:
        into.dsdt = endian.load_u64(table, EXTENDED_DSDT)
    into.facs = endian.load_u32(table, FACS)
    if len(table) >= EXTENDED_FACS + 8 and endian.load_u64(table, EXTENDED_FACS) != 0:
        into.facs = endian.load_u64(table, EXTENDED_FACS)
    _read_control(table, into)
    _read_events(table, into)
    _read_timer(table, into)
    _read_reset(table, into)


def _read_control(table: Slice[u8], into: FixedHardware) -> None:
    command = endian.load_u32(table, SMI_COMMAND)
    if command > LAST_PORT:
        raise BadTable
    into.smi_command = truncate(u16, command)
    into.acpi_enable = table[ACPI_ENABLE]
    if into.flags & Flag.HARDWARE_REDUCED != 0 or table[CONTROL_LENGTH] < CONTROL_SIZE:
        _set(into.control_a, AddressSpace.SYSTEM_IO, 0)
        _set(into.control_b, AddressSpace.SYSTEM_IO, 0)
        return
    extended_a = tables.generic_address(table, EXTENDED_CONTROL_A_BLOCK)
    extended_b = tables.generic_address(table, EXTENDED_CONTROL_B_BLOCK)
    _set_newer(into.control_a, extended_a, endian.load_u32(table, CONTROL_A_BLOCK))
    _set_newer(into.control_b, extended_b, endian.load_u32(table, CONTROL_B_BLOCK))


def _read_events(table: Slice[u8], into: FixedHardware) -> None:
    into.event_size = table[EVENT_LENGTH]
    into.general.size = table[GENERAL_LENGTH]
    into.general.first = 0
    into.second_general.size = table[SECOND_GENERAL_LENGTH]
    into.second_general.first = table[SECOND_GENERAL_FIRST]
    if into.flags & Flag.HARDWARE_REDUCED != 0 or into.event_size < EVENT_SIZE:
        _set(into.event_a, AddressSpace.SYSTEM_IO, 0)
        _set(into.event_b, AddressSpace.SYSTEM_IO, 0)
        _set(into.general.block, AddressSpace.SYSTEM_IO, 0)
        _set(into.second_general.block, AddressSpace.SYSTEM_IO, 0)
        return
    extended_a = tables.generic_address(table, EXTENDED_EVENT_A_BLOCK)
    extended_b = tables.generic_address(table, EXTENDED_EVENT_B_BLOCK)
    _set_newer(into.event_a, extended_a, endian.load_u32(table, EVENT_A_BLOCK))
    _set_newer(into.event_b, extended_b, endian.load_u32(table, EVENT_B_BLOCK))
    first = tables.generic_address(table, EXTENDED_GENERAL_BLOCK)
    second = tables.generic_address(table, EXTENDED_SECOND_GENERAL_BLOCK)
    _set_newer(into.general.block, first, endian.load_u32(table, GENERAL_BLOCK))
    _set_newer(into.second_general.block, second, endian.load_u32(table, SECOND_GENERAL_BLOCK))


def _read_timer(table: Slice[u8], into: FixedHardware) -> None:
    extended = tables.generic_address(table, EXTENDED_TIMER_BLOCK)
    if into.flags & Flag.HARDWARE_REDUCED != 0 or table[TIMER_LENGTH] != TIMER_SIZE:
        _set(into.timer, AddressSpace.SYSTEM_IO, 0)
    else:
        _set_newer(into.timer, extended, endian.load_u32(table, TIMER_BLOCK))


def _read_reset(table: Slice[u8], into: FixedHardware) -> None:
    _set(into.reset, AddressSpace.SYSTEM_IO, 0)
    into.reset_value = 0
    if into.flags & Flag.CAN_RESET != 0 and len(table) > RESET_VALUE:
        register = tables.generic_address(table, RESET_REGISTER)
        _set(into.reset, register.address_space_id, register.address)
        into.reset_value = table[RESET_VALUE]


def _set_newer(register: GenericAddress, extended: GenericAddress, old: u64) -> None:
    """Let a register be where its extended form says, if there is one, else at its old port."""
    if extended.address != 0:
        _set(register, extended.address_space_id, extended.address)
    else:
        _set(register, AddressSpace.SYSTEM_IO, old)


def _set(register: GenericAddress, space: u8, address: u64) -> None:
    """Let a register be at an address."""
    if space == AddressSpace.SYSTEM_IO and address > LAST_PORT:
        raise BadTable
    register.address_space_id = space
    register.address = address
