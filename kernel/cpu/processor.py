"""Processors and what each has for itself.

A processor's area holds its instances of all `PerCpu` variables. Its GS base is the area's address
minus that of the variables in the image, so that `gs:variable` is the instance; the first word of the
area holds that base (see compiler/emit). The boot processor's area is the image's own, its base 0, so
that PerCpu variables work from the kernel's first instruction.

    number      0 for the boot processor, then counted up as processors start; dense
    LIMIT       how many there can be: interrupt destinations in xAPIC mode have 8 bits

Invariant: an area never goes away, so another processor's variables can be read at any time.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import instructions
from lang import (
    PerCpu,
    Ptr,
    holds,
    inline,
    irq_safe,
    no_raise,
    symbol_address,
    u16,
    u32,
    u64,
    wrapping_sub,
)

LIMIT: Final = 256

MSR_GS_BASE: Final[u32] = 0xC000_0101
MSR_KERNEL_GS_BASE: Final[u32] = 0xC000_0102

_number: PerCpu[u16]


@inline
@irq_safe
@no_raise
@holds("preemption")
def number() -> u16:
    """Return the number of this processor."""
    return _number.load()


@no_raise
def begin_boot_processor() -> None:
    """Let the boot processor's PerCpu variables be those in the image."""
    set_base(0)


@irq_safe
@no_raise
def area_size() -> u64:
    """Return how large a processor's area is."""
    return symbol_address("__percpu_end") - symbol_address("__percpu_start")


@no_raise
@holds("preemption")
def prepare_area(area: u64, number: u16) -> u64:
    """Ready the area of another processor, and return its base.

    area: area_size() zeros, which stay; `PerCpu` variables have no other start values.
    """
    base = wrapping_sub(area, symbol_address("__percpu_start"))
    Ptr[u64](area)[0] = base
    _number.at(area)[0] = number
    return base


@no_raise
def set_base(base: u64) -> None:
    """Set the base of GS, in the kernel and for the return from a program."""
    instructions.write_msr(MSR_GS_BASE, base)
    instructions.write_msr(MSR_KERNEL_GS_BASE, base)
