"""Preemption: whether the end of an interrupt may give this processor to another thread.

    with preemption_disabled():
        ...

Blocks nest, and interrupts go on coming; what runs inside stays on its processor and may not sleep. If
another thread's turn came meanwhile, it gets it at the end of the outermost block.

Why the count can be changed without turning interrupts off: a thread is moved only while the count of its
processor is 0, and that of the processor on which it goes on is 0 then, too. So a count that was read
before the move is the right one afterwards.
"""

from __future__ import annotations

from typing import Annotated

from kernel.sched import scheduler
from lang import holds, inline, irq_safe, no_preempt, no_raise, no_sleep, struct


@struct
class preemption_disabled:
    """A block that stays on its processor."""

    @inline
    @irq_safe
    @no_raise
    def __enter__(self) -> Annotated[None, no_sleep, no_preempt]:
        scheduler.preemption_depth.store(scheduler.preemption_depth.load() + 1)

    @inline
    @irq_safe
    @no_raise
    @holds("preemption")
    def __exit__(self, *error: object) -> None:
        depth = scheduler.preemption_depth.load() - 1
        scheduler.preemption_depth.store(depth)
        if depth == 0 and scheduler.is_switch_wanted.load():
            scheduler.give_way()
