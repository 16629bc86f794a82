"""Control registers: turns on what protects the kernel from programs, and from itself.

    WP      the kernel, too, writes only where a page allows it
    NX      a page is executable only if it says so
    SMEP    the kernel executes no page of a program
    SMAP    the kernel touches no page of a program, but where it copies on purpose (user_memory.py)
    UMIP    programs cannot read where the kernel's tables are
    PGE     the kernel's pages stay in the TLB when the address space changes

The page attribute table keeps its first four types, which page tables made by others use, and has
write-combining, for frame buffers, as its fifth.

Source: Intel SDM volume 3A, sections 2.2.1, 2.5, 4.6 and 11.12.4.
"""

from __future__ import annotations

from enum import IntFlag
from typing import Final

from kernel.cpu import instructions
from kernel.cpu.cpuid import Feature, Identity
from lang import irq_safe, no_raise, over, u32, u64

MSR_EFER: Final[u32] = 0xC000_0080
MSR_PAT: Final[u32] = 0x277

# Write-back, write-through, uncached minus, uncached; write-combining, then the same again.
PAGE_ATTRIBUTES: Final[u64] = 0x0007_0401_0007_0406


@over(u64)
class CR0(IntFlag):
    WRITE_PROTECT = 1 << 16


@over(u64)
class CR4(IntFlag):
    GLOBAL_PAGES = 1 << 7
    UMIP = 1 << 11
    SMEP = 1 << 20
    SMAP = 1 << 21


@over(u64)
class EFER(IntFlag):
    SYSTEM_CALLS = 1 << 0
    NO_EXECUTE = 1 << 11


has_smap: bool = False


@no_raise
def set_up(identity: Identity) -> None:
    """Turn on everything that this processor has. The page tables in use must allow it."""
    global has_smap
    instructions.write_cr0(instructions.read_cr0() | CR0.WRITE_PROTECT)
    instructions.write_cr4(instructions.read_cr4() | _cr4(identity))
    has_smap = identity.has(Feature.SMAP)

    if identity.has(Feature.NX):
        efer = instructions.read_msr(MSR_EFER)
        instructions.write_msr(MSR_EFER, efer | EFER.NO_EXECUTE)
    if identity.has(Feature.PAT):
        instructions.write_msr(MSR_PAT, PAGE_ATTRIBUTES)


@irq_safe
@no_raise
def forget_all_translations() -> None:
    """Empty this processor's TLB, of global pages, too. Source: Intel SDM volume 3A, section 4.10.4.1."""
    cr4 = instructions.read_cr4()
    if cr4 & CR4.GLOBAL_PAGES != 0:
        instructions.write_cr4(cr4 & ~CR4.GLOBAL_PAGES)
        instructions.write_cr4(cr4)
    else:
        instructions.write_cr3(instructions.read_cr3())


def _cr4(identity: Identity) -> CR4:
    """Return the bits to set."""
    bits = CR4(0)
    if identity.has(Feature.PGE):
        bits |= CR4.GLOBAL_PAGES
    if identity.has(Feature.UMIP):
        bits |= CR4.UMIP
    if identity.has(Feature.SMEP):
        bits |= CR4.SMEP
    if identity.has(Feature.SMAP):
        bits |= CR4.SMAP
    return bits
