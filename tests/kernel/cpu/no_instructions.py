"""In place of the processor's privileged instructions: one thread's interrupt flag, and nothing else."""

from __future__ import annotations

from lang import inline, irq_safe, no_raise, u32, u64

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
def write_msr(number: u32, value: u64) -> None:
    """No area of this processor's moves."""
