"""In place of the I/O ports: configuration spaces that the test fills, each bit of which can be written or cannot."""

from __future__ import annotations

from typing import Final

from lang import Array, irq_safe, no_raise, u8, u16, u32, usize
from tests.kernel.cpu.no_ports import read8, read16, write8, write16  # noqa: F401

MOST: Final = 320
SIZE: Final = 256

places: Array[u32, MOST]
content: Array[u8, MOST * SIZE]
writable: Array[u8, MOST * SIZE]
count: usize = 0
selected: u32 = 0


@irq_safe
@no_raise
def find() -> usize:
    """Return where the selected register is; the end if there is no such function."""
    assert selected >> 31 == 1 and selected & 3 == 0
    for index in range(count):
        if places[index] == selected >> 8 & 0xFFFF:
            return index * SIZE + usize(selected & 0xFF)
    return count * SIZE


@irq_safe
@no_raise
def read32(port: u16) -> u32:
    assert port == 0xCFC
    at = find()
    if at == count * SIZE:
        return 0xFFFF_FFFF
    value: u32 = 0
    for index in range(usize(4)):
        value |= u32(content[at + index]) << u32(index * 8)
    return value


@irq_safe
@no_raise
def write32(port: u16, value: u32) -> None:
    global selected
    if port == 0xCF8:
        selected = value
        return
    assert port == 0xCFC
    at = find()
    if at == count * SIZE:
        return
    for index in range(usize(4)):
        byte = u8(value >> u32(index * 8) & 0xFF)
        mask = writable[at + index]
        content[at + index] = content[at + index] & ~mask | byte & mask
