"""The embedded controller: a small computer beside the processor, which knows about battery, lid, fans and some keys.

It is asked by two ports. A command goes to one of them, bytes go through the other, and each is waited for:

    read      80, then an address; a byte comes back
    write     81, then an address, then a byte
    query     84; the number of an event comes back, 0 if there is none: it is the method _Qxx that deals with it

A controller that does not answer in time makes the access fail.

Source: ACPI 6.5, sections 12.2 (registers), 12.3 (commands), 5.2.16 (ECDT).
"""

from __future__ import annotations

from enum import IntFlag
from typing import Final

from core import endian
from kernel.cpu import port
from kernel.time import clock
from lang import Slice, no_raise, over, spin_hint, struct, truncate, u8, u16, u32, u64
from modules.acpi.aml.errors import NoHandler, OutOfRange

READ: Final[u8] = 0x80
WRITE: Final[u8] = 0x81
QUERY: Final[u8] = 0x84

SIZE: Final[u64] = 256
MOST_NS: Final[u64] = 500_000_000  # for one step
NO_EVENT: Final[u32] = 0xFFFF_FFFF


@over(u8)
class Status(IntFlag):
    """What the command port reads as."""

    OUTPUT_FULL = 1 << 0  # a byte can be read
    INPUT_FULL = 1 << 1  # what was written last was not taken yet
    EVENT = 1 << 5  # a query would give a number


@struct
class Controller:
    """Where it is."""

    data: u16
    command: u16  # 0: there is no such controller
    event: u32  # which general purpose event it raises; NO_EVENT: none that is known


controller: Controller


@no_raise
def is_there() -> bool:
    return controller.command != 0


@no_raise
def set_place(data: u16, command: u16, event: u32) -> None:
    controller.data = data
    controller.command = command
    controller.event = event


@no_raise
def read_table(table: Slice[u8]) -> None:
    """Take the controller's place from the table ECDT, which firmware has that needs it early."""
    if len(table) < 65:
        return
    command, data = endian.load_u64(table, 40), endian.load_u64(table, 52)
    is_by_ports = table[36] == 1 and table[48] == 1
    if is_by_ports and 0 < command <= 0xFFFF and 0 < data <= 0xFFFF:
        set_place(truncate(u16, data), truncate(u16, command), u32(table[64]))


def read(offset: u64, size: u64) -> u64:
    """Read bytes, one after the other.

    Raises:
        NoHandler: there is no controller, or it does not answer.
        OutOfRange: it has no such byte.
    """
    check(offset, size)
    result: u64 = 0
    for index in range(size):
        send(controller.command, READ)
        send(controller.data, truncate(u8, offset + index))
        result |= u64(receive()) << (8 * index)
    return result


def write(offset: u64, size: u64, value: u64) -> None:
    """Write bytes; as `read`."""
    check(offset, size)
    for index in range(size):
        send(controller.command, WRITE)
        send(controller.data, truncate(u8, offset + index))
        send(controller.data, truncate(u8, value >> (8 * index)))
    wait_for(Status.INPUT_FULL, Status(0))


@no_raise
def has_event() -> bool:
    return is_there() and port.read8(controller.command) & Status.EVENT != 0


def query() -> u8:
    """Return the number of an event; 0: there is none.

    Raises:
        NoHandler: the controller does not answer.
    """
    send(controller.command, QUERY)
    return receive()


def check(offset: u64, size: u64) -> None:
    if not is_there():
        raise NoHandler
    if offset > SIZE - size:
        raise OutOfRange


def send(to: u16, byte: u8) -> None:
    wait_for(Status.INPUT_FULL, Status(0))
    port.write8(to, byte)


def receive() -> u8:
    wait_for(Status.OUTPUT_FULL, Status.OUTPUT_FULL)
    return port.read8(controller.data)


def wait_for(bit: Status, wanted: Status) -> None:
    """Wait until a bit of the status is as wanted."""
    start = clock.uptime()
    while Status(port.read8(controller.command)) & bit != wanted:
        if clock.uptime() - start > MOST_NS:
            raise NoHandler
        spin_hint()
