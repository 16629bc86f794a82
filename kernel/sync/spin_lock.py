"""Spin lock: mutual exclusion for a few instructions, with interrupts off.

Waiters queue, and each spins on a cache line of its own, so that a release disturbs one processor and
the lock goes to whoever waits longest. The lock is one word:

    bit 0        the lock is held
    bits 8..31   the number of the last processor in the queue, plus 1; 0: nobody waits

A processor needs its queue node only until it holds the lock, and it waits for one lock at a time,
since interrupts are off while it waits: one node per processor is enough, however locks nest.

    enter   the word is 0            -> held
            otherwise                -> join the queue; at its head, wait until the lock is free, take
                                        it, and let the next one become the head
    leave   clear bit 0

While it waits, a processor does what others ask of it (kernel/cpu/calls.py): the holder may be asking.

Invariants: between `enter` and `leave` interrupts are off on the holder. Locks are released in the
reverse order of their acquisition, since each puts back the interrupt flag that it found. Checked builds watch
the order in which they are taken (lock_order.py).
Context: everywhere but in NMI and machine check handlers, which may interrupt a holder.
Source: Mellor-Crummey and Scott, "Algorithms for Scalable Synchronization on Shared-Memory
Multiprocessors", ACM TOCS 9(1), 1991; the two-part word is that of Linux' queued spin locks.
"""

from __future__ import annotations

from typing import Annotated, Final

from kernel.cpu import calls, interrupts, processor
from kernel.sync import contention, lock_order
from kernel.sync.lock_order import HeldSpinLocks
from kernel.time import clock
from lang import (
    Array,
    Atomic,
    Order,
    Ptr,
    Slice,
    address_of,
    cold,
    holds,
    inline,
    irq_safe,
    is_checked,
    no_preempt,
    no_raise,
    no_sleep,
    noinline,
    spin_hint,
    struct,
    takes_interrupt_lock,
    u8,
    u32,
    u64,
    wrapping_sub,
)

HELD: Final[u32] = 1
TAIL_SHIFT: Final = 8


@struct(pinned=True, align=64)
class _Node:
    """A processor's place in a queue, on a cache line of its own."""

    next: Atomic[u32]  # the number of the processor behind, plus 1; 0: none yet
    is_waiting: Atomic[bool]  # until the processor before has taken the lock


nodes: Array[_Node, processor.LIMIT]
held_locks: Array[HeldSpinLocks, processor.LIMIT]  # in checked builds


@struct(pinned=True)
class SpinLock:
    word: Atomic[u32]
    flags: u64  # the holder's, from before it turned interrupts off

    @inline
    @irq_safe
    @no_raise
    @takes_interrupt_lock
    def __enter__(self, place: Slice[u8] = b"") -> Annotated[None, no_sleep, no_preempt]:
        flags = interrupts.save_and_disable()
        kind = (
            lock_order.want(address_of(held_here().held), address_of(self).address, place)
            if is_checked()
            else lock_order.NO_CLASS
        )
        if self.word.compare_exchange(0, HELD, Order.ACQUIRE) != 0:
            self._wait(place)
        if is_checked():
            lock_order.take_spin_lock(held_here(), address_of(self).address, kind)
        self.flags = flags

    @inline
    @irq_safe
    @no_raise
    @holds("preemption")
    def __exit__(self, *error: object) -> None:
        if is_checked():
            lock_order.release_spin_lock(held_here(), address_of(self).address)
        flags = self.flags
        self.word.fetch_and(~HELD, Order.RELEASE)
        interrupts.restore(flags)

    @property
    @irq_safe
    @no_raise
    def is_held(self) -> bool:
        """Whether anybody holds the lock at this moment."""
        return self.word.load(Order.RELAXED) & HELD != 0

    @cold
    @noinline
    @irq_safe
    @no_raise
    @holds("preemption")
    def _wait(self, place: Slice[u8]) -> None:
        """Queue up, and take the lock when it is this processor's turn."""
        start = clock.uptime()
        mine = u32(processor.number()) + 1
        node = address_of(nodes[mine - 1])
        before = self._join(mine, node)
        if before != 0:
            nodes[before - 1].next.store(mine, Order.RELEASE)
            while node.is_waiting.load(Order.ACQUIRE):
                calls.answer()
                spin_hint()
        self._take(mine, node)
        contention.add(place, wrapping_sub(clock.uptime(), start))

    def _join(self, mine: u32, node: Ptr[_Node]) -> u32:
        """Become the last of the queue; return who was the last before, 0 if nobody."""
        node.next.store(0, Order.RELAXED)
        node.is_waiting.store(True, Order.RELAXED)
        word = self.word.load(Order.RELAXED)
        while True:
            seen = self.word.compare_exchange(word, mine << TAIL_SHIFT | word & HELD, Order.ACQ_REL)
            if seen == word:
                return word >> TAIL_SHIFT
            word = seen

    @holds("preemption")
    def _take(self, mine: u32, node: Ptr[_Node]) -> None:
        """As the head of the queue, wait for the holder, then leave the queue with the lock."""
        word = self.word.load(Order.ACQUIRE)
        while word & HELD != 0:
            calls.answer()
            spin_hint()
            word = self.word.load(Order.ACQUIRE)
        if (
            self.word.compare_exchange(mine << TAIL_SHIFT, HELD, Order.ACQUIRE)
            == mine << TAIL_SHIFT
        ):
            return

        # Somebody is behind, or about to say so: nobody but the head sets HELD while there is a queue.
        self.word.fetch_or(HELD, Order.ACQUIRE)
        behind = node.next.load(Order.ACQUIRE)
        while behind == 0:
            spin_hint()
            behind = node.next.load(Order.ACQUIRE)
        nodes[behind - 1].is_waiting.store(False, Order.RELEASE)


@irq_safe
@no_raise
@holds("preemption")
def held_here() -> Ptr[HeldSpinLocks]:
    """Return the spin locks that this processor holds, in a checked build."""
    return address_of(held_locks[processor.number()])
