"""In place of the processor's instructions: control registers that keep, and places of components."""

from __future__ import annotations

from lang import Array, Ptr, irq_safe, no_raise, struct, u8, u32, u64

cr0: u64
cr4: u64
xcr0: u64
used: u64
sizes: Array[u32, 64]
offsets: Array[u32, 64]


@struct
class Registers:
    eax: u32
    ebx: u32
    ecx: u32
    edx: u32


@irq_safe
@no_raise
def cpuid(leaf: u32, subleaf: u32) -> Registers:
    assert leaf == 13
    return Registers(sizes[subleaf], offsets[subleaf], 0, 0)


@irq_safe
@no_raise
def read_cr0() -> u64:
    return cr0


@irq_safe
@no_raise
def write_cr0(value: u64) -> None:
    global cr0
    cr0 = value


@irq_safe
@no_raise
def read_cr4() -> u64:
    return cr4


@irq_safe
@no_raise
def write_cr4(value: u64) -> None:
    global cr4
    cr4 = value


@irq_safe
@no_raise
def write_xcr0(components: u64) -> None:
    global xcr0
    assert cr4 & 1 << 18 != 0, "XSETBV is there only with CR4.OSXSAVE"
    xcr0 = components


@irq_safe
@no_raise
def xsave(area: Ptr[u8], components: u64) -> None:
    global used
    used = used * 10 + 1


@irq_safe
@no_raise
def xsaveopt(area: Ptr[u8], components: u64) -> None:
    global used
    used = used * 10 + 2


@irq_safe
@no_raise
def xrstor(area: Ptr[u8], components: u64) -> None:
    global used
    used = used * 10 + 3


@irq_safe
@no_raise
def fxsave(area: Ptr[u8]) -> None:
    global used
    used = used * 10 + 4


@irq_safe
@no_raise
def fxrstor(area: Ptr[u8]) -> None:
    global used
    used = used * 10 + 5
