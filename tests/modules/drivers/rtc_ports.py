"""In place of the I/O ports: a clock whose registers the test sets."""

from __future__ import annotations

from lang import Array, irq_safe, no_raise, u8, u16, u32, u64, wrapping_add
from tests.kernel.cpu.no_ports import read32, write16, write32  # noqa: F401

registers: Array[u8, 128]
index: u8
busy_looks: u32
ticks_every: u32
seconds_read: u32
looks: u64


@irq_safe
@no_raise
def write8(port: u16, value: u8) -> None:
    global index
    assert port == 0x70
    index = value


@irq_safe
@no_raise
def read8(port: u16) -> u8:
    global looks, busy_looks, seconds_read
    assert port == 0x71
    looks += 1
    if index == 10:
        if busy_looks > 0:
            busy_looks -= 1
            return registers[10] | 0x80
        return registers[10]
    if index == 0:
        seconds_read += 1
        if ticks_every != 0 and seconds_read % ticks_every == 0:
            registers[0] = wrapping_add(registers[0], 1)
    return registers[index]
