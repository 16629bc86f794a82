"""Preemption: whether the end of an interrupt may give this processor to another thread.

    with preemption_disabled():
        ...

Blocks nest, and interrupts go on coming; what runs inside stays on its processor and may not sleep. If
another thread's turn came meanwhile, it gets it at the end of the outermost block.

Why the count can be changed without turning interrupts off: a thread is moved only while the count of its
processor is 0, and that of the processor on which it goes on is 0 then, too. So a count that was read
before the move is the right one afterwards.

Checked builds note where the outermost block began, for who sleeps in it (kernel/sync/lock_order.py).
"""

from __future__ import annotations

from typing import Annotated

from core.cpu import frame
from kernel.cpu import processor
from kernel.sched import scheduler
from kernel.sync import began
from kernel.sync.began import Began
from lang import (
    Array,
    Ptr,
    address_of,
    holds,
    inline,
    irq_safe,
    is_checked,
    no_preempt,
    no_raise,
    no_sleep,
    noinline,
    struct,
)

began_at: Array[Began, processor.LIMIT]  # in checked builds; while a processor's depth is not 0


@struct
class preemption_disabled:
    """A block that stays on its processor."""

    @inline
    @irq_safe
    @no_raise
    def __enter__(self) -> Annotated[None, no_sleep, no_preempt]:
        depth = scheduler.preemption_depth.load()
        scheduler.preemption_depth.store(depth + 1)
        if is_checked() and depth == 0:
            note_beginning()

    @inline
    @irq_safe
    @no_raise
    @holds("preemption")
    def __exit__(self, *error: object) -> None:
        depth = scheduler.preemption_depth.load() - 1
        scheduler.preemption_depth.store(depth)
        if depth == 0 and scheduler.is_switch_wanted.load():
            scheduler.give_way()


@noinline
@irq_safe
@no_raise
@holds("preemption")
def note_beginning() -> None:
    """Note that a block begins in the function that calls this."""
    began.note(began_here(), frame.frame_pointer())


@irq_safe
@no_raise
@holds("preemption")
def began_here() -> Ptr[Began]:
    """Return where the block began that this processor is in, in a checked build."""
    return address_of(began_at[processor.number()])
