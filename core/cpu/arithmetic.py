"""Arithmetic on more bits than a register has.

Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, DIV.
"""

from __future__ import annotations

from lang import asm, inline, irq_safe, u64


@inline
@irq_safe
def divide_wide(high: u64, low: u64, divisor: u64) -> tuple[u64, u64]:
    """Divide high * 2**64 + low; return quotient and remainder.

    `high` is below the divisor, or the processor traps.
    """
    return asm(
        "divq $4",
        inputs=[("0", low), ("1", high), ("r", divisor)],
        outputs=[("={rax}", u64), ("={rdx}", u64)],
        clobbers=["cc"],
    )
