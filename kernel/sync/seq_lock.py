"""Sequence lock: values that must agree, read far more often than they change.

    with lock:                              sequence = lock.begin()
        seconds.store(1, RELAXED)           while True:
        ns.store(0, RELAXED)                    first, second = seconds.load(RELAXED), ns.load(RELAXED)
                                                if not lock.has_changed(sequence): break
                                                sequence = lock.begin()

Readers store nothing, so they share their cache lines; one that was disturbed reads again. A writer is never
held up by readers. The sequence is odd while a writer is inside.

Proof that a reader which finds the sequence unchanged, and even, has read what one writer left: if it saw any store of
a later writer, then the fence before that store and the reader's fence after the load order that writer's odd
sequence before the reader's second look at it, which would have found it. What it saw of earlier writers is
complete, since `begin` acquires what their last store of the sequence released.

Invariants: what a sequence lock guards is Atomic, loaded and stored RELAXED, one word each: a reader meets values of
different writers before it looks at the sequence again, so it may not follow a pointer among them.
Lock order: a leaf; writers hold a spin lock.
Context: everywhere a spin lock may be taken; a reader spins while a writer is inside.
Source: Boehm, "Can Seqlocks Get Along with Programming Language Memory Models?", MSPC 2012, section 4.
"""

from __future__ import annotations

from typing import Annotated

from kernel.sync.spin_lock import SpinLock
from lang import (
    Atomic,
    Order,
    Slice,
    fence,
    holds,
    inline,
    irq_safe,
    no_preempt,
    no_raise,
    no_sleep,
    spin_hint,
    struct,
    takes_interrupt_lock,
    u8,
    u64,
)


@struct(pinned=True)
class SeqLock:
    """Zeros are a lock without a writer."""

    sequence: Atomic[u64]  # stored by whoever holds writers
    writers: SpinLock

    @inline
    @irq_safe
    @no_raise
    @takes_interrupt_lock
    def __enter__(self, place: Slice[u8] = b"") -> Annotated[None, no_sleep, no_preempt]:
        self.writers.__enter__(place)
        self.sequence.store(self.sequence.load(Order.RELAXED) + 1, Order.RELAXED)
        fence(Order.RELEASE)

    @inline
    @irq_safe
    @no_raise
    @holds("preemption")
    def __exit__(self, *error: object) -> None:
        self.sequence.store(self.sequence.load(Order.RELAXED) + 1, Order.RELEASE)
        self.writers.__exit__()

    @inline
    @irq_safe
    @no_raise
    def begin(self) -> u64:
        """Wait until no writer is inside; return the sequence for `has_changed`."""
        sequence = self.sequence.load(Order.ACQUIRE)
        while sequence % 2 != 0:
            spin_hint()
            sequence = self.sequence.load(Order.ACQUIRE)
        return sequence

    @inline
    @irq_safe
    @no_raise
    def has_changed(self, sequence: u64) -> bool:
        """Whether a writer came since `begin`, so that what was read since then may not agree."""
        fence(Order.ACQUIRE)
        return self.sequence.load(Order.RELAXED) != sequence
