"""Target code for the tests of the serial port."""

from __future__ import annotations

from kernel.cpu import port
from kernel.io import serial
from lang import u8, u32, usize


def begin(state: u32) -> None:
    port.state = state
    serial.initialise()
    port.sent_count = 0  # the divisor went there, too
    port.reads = 0


def write() -> usize:
    """Write a line and return how many bytes left the port."""
    serial.write(b"hi\n")
    return port.sent_count


def sent(index: usize) -> u8:
    return port.sent[index]


def reads() -> u32:
    return port.reads
