"""In place of registers in memory: a display's, which shows at most so many pixels in a row."""

from __future__ import annotations

from lang import Array, irq_safe, no_raise, u16, u32, u64, usize

START: u64 = 0x1000
WIDTH: usize = 1
ENABLE: usize = 4

registers: Array[u16, 5]
most_width: u16 = 0
changes_while_enabled: u32 = 0


@irq_safe
@no_raise
def read16(address: u64) -> u16:
    return registers[(address - START - 0x500) // 2]


@irq_safe
@no_raise
def write16(address: u64, value: u16) -> None:
    global changes_while_enabled
    index = usize((address - START - 0x500) // 2)
    if index != ENABLE and registers[ENABLE] != 0:
        changes_while_enabled += 1
    registers[index] = min(value, most_width) if index == WIDTH else value
