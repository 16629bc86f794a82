"""What runs on this processor, as one word that only the scheduler understands.

The word is the processor's, but whoever reads it gets its own thread wherever it is moved to before and
after, since the scheduler sets it with every switch. So it may be read with preemption on, in one
instruction, which the language's PerCpu would not allow.
"""

from __future__ import annotations

from lang import PerCpu, asm, holds, inline, irq_safe, no_raise, u64

word: PerCpu[u64]


@inline
@irq_safe
@no_raise
def get() -> u64:
    """Return what `put` stored with the switch to the running thread."""
    return asm("movq %gs:kernel.cpu.running.word, $0", inputs=[], outputs=[("=r", u64)])


@inline
@irq_safe
@no_raise
@holds("preemption")
def put(value: u64) -> None:
    word.store(value)
