"""Whether this processor takes interrupts: RFLAGS.IF, turned off for the length of a block.

    with interrupts_disabled():
        ...

Blocks nest, and each puts back what it found. What runs inside stays on its processor and may
neither sleep nor be preempted.

Source: Intel SDM volume 1, section 3.4.3; volume 3A, section 6.8.
"""

from __future__ import annotations

from typing import Annotated, Final

from kernel.cpu import instructions
from lang import inline, irq_safe, no_preempt, no_raise, no_sleep, struct, u64

INTERRUPT_FLAG: Final[u64] = 1 << 9


@struct
class interrupts_disabled:
    """A block without interrupts; afterwards they are as they were before."""

    flags: u64

    @inline
    @irq_safe
    @no_raise
    def __enter__(self) -> Annotated[None, no_sleep, no_preempt]:
        self.flags = save_and_disable()

    @inline
    @irq_safe
    @no_raise
    def __exit__(self, *error: object) -> None:
        restore(self.flags)


@inline
@irq_safe
@no_raise
def save_and_disable() -> u64:
    """Turn interrupts off and return the flags from before, for `restore`."""
    flags = instructions.read_flags()
    instructions.disable_interrupts()
    return flags


@inline
@irq_safe
@no_raise
def restore(flags: u64) -> None:
    """Turn interrupts on again if they were on when `flags` were saved."""
    if flags & INTERRUPT_FLAG != 0:
        instructions.enable_interrupts()


@irq_safe
@no_raise
def enable() -> None:
    """Turn interrupts on for the first time on this processor, which is ready to be interrupted."""
    instructions.enable_interrupts()


@inline
@irq_safe
@no_raise
def are_enabled() -> bool:
    return instructions.read_flags() & INTERRUPT_FLAG != 0
