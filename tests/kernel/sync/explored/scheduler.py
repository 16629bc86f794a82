"""In place of the scheduler: each thread has a processor of its own, and a wake-up is one atomic operation.

What an interrupt would look at on the processor that it comes to is one word, so that whoever sends one does in one
operation what it would do there:

    bits 0..7    how deep the thread is in blocks without preemption
    bit 8        WANTED: the processor is to pick at the end of the outermost block
    bit 9        IDLE: its thread sleeps
    bits 16..    how often it has picked
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import processor
from kernel.cpu.interrupts import interrupts_disabled
from kernel.sched.thread import Thread, ThreadState, WakeReason
from lang import Array, Atomic, Ptr, address_of, irq_safe, no_raise, struct, u16, u64, wrapping_sub

DEPTH: Final[u64] = 0xFF
WANTED: Final[u64] = 1 << 8
IDLE: Final[u64] = 1 << 9
PICK: Final[u64] = 1 << 16
PICKS: Final = 16

# 0: nobody spins for a mutex, which is only to try more often to take it.
processor_count: Atomic[u16]
words: Array[Atomic[u64], 16]
counts_sleeps: bool  # whether anybody looks at IDLE


@struct
class Depth:
    """How deep the running thread is in blocks without preemption."""

    @irq_safe
    @no_raise
    def load(self) -> u64:
        return word_here()[0].load() & DEPTH

    @irq_safe
    @no_raise
    def store(self, depth: u64) -> None:
        word = word_here()
        word[0].fetch_add(wrapping_sub(depth, word[0].load() & DEPTH))


@struct
class IsSwitchWanted:
    @irq_safe
    @no_raise
    def load(self) -> bool:
        return word_here()[0].load() & WANTED != 0


preemption_depth: Depth
is_switch_wanted: IsSwitchWanted


@irq_safe
@no_raise
def word_here() -> Ptr[Atomic[u64]]:
    with interrupts_disabled():
        return word_of(processor.number())


@irq_safe
@no_raise
def word_of(number: u16) -> Ptr[Atomic[u64]]:
    return address_of(words[number])


@irq_safe
@no_raise
def wake(thread: Ptr[Thread], reason: WakeReason) -> bool:
    before = thread.state.compare_exchange(ThreadState.SLEEPING, ThreadState.RUNNABLE)
    if before != ThreadState.SLEEPING:
        return False
    thread.reason = reason
    return True


@irq_safe
@no_raise
def give_way() -> None:
    """Pick, if this processor is to and may."""
    word = word_here()
    seen = word[0].load()
    while seen & WANTED != 0 and seen & DEPTH == 0:
        before = seen
        seen = word[0].compare_exchange(before, (before & ~WANTED) + PICK)
        if seen == before:
            return


@irq_safe
@no_raise
def ask_to_switch(target: u16) -> None:
    """Interrupt a processor: it picks, or notes that it is to."""
    word = word_of(target)
    seen = word[0].load()
    while seen & WANTED == 0:
        before = seen
        after = before + PICK if before & DEPTH == 0 else before | WANTED
        seen = word[0].compare_exchange(before, after)
        if seen == before:
            return


@irq_safe
@no_raise
def picks_of(number: u16) -> u64:
    return word_of(number)[0].load() >> PICKS


@irq_safe
@no_raise
def is_idle(number: u16) -> bool:
    return word_of(number)[0].load() & IDLE != 0


@no_raise
def leave_processor() -> None:
    if counts_sleeps:
        word_here()[0].fetch_add(PICK + IDLE)


@no_raise
def come_back() -> None:
    if counts_sleeps:
        word_here()[0].fetch_add(PICK - IDLE)
