"""I/O APIC: the chip that devices' lines lead to, and that sends them to processors as vectors.

All registers are reached through a window: a number is written to SELECT, and WINDOW is the register of
that number. Each line has two registers, from TABLE on:

    low     vector, polarity, trigger, and whether the line is kept out
    high    the processor, in the upper byte

Source: Intel, 82093AA I/O APIC data sheet, section 3.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag
from typing import Final

from kernel.cpu import mmio
from kernel.interrupt import routing
from kernel.interrupt.routing import Chip, Signal
from kernel.log import log
from kernel.mem.layout import VirtAddr
from kernel.module.description import NotUsable
from kernel.sync.spin_lock import SpinLock
from lang import (
    Array,
    Ptr,
    address_of,
    irq_safe,
    no_raise,
    over,
    owner,
    struct,
    u8,
    u16,
    u32,
    u64,
    usize,
)
from modules.drivers.apic import local_apic

SIZE: Final[u64] = 0x20
SELECT: Final[u64] = 0x00
WINDOW: Final[u64] = 0x10
MOST_CHIPS: Final = 16
MOST_ID: Final[u32] = 0xFF


@over(u32)
class Register(IntEnum):
    VERSION = 0x01  # bits 16 to 23: the number of the last line
    TABLE = 0x10


@over(u32)
class Entry(IntFlag):
    """The low register of a line; with none of these it is active high, edge, and let in."""

    ACTIVE_LOW = 1 << 13
    LEVEL = 1 << 15
    MASKED = 1 << 16


@struct(pinned=True)
class IOAPIC:
    """One chip."""

    registers: VirtAddr
    lock: SpinLock  # guards the window
    chip: Chip


chips: Array[IOAPIC, MOST_CHIPS]
chip_count: usize = 0


def attach(registers: VirtAddr, first: u32) -> None:
    """Use a chip.

    registers: where they are mapped. first: the global number of its first line.

    Raises:
        NotUsable: there are too many, or another chip has some of its lines.
    """
    global chip_count
    if chip_count == MOST_CHIPS:
        raise NotUsable
    found = chips[chip_count]
    found.registers = registers
    with found.lock:
        last = _read(address_of(found), Register.VERSION) >> 16 & 0xFF
        for line in range(last + 1):
            _write(address_of(found), Register.TABLE + line * 2, Entry.MASKED)
    found.chip.first = first
    found.chip.count = last + 1
    found.chip.let_in = let_in
    found.chip.keep_out = keep_out
    try:
        routing.add_chip(found.chip)
    except routing.ChipExists:
        log.warning(f"apic: another chip has lines {first} to {first + last}")
        raise NotUsable
    chip_count += 1


@irq_safe
@no_raise
def let_in(chip: Ptr[Chip], line: u32, vector: u8, signal: Signal, target: u16) -> None:
    """Send a line to a processor."""
    mine = owner(chip, IOAPIC, "chip")
    low = Entry(0)
    if signal & Signal.ACTIVE_LOW != 0:
        low |= Entry.ACTIVE_LOW
    if signal & Signal.EDGE == 0:
        low |= Entry.LEVEL
    with mine.lock:
        _write(mine, Register.TABLE + line * 2 + 1, _reachable(target) << 24)
        _write(mine, Register.TABLE + line * 2, low | vector)


@irq_safe
@no_raise
def keep_out(chip: Ptr[Chip], line: u32) -> None:
    """Send a line nowhere."""
    mine = owner(chip, IOAPIC, "chip")
    with mine.lock:
        _write(mine, Register.TABLE + line * 2, Entry.MASKED)


@irq_safe
@no_raise
def _reachable(target: u16) -> u32:
    """Return the number of a processor, or that of the boot processor if 8 bits cannot hold it."""
    id = local_apic.ids[target]
    return id if id <= MOST_ID else local_apic.ids[0] & MOST_ID


@irq_safe
@no_raise
def _read(chip: Ptr[IOAPIC], number: u32) -> u32:
    """Read a register. The caller holds the chip's lock."""
    mmio.write32(chip.registers + SELECT, number)
    return mmio.read32(chip.registers + WINDOW)


@irq_safe
@no_raise
def _write(chip: Ptr[IOAPIC], number: u32, value: u32) -> None:
    """Write a register. The caller holds the chip's lock."""
    mmio.write32(chip.registers + SELECT, number)
    mmio.write32(chip.registers + WINDOW, value)
