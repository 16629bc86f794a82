"""In place of the I/O ports: a serial port that is there, is not, or takes nothing."""

from __future__ import annotations

from enum import IntEnum

from lang import Array, irq_safe, no_raise, over, u8, u16, u32, usize


@over(u32)
class Port(IntEnum):
    GOOD = 0
    ABSENT = 1  # every read gives ones
    STUCK = 2  # there, but never has room


state: u32 = 0
scratch: u8
sent: Array[u8, 64]
sent_count: usize = 0
reads: u32


@irq_safe
@no_raise
def read8(port: u16) -> u8:
    global reads
    reads += 1
    if state == Port.ABSENT:
        return 0xFF
    if port == 0x3FF:
        return scratch
    if port == 0x3FD:
        return 0 if state == Port.STUCK else 0x20
    return 0


@irq_safe
@no_raise
def write8(port: u16, value: u8) -> None:
    global scratch, sent_count
    if port == 0x3FF:
        scratch = value
    elif port == 0x3F8:
        sent[sent_count] = value
        sent_count += 1
