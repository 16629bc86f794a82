"""In place of the processor's privileged instructions: one thread's interrupt flag, and nothing else."""

from __future__ import annotations

from lang import inline, irq_safe, no_raise, struct, u32, u64

flags: u64 = 1 << 9


@inline
@irq_safe
@no_raise
def read_flags() -> u64:
    return flags


@inline
@irq_safe
@no_raise
def disable_interrupts() -> None:
    global flags
    flags = 0


@inline
@irq_safe
@no_raise
def enable_interrupts() -> None:
    global flags
    flags = 1 << 9


@irq_safe
@no_raise
def read_tsc() -> u64:
    return 0


@irq_safe
@no_raise
def write_msr(number: u32, value: u64) -> None:
    """No area of this processor's moves."""


@inline
@irq_safe
@no_raise
def read_cr3() -> u64:
    return 0


@irq_safe
@no_raise
def write_cr3(value: u64) -> None:
    """Nothing is translated here."""


@inline
@irq_safe
@no_raise
def read_cr4() -> u64:
    return 0


@irq_safe
@no_raise
def write_cr4(value: u64) -> None:
    """Nothing is turned on."""


@irq_safe
@no_raise
def invalidate_page(address: u64) -> None:
    """Nothing is remembered."""


@struct
class Registers:
    """What CPUID answers."""

    eax: u32
    ebx: u32
    ecx: u32
    edx: u32


@irq_safe
@no_raise
def cpuid(leaf: u32, subleaf: u32) -> Registers:
    """Answer nothing."""
    return Registers(0, 0, 0, 0)


@irq_safe
@no_raise
def read_msr(number: u32) -> u64:
    return 0


@irq_safe
@no_raise
def read_cr0() -> u64:
    return 0


@irq_safe
@no_raise
def write_cr0(value: u64) -> None:
    """Nothing is turned on."""
