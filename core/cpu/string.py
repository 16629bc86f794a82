"""String instructions: the processor copies and fills words in a loop of its own.

The direction flag is clear, as the calling convention has it.

Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, MOVS and STOS.
"""

from __future__ import annotations

from lang import Ptr, asm, inline, irq_safe, u8, u64, usize


@inline
@irq_safe
def copy_words(target: Ptr[u8], source: Ptr[u8], count: usize) -> None:
    """Copy words of eight bytes from the first to the last."""
    asm(
        "rep movsq",
        inputs=[("0", target), ("1", source), ("2", count)],
        outputs=[("={rdi}", u64), ("={rsi}", u64), ("={rcx}", u64)],
        clobbers=["memory"],
    )


@inline
@irq_safe
def fill_words(target: Ptr[u8], pattern: u64, count: usize) -> None:
    """Store a word of eight bytes `count` times."""
    asm(
        "rep stosq",
        inputs=[("0", target), ("1", count), ("{rax}", pattern)],
        outputs=[("={rdi}", u64), ("={rcx}", u64)],
        clobbers=["memory"],
    )
