"""Target code for the tests of CPUID: a processor that answers as the test says."""

from __future__ import annotations

from kernel.cpu import cpuid, instructions
from kernel.cpu.cpuid import Feature, Identity
from lang import u8, u32, u64, usize

identity: Identity


def clear() -> None:
    instructions.count = 0


def answer(leaf: u32, subleaf: u32, eax: u32, ebx: u32, ecx: u32, edx: u32) -> None:
    """From now on answer a leaf with these registers."""
    place = instructions.answers[instructions.count]
    place.leaf = leaf
    place.subleaf = subleaf
    place.registers.eax = eax
    place.registers.ebx = ebx
    place.registers.ecx = ecx
    place.registers.edx = edx
    instructions.count += 1


def read() -> None:
    identity.features = Feature(0)
    identity.brand[:].fill(0)
    identity.xsave_components = 0
    identity.xsave_size = 0
    cpuid.read(identity)


def has(feature: u64) -> bool:
    return u64(identity.features) & feature != 0


def version() -> tuple[u32, u32, u32]:
    return identity.family, identity.model, identity.stepping


def brand_length() -> usize:
    return len(identity.brand_text())


def brand_byte(index: usize) -> u8:
    return identity.brand_text()[index]


def numbers() -> tuple[u8, u8, u32, u64, u32, u64]:
    return (
        identity.physical_bits,
        identity.linear_bits,
        identity.xsave_size,
        identity.xsave_components,
        identity.apic_id,
        identity.tsc_hz,
    )
