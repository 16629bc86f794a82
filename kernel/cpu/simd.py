"""SIMD state: the registers of the floating point and vector units, which programs have and the kernel
does not touch.

A thread's is kept in an area of its own while the thread does not run. What there is to keep depends on
the processor, in components:

    X87          the floating point stack, and MMX
    SSE          xmm0 to xmm15, and how they round
    AVX          the upper halves that make them ymm0 to ymm15
    AVX-512      mask registers, the upper halves that make zmm0 to zmm15, and zmm16 to zmm31

XCR0 says which of them programs may use, and XSAVE keeps those; one that is in its initial state it
leaves out, and XSAVEOPT one that has not changed. Without XSAVE there is FXSAVE, for the first two.

    area     512 bytes of FXSAVE, 64 bytes of header, then components at offsets that CPUID tells
    header   which components are not in their initial state; zeros mean that all are

All processors are taken to have what the boot processor has.

Source: Intel SDM volume 1, chapter 13; sections 10.5.1 and 8.1.5 for the initial values; volume 2, CPUID.
"""

from __future__ import annotations

from enum import IntFlag
from typing import Final

from core import endian
from kernel.cpu import instructions
from kernel.cpu.cpuid import Feature, Identity
from lang import Ptr, Slice, irq_safe, no_raise, over, u8, u16, u32, u64

ALIGNMENT: Final = 64  # of an area
LEGACY_SIZE: Final[u64] = 512
HEADER_SIZE: Final[u64] = 64
MOST_COMPONENTS: Final = 63

CONTROL_WORD: Final = 0  # offsets in an area
MXCSR: Final = 24
INITIAL_CONTROL_WORD: Final[u16] = 0x37F  # all exceptions masked, 64 bits of precision
INITIAL_MXCSR: Final[u32] = 0x1F80  # all exceptions masked


@over(u64)
class CR0(IntFlag):
    MONITOR_COPROCESSOR = 1 << 1
    EMULATION = 1 << 2
    TASK_SWITCHED = 1 << 3
    NUMERIC_ERROR = 1 << 5


@over(u64)
class CR4(IntFlag):
    FXSAVE = 1 << 9
    SIMD_EXCEPTIONS = 1 << 10
    XSAVE = 1 << 18


@over(u64)
class Component(IntFlag):
    """Bits of XCR0."""

    X87 = 1 << 0
    SSE = 1 << 1
    AVX = 1 << 2
    MASKS = 1 << 5
    UPPER_HALVES = 1 << 6
    UPPER_REGISTERS = 1 << 7


LEGACY: Final[Component] = Component.X87 | Component.SSE
AVX_512: Final[Component] = Component.MASKS | Component.UPPER_HALVES | Component.UPPER_REGISTERS

has_xsave: bool = False
has_xsaveopt: bool = False
components: Component = Component(0)  # that are kept
area_size: u64 = 0  # in bytes


@no_raise
def begin(identity: Identity) -> None:
    """Find out what there is to keep; on the boot processor, before any other."""
    global has_xsave, has_xsaveopt, components, area_size
    has_xsave = identity.has(Feature.XSAVE)
    has_xsaveopt = identity.has(Feature.XSAVEOPT)
    components = usable(identity.xsave_components) if has_xsave else LEGACY
    area_size = size_of(components) if has_xsave else LEGACY_SIZE
    begin_processor()


@no_raise
def begin_processor() -> None:
    """Let programs on this processor use what is kept."""
    cr0 = instructions.read_cr0() & ~u64(CR0.EMULATION | CR0.TASK_SWITCHED)
    instructions.write_cr0(cr0 | CR0.MONITOR_COPROCESSOR | CR0.NUMERIC_ERROR)
    cr4 = CR4.FXSAVE | CR4.SIMD_EXCEPTIONS
    if has_xsave:
        cr4 |= CR4.XSAVE
    instructions.write_cr4(instructions.read_cr4() | cr4)
    if has_xsave:
        instructions.write_xcr0(components)


@no_raise
def usable(there: u64) -> Component:
    """Return which of the components that a processor has we keep: those we know, and together.

    Some depend on others, and XCR0 takes no set that has one without what it needs.
    """
    result = LEGACY
    if there & Component.AVX != 0:
        result |= Component.AVX
        if there & AVX_512 == AVX_512:
            result |= AVX_512
    return result


@no_raise
def size_of(kept: Component) -> u64:
    """Return the size of an area that has room for some components."""
    size = LEGACY_SIZE + HEADER_SIZE
    for number in range(u32(2), u32(MOST_COMPONENTS)):
        if u64(kept) >> number & 1 != 0:
            place = instructions.cpuid(13, number)
            size = max(size, u64(place.eax) + place.ebx)
    return size


@no_raise
def initialise(area: Slice[u8]) -> None:
    """Let an area hold the state in which a program begins.

    area: area_size bytes, aligned to ALIGNMENT.
    """
    area.fill(0)
    endian.store_u16(area, CONTROL_WORD, INITIAL_CONTROL_WORD)
    endian.store_u32(area, MXCSR, INITIAL_MXCSR)


@irq_safe
@no_raise
def save(area: Ptr[u8]) -> None:
    """Store this processor's state into an area that was initialised, and is used for one thread only."""
    if has_xsaveopt:
        instructions.xsaveopt(area, components)
    elif has_xsave:
        instructions.xsave(area, components)
    else:
        instructions.fxsave(area)


@irq_safe
@no_raise
def restore(area: Ptr[u8]) -> None:
    """Load this processor's state from an area."""
    if has_xsave:
        instructions.xrstor(area, components)
    else:
        instructions.fxrstor(area)
