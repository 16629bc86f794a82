"""Serial port: the 16550 UART on COM1, our console before there is a screen.

A machine may have no such port, or one whose other end never takes anything; neither may hold the
kernel up. A port whose scratch register does not keep what is written is none, and one that has no room
for a byte in SEND_POLLS looks is given up.

Source: National Semiconductor, PC16550D data sheet, register summary.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final

from kernel.cpu import port
from lang import Slice, no_alloc, no_raise, no_sleep, over, spin_hint, u8, u16

COM1: Final[u16] = 0x3F8


@over(u16)
class Register(IntEnum):
    DATA = 0  # while the divisor latch bit is clear; else the divisor's low byte
    INTERRUPT_ENABLE = 1  # else the divisor's high byte
    FIFO_CONTROL = 2
    LINE_CONTROL = 3
    MODEM_CONTROL = 4
    LINE_STATUS = 5
    SCRATCH = 7


@over(u8)
class LineStatus(IntFlag):
    DATA_READY = 1 << 0
    TRANSMIT_READY = 1 << 5


@over(u8)
class LineControl(IntFlag):
    EIGHT_BITS = 3
    DIVISOR_LATCH = 1 << 7


FIFO_ENABLE_AND_CLEAR: Final[u8] = 0x07
READY_AND_REQUEST: Final[u8] = 0x03
DIVISOR_115200: Final[u8] = 1
SCRATCH_VALUE: Final[u8] = 0x5A
SEND_POLLS: Final = 1_000_000  # a look takes a microsecond, a byte ninety

is_there: bool = False


@no_raise
def initialise() -> None:
    """Look for the port, and set it to 115,200 baud, 8 bits, no parity, one stop bit, no interrupts."""
    global is_there
    port.write8(COM1 + Register.SCRATCH, SCRATCH_VALUE)
    is_there = port.read8(COM1 + Register.SCRATCH) == SCRATCH_VALUE
    if not is_there:
        return
    port.write8(COM1 + Register.INTERRUPT_ENABLE, 0)
    port.write8(COM1 + Register.LINE_CONTROL, LineControl.DIVISOR_LATCH)
    port.write8(COM1 + Register.DATA, DIVISOR_115200)
    port.write8(COM1 + Register.INTERRUPT_ENABLE, 0)
    port.write8(COM1 + Register.LINE_CONTROL, LineControl.EIGHT_BITS)
    port.write8(COM1 + Register.FIFO_CONTROL, FIFO_ENABLE_AND_CLEAR)
    port.write8(COM1 + Register.MODEM_CONTROL, READY_AND_REQUEST)


@no_alloc
@no_sleep
@no_raise
def write(text: Slice[u8]) -> None:
    """Send text, spinning while the transmitter is full; a newline gets its carriage return."""
    for character in text:
        if character == 10:
            send(13)
        send(character)


def send(character: u8) -> None:
    """Send a byte as soon as there is room; without a port it goes nowhere."""
    global is_there
    if not is_there:
        return
    for _ in range(SEND_POLLS):
        if port.read8(COM1 + Register.LINE_STATUS) & LineStatus.TRANSMIT_READY != 0:
            port.write8(COM1 + Register.DATA, character)
            return
        spin_hint()
    is_there = False


@no_alloc
@no_sleep
@no_raise
def read() -> u8:
    """Wait for a byte and return it."""
    while port.read8(COM1 + Register.LINE_STATUS) & LineStatus.DATA_READY == 0:
        spin_hint()
    return port.read8(COM1 + Register.DATA)
