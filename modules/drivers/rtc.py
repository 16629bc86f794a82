"""RTC: the clock with the battery, which knows the time of day while the machine is off.

It is read once. The registers change while they are read, so they are read twice, until both readings
are equal and neither was taken during an update; a clock that does not get there is out of order.

    value 17     0x17 in binary-coded decimal, 0x11 in binary (STATUS_B says which)
    hour 5 p.m.  0x17 or, in 12-hour mode, 0x85 (5 and the highest bit)
    year         two digits; the century register, if ACPI names one, has the others

Source: Motorola, MC146818A data sheet, "Address map" and "Update cycle"; ACPI 6.5, section 5.2.9 (CENTURY).
"""

from __future__ import annotations

from enum import IntEnum
from typing import Annotated, Final

from kernel.cpu import port
from kernel.cpu.interrupts import interrupts_disabled
from kernel.log import log
from kernel.module.description import Device, Module, NotUsable
from kernel.time import wall_clock
from kernel.time.calendar import Date
from lang import copy, over, section, struct, truncate, u8, u16, u32
from modules.acpi import acpi


@over(u8)
class Register(IntEnum):
    SECOND = 0
    MINUTE = 2
    HOUR = 4
    DAY = 7
    MONTH = 8
    YEAR = 9
    STATUS_A = 10
    STATUS_B = 11


IS_UPDATING: Final[u8] = 1 << 7  # in STATUS_A
HAS_24_HOURS: Final[u8] = 1 << 1  # in STATUS_B
IS_BINARY: Final[u8] = 1 << 2
AFTERNOON: Final[u8] = 1 << 7  # in HOUR

MOST_LOOKS: Final = 20_000  # an update takes 2 ms at most, a look 1 us at least
MOST_TRIES: Final = 10
PIVOT: Final[u32] = 70  # two digits of a year from here on are of the 20th century


@struct
class Reading:
    """The registers at one moment; century 0 if there is none."""

    second: u8
    minute: u8
    hour: u8
    day: u8
    month: u8
    year: u8
    century: u8

    def equals(self, other: Reading) -> bool:
        return (
            self.second == other.second
            and self.minute == other.minute
            and self.hour == other.hour
            and self.day == other.day
            and self.month == other.month
            and self.year == other.year
            and self.century == other.century
        )


def attach(device: Device) -> None:
    """Set the wall clock.

    device: its address is the index port; the data port follows it.

    Raises:
        NotUsable: the clock does not tell a time.
    """
    index = truncate(u16, device.address)
    century = acpi.hardware.century if acpi.has_hardware else u8(0)
    with interrupts_disabled():
        now = decode(read(index, century), read_register(index, Register.STATUS_B))
    if not now.is_valid():
        log.warning(f"rtc: there is no {now.year}-{now.month}-{now.day}")
        raise NotUsable
    wall_clock.set(now.seconds())
    log.info(
        f"it is {now.year}-{now.month:02}-{now.day:02} "
        f"{now.hour:02}:{now.minute:02}:{now.second:02} UTC"
    )


def read(index: u16, century: u8) -> Reading:
    """Read the clock, between two updates.

    century: the register that has it; 0: none.

    Raises:
        NotUsable: it does not stop to change.
    """
    before = read_once(index, century)
    for _ in range(MOST_TRIES):
        after = read_once(index, century)
        if after.equals(before):
            return after
        before = copy(after)
    raise NotUsable


def read_once(index: u16, century: u8) -> Reading:
    """Read all registers when no update is going on."""
    for _ in range(MOST_LOOKS):
        if read_register(index, Register.STATUS_A) & IS_UPDATING == 0:
            return Reading(
                read_register(index, Register.SECOND),
                read_register(index, Register.MINUTE),
                read_register(index, Register.HOUR),
                read_register(index, Register.DAY),
                read_register(index, Register.MONTH),
                read_register(index, Register.YEAR),
                read_register(index, century) if century != 0 else u8(0),
            )
    raise NotUsable


def decode(reading: Reading, status: u8) -> Date:
    """Return the moment that the registers stand for; perhaps one that does not exist."""
    hour = value_of(reading.hour & ~AFTERNOON, status)
    if status & HAS_24_HOURS == 0:
        hour = hour % 12 + (12 if reading.hour & AFTERNOON != 0 else 0)
    year = value_of(reading.year, status)
    century = value_of(reading.century, status)
    if century == 0:
        century = 19 if year >= PIVOT else 20
    return Date(
        century * 100 + year,
        value_of(reading.month, status),
        value_of(reading.day, status),
        hour,
        value_of(reading.minute, status),
        value_of(reading.second, status),
    )


def value_of(register: u8, status: u8) -> u32:
    if status & IS_BINARY != 0:
        return register
    return u32(register >> 4) * 10 + (register & 15)


def read_register(index: u16, number: u8) -> u8:
    port.write8(index, number)
    return port.read8(index + 1)


MODULE: Annotated[Module, section(".module")] = Module(
    name="RTC",
    author="the authors of PatchworkOS",
    description="sets the wall clock by the clock with the battery",
    version="1.0",
    licence="MIT",
    devices="PNP0B00",
    attach=attach,
)
