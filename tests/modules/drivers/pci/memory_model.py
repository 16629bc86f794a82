"""In place of registers in memory: a page of them."""

from __future__ import annotations

from typing import Final

from lang import Array, irq_safe, no_raise, u32, u64

START: Final[u64] = 0x10000

words: Array[u32, 1024]


@irq_safe
@no_raise
def read32(address: u64) -> u32:
    return words[(address - START) // 4]


@irq_safe
@no_raise
def write32(address: u64, value: u32) -> None:
    words[(address - START) // 4] = value


@irq_safe
@no_raise
def read64(address: u64) -> u64:
    return 0


@irq_safe
@no_raise
def write64(address: u64, value: u64) -> None:
    """There are none of these."""
