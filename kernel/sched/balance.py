"""Balance: which processor a thread is to run on, decided from what is known of all of them.

    place      a thread that wakes, or is new
    busiest    from which processor an idle one takes a waiting thread
    lightest   to which processor one that is shared gives a waiting thread, now and then

A processor's load is the sum of the weights of its threads. What these functions see was true a moment ago,
since nobody locks several processors: a decision is good on the whole, and any decision is safe.

A thread moves only if that brings the two loads closer together (`is_gain`). So each move makes the sum of the
squares of all loads smaller, and moving ends.
"""

from __future__ import annotations

from typing import Final

from kernel.cpu.processor_set import ProcessorSet
from lang import Atomic, Order, Slice, irq_safe, no_raise, struct, u16, u64

NOWHERE: Final[u16] = 0xFFFF
HOT_NS: Final[u64] = 5_000_000  # so long a thread's data are likely to be in its processor's cache
INTERVAL_NS: Final[u64] = 10_000_000  # between two looks of a shared processor for a lighter one
CANDIDATES: Final = 8  # how many waiting threads are considered for a move, in order of deadlines


@struct(align=64)
class Load:
    """What a processor has to do, for the others to read; a cache line of its own."""

    weight: Atomic[u64]
    count: Atomic[u64]  # of threads, the running one included

    @irq_safe
    @no_raise
    def publish(self, weight: u64, count: u64) -> None:
        self.weight.store(weight, Order.RELAXED)
        self.count.store(count, Order.RELAXED)

    @property
    @irq_safe
    @no_raise
    def is_idle(self) -> bool:
        return self.count.load(Order.RELAXED) == 0


@irq_safe
@no_raise
def place(loads: Slice[Load], allowed: ProcessorSet, last: u16, is_hot: bool) -> u16:
    """Return where a thread is to run that last ran on `last`: where nobody does, where its data are, or on the
    lightest processor.

    loads: of all processors that run. allowed: if none of them is in it, it does not count.
    """
    count = u16(len(loads))
    may_stay = last < count and last in allowed
    if may_stay and loads[last].is_idle:
        return last

    chosen = NOWHERE
    least: u64 = 0
    for step in range(count):
        number = u16((u64(last) + 1 + step) % count)
        if number not in allowed:
            continue
        if loads[number].is_idle:
            return number
        weight = loads[number].weight.load(Order.RELAXED)
        if chosen == NOWHERE or weight < least:
            chosen = number
            least = weight
    if (may_stay and is_hot) or chosen == NOWHERE:
        return last if last < count else 0
    return chosen


@irq_safe
@no_raise
def busiest(loads: Slice[Load], asker: u16) -> u16:
    """Return the processor with the greatest load on which threads wait; NOWHERE if they wait nowhere."""
    chosen = NOWHERE
    most: u64 = 0
    for number in range(u16(len(loads))):
        weight = loads[number].weight.load(Order.RELAXED)
        if number != asker and loads[number].count.load(Order.RELAXED) > 1 and weight > most:
            chosen = number
            most = weight
    return chosen


@irq_safe
@no_raise
def lightest(loads: Slice[Load], asker: u16, allowed: ProcessorSet) -> u16:
    """Return the other processor with the least load; NOWHERE if no other is allowed."""
    chosen = NOWHERE
    least: u64 = 0
    for number in range(u16(len(loads))):
        weight = loads[number].weight.load(Order.RELAXED)
        if number == asker or number not in allowed:
            continue
        if chosen == NOWHERE or weight < least:
            chosen = number
            least = weight
    return chosen


@irq_safe
@no_raise
def is_gain(from_load: u64, to_load: u64, weight: u64) -> bool:
    """Whether moving a thread of a weight brings two loads closer together."""
    return to_load + weight < from_load
