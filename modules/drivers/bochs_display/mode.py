"""The mode: how many pixels the display shows.

Source: QEMU documentation, "Standard VGA"; Bochs, "VBE DISPI interface".
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final

from kernel.cpu import mmio
from kernel.log import log
from kernel.mem.layout import VirtAddr
from kernel.module.description import NotUsable
from lang import over, u16, u64

FIRST_REGISTER: Final[u64] = 0x500
LEAST_SIZE: Final[u64] = 0x1000  # of the range that has the registers

BITS: Final[u16] = 32
IDENTITY: Final[u16] = 0xB0C0
VERSION: Final[u16] = 0x000F


@over(u16)
class Register(IntEnum):
    IDENTITY = 0
    WIDTH = 1
    HEIGHT = 2
    BITS_PER_PIXEL = 3
    ENABLE = 4


@over(u16)
class Enable(IntFlag):
    ENABLED = 1 << 0
    LINEAR = 1 << 6  # all pixels in a row


def set(registers: VirtAddr, width: u16, height: u16) -> None:
    """Switch the display to 32 bits a pixel, row after row without a gap.

    Raises:
        NotUsable: it is no such display, or does not take the mode.
    """
    identity = read(registers, Register.IDENTITY)
    if identity & ~VERSION != IDENTITY:
        log.warning(f"bochs_display: {identity:#x} is no such display")
        raise NotUsable
    write(registers, Register.ENABLE, 0)
    write(registers, Register.WIDTH, width)
    write(registers, Register.HEIGHT, height)
    write(registers, Register.BITS_PER_PIXEL, BITS)
    write(registers, Register.ENABLE, u16(Enable.ENABLED | Enable.LINEAR))
    found_width, found_height = read(registers, Register.WIDTH), read(registers, Register.HEIGHT)
    if found_width != width or found_height != height:
        log.warning(f"bochs_display: it has {found_width} by {found_height} pixels, and no others")
        raise NotUsable


def read(registers: VirtAddr, register: Register) -> u16:
    return mmio.read16(registers + FIRST_REGISTER + 2 * u64(register))


def write(registers: VirtAddr, register: Register, value: u16) -> None:
    mmio.write16(registers + FIRST_REGISTER + 2 * u64(register), value)
