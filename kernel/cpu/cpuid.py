"""What the processor can do, read once from CPUID into a structure.

A leaf beyond the largest that a processor answers holds garbage on some and the last leaf's answer on
others, so each is asked for only if it exists. Numbers that firmware or a hypervisor may get wrong are
brought into the range that the kernel can live with.

Source: Intel SDM volume 2, CPUID; AMD64 Architecture Programmer's Manual volume 3, appendix E.
"""

from __future__ import annotations

from enum import IntFlag
from typing import Final

from kernel.cpu import instructions
from lang import Array, Slice, no_raise, over, struct, truncate, u8, u32, u64

EXTENDED: Final[u32] = 0x8000_0000
HYPERVISOR: Final[u32] = 0x4000_0000

LEAST_PHYSICAL_BITS: Final[u8] = 36
MOST_PHYSICAL_BITS: Final[u8] = 52  # that a page table entry has room for


@over(u64)
class Feature(IntFlag):
    """The features that the kernel asks about; each stands for a bit of one leaf."""

    APIC = 1 << 0
    X2APIC = 1 << 1
    TSC_DEADLINE = 1 << 2
    INVARIANT_TSC = 1 << 3
    PGE = 1 << 4  # global pages
    PCID = 1 << 5
    PAT = 1 << 6  # memory types by page
    NX = 1 << 7
    HUGE_PAGES = 1 << 8  # pages of 1 GiB
    SMEP = 1 << 9
    SMAP = 1 << 10
    UMIP = 1 << 11
    FSGSBASE = 1 << 12
    SYSCALL = 1 << 13
    FXSR = 1 << 14
    XSAVE = 1 << 15
    XSAVEOPT = 1 << 16
    RDRAND = 1 << 17
    RDSEED = 1 << 18
    RDTSCP = 1 << 19
    HYPERVISOR = 1 << 20  # this is a virtual machine
    MACHINE_CHECK = 1 << 21


@struct
class FeatureBit:
    leaf: u32
    subleaf: u32
    register: u8  # 0 to 3: eax, ebx, ecx, edx
    bit: u8
    feature: Feature


FEATURE_BITS: Final = Array[FeatureBit, 22](
    FeatureBit(1, 0, 3, 7, Feature.MACHINE_CHECK),
    FeatureBit(1, 0, 3, 9, Feature.APIC),
    FeatureBit(1, 0, 3, 13, Feature.PGE),
    FeatureBit(1, 0, 3, 16, Feature.PAT),
    FeatureBit(1, 0, 3, 24, Feature.FXSR),
    FeatureBit(1, 0, 2, 17, Feature.PCID),
    FeatureBit(1, 0, 2, 21, Feature.X2APIC),
    FeatureBit(1, 0, 2, 24, Feature.TSC_DEADLINE),
    FeatureBit(1, 0, 2, 26, Feature.XSAVE),
    FeatureBit(1, 0, 2, 30, Feature.RDRAND),
    FeatureBit(1, 0, 2, 31, Feature.HYPERVISOR),
    FeatureBit(7, 0, 1, 0, Feature.FSGSBASE),
    FeatureBit(7, 0, 1, 7, Feature.SMEP),
    FeatureBit(7, 0, 1, 18, Feature.RDSEED),
    FeatureBit(7, 0, 1, 20, Feature.SMAP),
    FeatureBit(7, 0, 2, 2, Feature.UMIP),
    FeatureBit(13, 1, 0, 0, Feature.XSAVEOPT),
    FeatureBit(0x8000_0001, 0, 3, 11, Feature.SYSCALL),
    FeatureBit(0x8000_0001, 0, 3, 20, Feature.NX),
    FeatureBit(0x8000_0001, 0, 3, 26, Feature.HUGE_PAGES),
    FeatureBit(0x8000_0001, 0, 3, 27, Feature.RDTSCP),
    FeatureBit(0x8000_0007, 0, 3, 8, Feature.INVARIANT_TSC),
)


@struct
class Identity:
    """A processor, as CPUID describes it."""

    vendor: Array[u8, 12]
    family: u32
    model: u32
    stepping: u32
    brand: Array[u8, 48]  # padded with zeros
    apic_id: u32
    features: Feature
    physical_bits: u8  # of an address
    linear_bits: u8
    xsave_components: u64  # what XCR0 may hold
    xsave_size: u32  # in bytes, for all of them in the standard format; 0 without XSAVE
    tsc_hz: u64  # 0 where CPUID does not say

    @no_raise
    def has(self, feature: Feature) -> bool:
        return self.features & feature == feature

    @no_raise
    def brand_text(self) -> Slice[u8]:
        """Return the brand without the blanks around it."""
        start, end = u64(0), u64(0)
        for index in range(u64(len(self.brand))):
            if self.brand[index] > 0x20:
                end = index + 1
        while start < end and self.brand[start] <= 0x20:
            start += 1
        return self.brand[start:end]


