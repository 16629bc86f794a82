"""The frame pointer: where the running function keeps its caller's.

Source: System V ABI, AMD64 Supplement, section 3.2.2.
"""

from __future__ import annotations

from lang import asm, inline, irq_safe, no_raise, u64


@inline
@irq_safe
@no_raise
def frame_pointer() -> u64:
    """Return the address of the frame of the function that calls this."""
    return asm("movq %rbp, $0", inputs=[], outputs=[("=r", u64)], clobbers=[])
