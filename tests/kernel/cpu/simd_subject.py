"""Target code for the tests of SIMD state: what is kept, and how large that is."""

from __future__ import annotations

from kernel.cpu import instructions, simd
from kernel.cpu.cpuid import Feature, Identity
from kernel.cpu.simd import Component
from lang import Array, u8, u32, u64

identity: Identity
area: Array[u8, 4096]


def begin(features: u64, there: u64) -> tuple[u64, u64]:
    """Begin on a processor with features and components; return what is kept, and its size."""
    identity.features = Feature(features)
    identity.xsave_components = there
    instructions.cr0 = 0x8000_000C
    instructions.cr4 = 0x20
    instructions.xcr0 = 0
    simd.begin(identity)
    return simd.components, simd.area_size


def control_registers() -> tuple[u64, u64, u64]:
    return instructions.cr0, instructions.cr4, instructions.xcr0


def usable(there: u64) -> u64:
    return simd.usable(there)


def size_of(components: u64) -> u64:
    return simd.size_of(Component(components))


def set_place(number: u64, size: u32, offset: u32) -> None:
    instructions.sizes[number] = size
    instructions.offsets[number] = offset


def save_and_restore() -> u64:
    """Return which instructions did it, as digits."""
    instructions.used = 0
    simd.save(area[:].pointer)
    simd.restore(area[:].pointer)
    return instructions.used


def initialise(size: u64) -> None:
    area[:].fill(0xEE)
    simd.initialise(area[:size])


def byte(index: u64) -> u8:
    return area[index]
