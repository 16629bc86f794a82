"""Accesses to I/O ports of widths that a test's device has no registers of; what stands in place of kernel/cpu/port.py takes
from here what it does not have itself."""

from __future__ import annotations

from lang import irq_safe, no_raise, u8, u16, u32


@irq_safe
@no_raise
def read8(port: u16) -> u8:
    return 0


@irq_safe
@no_raise
def write8(port: u16, value: u8) -> None:
    """Nothing is there."""


@irq_safe
@no_raise
def read16(port: u16) -> u16:
    return 0


@irq_safe
@no_raise
def write16(port: u16, value: u16) -> None:
    """Nothing is there."""


@irq_safe
@no_raise
def read32(port: u16) -> u32:
    return 0


@irq_safe
@no_raise
def write32(port: u16, value: u32) -> None:
    """Nothing is there."""