@no_raise
def read(into: Identity) -> None:
    """Ask this processor for everything."""
    largest = instructions.cpuid(0, 0)
    _store(into.vendor[:], 0, largest.ebx)
    _store(into.vendor[:], 4, largest.edx)
    _store(into.vendor[:], 8, largest.ecx)
    version = instructions.cpuid(1, 0)
    _read_version(into, version.eax)
    into.apic_id = version.ebx >> 24
    if largest.eax >= 0xB:
        topology = instructions.cpuid(0xB, 0)
        if topology.ebx & 0xFFFF != 0:
            into.apic_id = topology.edx

    into.features = _features()
    _read_address_sizes(into)
    _read_brand(into)
    _read_xsave(into)
    into.tsc_hz = _tsc_hz()


@no_raise
def exists(leaf: u32) -> bool:
    """Whether this processor answers the leaf."""
    if leaf < HYPERVISOR:
        return leaf <= instructions.cpuid(0, 0).eax
    base = EXTENDED if leaf >= EXTENDED else HYPERVISOR
    largest = instructions.cpuid(base, 0).eax
    return base <= leaf <= largest and largest - base < 0x1_0000


def _features() -> Feature:
    found = Feature(0)
    for each in FEATURE_BITS:
        if (
            exists(each.leaf)
            and _register(each.leaf, each.subleaf, each.register) >> each.bit & 1 != 0
        ):
            found |= each.feature
    return found


def _register(leaf: u32, subleaf: u32, number: u8) -> u32:
    answer = instructions.cpuid(leaf, subleaf)
    match number:
        case 0:
            return answer.eax
        case 1:
            return answer.ebx
        case 2:
            return answer.ecx
    return answer.edx


def _read_version(into: Identity, version: u32) -> None:
    """Take family and model apart. SDM volume 2, CPUID, figure 3-6."""
    into.stepping = version & 0xF
    into.model = version >> 4 & 0xF
    into.family = version >> 8 & 0xF
    if into.family == 6 or into.family == 15:
        into.model |= version >> 12 & 0xF0
    if into.family == 15:
        into.family += version >> 20 & 0xFF


def _read_address_sizes(into: Identity) -> None:
    into.physical_bits = LEAST_PHYSICAL_BITS
    into.linear_bits = 48
    if exists(0x8000_0008):
        sizes = instructions.cpuid(0x8000_0008, 0).eax
        physical = max(truncate(u8, sizes), LEAST_PHYSICAL_BITS)
        into.physical_bits = min(physical, MOST_PHYSICAL_BITS)
        into.linear_bits = min(max(truncate(u8, sizes >> 8), u8(48)), u8(57))


def _read_brand(into: Identity) -> None:
    if not exists(0x8000_0004):
        return
    for part in range(u32(3)):
        words = instructions.cpuid(0x8000_0002 + part, 0)
        start = u64(part) * 16
        _store(into.brand[:], start, words.eax)
        _store(into.brand[:], start + 4, words.ebx)
        _store(into.brand[:], start + 8, words.ecx)
        _store(into.brand[:], start + 12, words.edx)


def _read_xsave(into: Identity) -> None:
    """Leaf 13: which state there is, and how large it is. SDM volume 1, section 13.2."""
    if not into.has(Feature.XSAVE) or not exists(13):
        into.features &= ~(Feature.XSAVE | Feature.XSAVEOPT)
        return
    state = instructions.cpuid(13, 0)
    into.xsave_components = u64(state.edx) << 32 | state.eax
    into.xsave_size = state.ecx


def _tsc_hz() -> u64:
    """The frequency of the time stamp counter, from leaf 0x15; 0 if it is not enumerated."""
    if not exists(0x15):
        return 0
    ratio = instructions.cpuid(0x15, 0)
    if ratio.eax == 0 or ratio.ebx == 0 or ratio.ecx == 0:
        return 0
    return u64(ratio.ecx) * ratio.ebx // ratio.eax


def _store(into: Slice[u8], start: u64, word: u32) -> None:
    for index in range(u64(4)):
        into[start + index] = truncate(u8, word >> u32(index * 8))
