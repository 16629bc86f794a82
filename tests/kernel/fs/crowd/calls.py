"""In place of kernel.cpu.calls: who spins lets the other threads do something, of which there are more than processors."""

from __future__ import annotations

from kernel.cpu import processor
from lang import irq_safe, no_raise


@irq_safe
@no_raise
def answer() -> None:
    processor.wait_a_moment()
