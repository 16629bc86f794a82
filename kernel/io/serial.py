"""Serial port: the 16550 UART on COM1, our console before there is a screen.

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


@no_raise
def initialise() -> None:
    """115,200 baud, 8 bits, no parity, one stop bit, no interrupts."""
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
    while port.read8(COM1 + Register.LINE_STATUS) & LineStatus.TRANSMIT_READY == 0:
        spin_hint()
    port.write8(COM1 + Register.DATA, character)


@no_alloc
@no_sleep
@no_raise
def read() -> u8:
    """Wait for a byte and return it."""
    while port.read8(COM1 + Register.LINE_STATUS) & LineStatus.DATA_READY == 0:
        spin_hint()
    return port.read8(COM1 + Register.DATA)
