"""Single instructions that only the kernel may execute. Native tests replace this file.

Nothing here decides anything: what a register means stands with whoever uses it.

Source: Intel 64 and IA-32 Architectures Software Developer's Manual (SDM), volume 2.
"""

from __future__ import annotations

from lang import Ptr, asm, inline, irq_safe, no_raise, struct, truncate, u8, u16, u32, u64


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
    eax, ebx, ecx, edx = asm(
        "cpuid",
        inputs=[("{eax}", leaf), ("{ecx}", subleaf)],
        outputs=[("={eax}", u32), ("={ebx}", u32), ("={ecx}", u32), ("={edx}", u32)],
    )
    return Registers(eax, ebx, ecx, edx)


# Model-specific and control registers -----------------------------------------------------------


@inline
@irq_safe
@no_raise
def read_msr(number: u32) -> u64:
    low, high = asm("rdmsr", inputs=[("{ecx}", number)], outputs=[("={eax}", u32), ("={edx}", u32)])
    return u64(high) << 32 | low


@inline
@irq_safe
@no_raise
def write_msr(number: u32, value: u64) -> None:
    low, high = truncate(u32, value), truncate(u32, value >> 32)
    asm(
        "wrmsr",
        inputs=[("{ecx}", number), ("{eax}", low), ("{edx}", high)],
        outputs=[],
        clobbers=["memory"],
    )


@inline
@irq_safe
@no_raise
def read_cr0() -> u64:
    return asm("movq %cr0, $0", inputs=[], outputs=[("=r", u64)])


@inline
@irq_safe
@no_raise
def write_cr0(value: u64) -> None:
    asm("movq $0, %cr0", inputs=[("r", value)], outputs=[], clobbers=["memory"])


@inline
@irq_safe
@no_raise
def read_cr2() -> u64:
    return asm("movq %cr2, $0", inputs=[], outputs=[("=r", u64)])


@inline
@irq_safe
@no_raise
def read_cr3() -> u64:
    return asm("movq %cr3, $0", inputs=[], outputs=[("=r", u64)])


@inline
@irq_safe
@no_raise
def write_cr3(value: u64) -> None:
    """Set the top page table, and forget all translations but those of global pages."""
    asm("movq $0, %cr3", inputs=[("r", value)], outputs=[], clobbers=["memory"])


@inline
@irq_safe
@no_raise
def invalidate_page(address: u64) -> None:
    """Forget the translation of one page."""
    asm("invlpg ($0)", inputs=[("r", address)], outputs=[], clobbers=["memory"])


@inline
@irq_safe
@no_raise
def read_cr4() -> u64:
    return asm("movq %cr4, $0", inputs=[], outputs=[("=r", u64)])


@inline
@irq_safe
@no_raise
def write_cr4(value: u64) -> None:
    asm("movq $0, %cr4", inputs=[("r", value)], outputs=[], clobbers=["memory"])


@inline
@irq_safe
@no_raise
def read_tsc() -> u64:
    """Return the time stamp counter, not before all earlier instructions are done."""
    low, high = asm("lfence\n rdtsc", inputs=[], outputs=[("={eax}", u32), ("={edx}", u32)])
    return u64(high) << 32 | low


@irq_safe
@no_raise
def read_random() -> u64:
    """Return a random number, or 0 when the source has none at hand; where there is RDRAND."""
    value, has = asm("rdrand $0\n setc $1", inputs=[], outputs=[("=&r", u64), ("=q", u8)])
    return value if has != 0 else 0


# SIMD state: see simd.py. The high and low halves of the components stand in edx and eax -------------


@irq_safe
@no_raise
def write_xcr0(components: u64) -> None:
    low, high = truncate(u32, components), truncate(u32, components >> 32)
    asm(
        "xsetbv",
        inputs=[("{ecx}", u32(0)), ("{eax}", low), ("{edx}", high)],
        outputs=[],
        clobbers=["memory"],
    )


@irq_safe
@no_raise
def xsave(area: Ptr[u8], components: u64) -> None:
    low, high = truncate(u32, components), truncate(u32, components >> 32)
    asm(
        "xsave64 ($0)",
        inputs=[("r", area), ("{eax}", low), ("{edx}", high)],
        outputs=[],
        clobbers=["memory"],
    )


@irq_safe
@no_raise
def xsaveopt(area: Ptr[u8], components: u64) -> None:
    low, high = truncate(u32, components), truncate(u32, components >> 32)
    asm(
        "xsaveopt64 ($0)",
        inputs=[("r", area), ("{eax}", low), ("{edx}", high)],
        outputs=[],
        clobbers=["memory"],
    )


@irq_safe
@no_raise
def xrstor(area: Ptr[u8], components: u64) -> None:
    low, high = truncate(u32, components), truncate(u32, components >> 32)
    asm(
        "xrstor64 ($0)",
        inputs=[("r", area), ("{eax}", low), ("{edx}", high)],
        outputs=[],
        clobbers=["memory"],
    )


@irq_safe
@no_raise
def fxsave(area: Ptr[u8]) -> None:
    asm("fxsave64 ($0)", inputs=[("r", area)], outputs=[], clobbers=["memory"])


@irq_safe
@no_raise
def fxrstor(area: Ptr[u8]) -> None:
    asm("fxrstor64 ($0)", inputs=[("r", area)], outputs=[], clobbers=["memory"])


# Interrupts ----------------------------------------------------------------------------


@inline
@irq_safe
@no_raise
def read_flags() -> u64:
    return asm("pushfq\n popq $0", inputs=[], outputs=[("=r", u64)])


@inline
@irq_safe
@no_raise
def disable_interrupts() -> None:
    asm("cli", inputs=[], outputs=[], clobbers=["memory"])


@inline
@irq_safe
@no_raise
def enable_interrupts() -> None:
    asm("sti", inputs=[], outputs=[], clobbers=["memory"])


@inline
@irq_safe
@no_raise
def halt() -> None:
    asm("hlt", inputs=[], outputs=[], clobbers=["memory"])


@irq_safe
@no_raise
def undefined() -> None:
    """Cause an exception, always that for what is no instruction."""
    asm("ud2", inputs=[], outputs=[], clobbers=["memory"])


# Tables -----------------------------------------------------------------------------------------


@irq_safe
@no_raise
def load_gdt(pointer: Ptr[u8]) -> None:
    asm("lgdt ($0)", inputs=[("r", pointer)], outputs=[], clobbers=["memory"])


@irq_safe
@no_raise
def load_idt(pointer: Ptr[u8]) -> None:
    asm("lidt ($0)", inputs=[("r", pointer)], outputs=[], clobbers=["memory"])


@irq_safe
@no_raise
def load_task_register(selector: u16) -> None:
    asm("ltr $0", inputs=[("r", selector)], outputs=[], clobbers=["memory"])


@irq_safe
@no_raise
def load_segments(code: u64, data: u16) -> None:
    """Load CS by a far return, and the data segments. FS and GS keep their bases, which are ours."""
    asm(
        "pushq $0\n leaq 1f(%rip), %rax\n pushq %rax\n lretq\n"
        "1: movw $1, %ds\n movw $1, %es\n movw $1, %ss",
        inputs=[("r", code), ("r", data)],
        outputs=[],
        clobbers=["rax", "memory"],
    )
