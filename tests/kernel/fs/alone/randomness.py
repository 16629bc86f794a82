"""In place of kernel.cpu.randomness: always the same number."""

from __future__ import annotations

from lang import irq_safe, no_raise, u64


@irq_safe
@no_raise
def word() -> u64:
    return 0x9E37_79B9_7F4A_7C15
