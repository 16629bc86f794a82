"""Bochs display: the frame buffer of QEMU's standard VGA, for a screen where no firmware gave one.

The mode is set through an index and a data port; the pixels lie behind the first base address
register of the PCI device 1234:1111.

Source: QEMU documentation, "Standard VGA"; PCI Local Bus Specification 3.0, section 6.1.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from kernel.cpu import port
from kernel.mem.layout import PhysAddr
from lang import over, u16, u32

INDEX_PORT: Final[u16] = 0x1CE
DATA_PORT: Final[u16] = 0x1CF
CONFIG_ADDRESS: Final[u16] = 0xCF8
CONFIG_DATA: Final[u16] = 0xCFC

VENDOR_AND_DEVICE: Final[u32] = 0x11111234
SLOTS: Final = 32


@over(u16)
class Register(IntEnum):
    ID = 0
    WIDTH = 1
    HEIGHT = 2
    BITS_PER_PIXEL = 3
    ENABLE = 4


ENABLED_LINEAR: Final[u16] = 0x41


def find() -> PhysAddr | None:
    """Return the physical address of the frame buffer; None if there is no such display."""
    for slot in range(u32(SLOTS)):
        if read_config(slot, 0) == VENDOR_AND_DEVICE:
            address = PhysAddr(read_config(slot, 0x10) & 0xFFFFFFF0)
            return None if address == 0 else address
    return None


def set_mode(width: u16, height: u16) -> None:
    """Switch the display to 32 bits a pixel, row after row without a gap."""
    write(Register.ENABLE, 0)
    write(Register.WIDTH, width)
    write(Register.HEIGHT, height)
    write(Register.BITS_PER_PIXEL, 32)
    write(Register.ENABLE, ENABLED_LINEAR)


def write(register: Register, value: u16) -> None:
    port.write16(INDEX_PORT, register)
    port.write16(DATA_PORT, value)


def read_config(slot: u32, offset: u32) -> u32:
    """Read a word of the configuration space of function 0 of a slot on bus 0."""
    port.write32(CONFIG_ADDRESS, 0x80000000 | slot << 11 | offset)
    return port.read32(CONFIG_DATA)
