"""In place of the processor's instructions: a time stamp counter of 1 GHz, and registers that keep."""

from __future__ import annotations

from lang import Array, irq_safe, no_raise, u32, u64

now_ns: u64 = 1000
apic_base: u64 = 0
x2_registers: Array[u64, 64]


@irq_safe
@no_raise
def read_tsc() -> u64:
    global now_ns
    now_ns += 10
    return now_ns


@irq_safe
@no_raise
def read_msr(number: u32) -> u64:
    return apic_base if number == 0x1B else x2_registers[number - 0x800]


@irq_safe
@no_raise
def write_msr(number: u32, value: u64) -> None:
    global apic_base
    if number == 0x1B:
        apic_base = value
    else:
        x2_registers[number - 0x800] = value


@irq_safe
@no_raise
def read_flags() -> u64:
    return 0


@irq_safe
@no_raise
def disable_interrupts() -> None:
    """Nothing interrupts here."""


@irq_safe
@no_raise
def enable_interrupts() -> None:
    """Nothing interrupts here."""
