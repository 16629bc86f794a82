"""Target code for the tests of a display's mode."""

from __future__ import annotations

from kernel.cpu import mmio
from kernel.io import serial
from lang import u16, u32
from modules.drivers.bochs_display import mode


def begin(identity: u16, most_width: u16) -> None:
    serial.is_there = False
    mmio.registers[:].fill(0)
    mmio.registers[0] = identity
    mmio.registers[4] = 1  # as somebody else left it
    mmio.most_width = most_width
    mmio.changes_while_enabled = 0


def set_mode(width: u16, height: u16) -> None:
    mode.set(mmio.START, width, height)


def register(number: u32) -> u16:
    return mmio.registers[number]


def changes_while_enabled() -> u32:
    return mmio.changes_while_enabled
