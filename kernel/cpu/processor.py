"""Processors and what each has for itself.

A processor's area holds its instances of all `PerCpu` variables. Its GS base is the area's address
minus that of the variables in the image, so that `gs:variable` is the instance; the first word of the
area holds that base (see compiler/emit). The boot processor's area is the image's own, its base 0, so
that PerCpu variables work from the kernel's first instruction. Another one's begins as zeros: no PerCpu
variable has a start value.

    number      0 for the boot processor, then counted up as processors start; dense
    LIMIT       how many there can be: interrupt destinations in xAPIC mode have 8 bits

Invariant: an area never goes away, so another processor's variables can be read at any time.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import instructions
from lang import Array, Atomic, PerCpu, holds, inline, irq_safe, no_raise, u16, u32, u64

LIMIT: Final = 256

MSR_GS_BASE: Final[u32] = 0xC000_0101
MSR_KERNEL_GS_BASE: Final[u32] = 0xC000_0102

_number: PerCpu[u16]
_bases: Array[u64, LIMIT]  # of the areas, by number
_count: Atomic[u16]  # of processors that have one, the boot processor aside


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


@no_raise
@holds("preemption")
def begin(base: u64, number: u16) -> None:
    """Be another processor, whose area, of zeros but for the base, was made for it."""
    set_base(base)
    _number.store(number)
    _bases[number] = base
    _count.store(max(_count.load(), number))


@irq_safe
@no_raise
def count() -> u16:
    """Return how many processors there are."""
    return _count.load() + 1


@irq_safe
@no_raise
def base_of(number: u16) -> u64:
    """Return what to add to the address of a PerCpu variable to get that of a processor's own."""
    return _bases[number]


@no_raise
def set_base(base: u64) -> None:
    """Set the base of GS, in the kernel and for the return from a program."""
    instructions.write_msr(MSR_GS_BASE, base)
    instructions.write_msr(MSR_KERNEL_GS_BASE, base)
