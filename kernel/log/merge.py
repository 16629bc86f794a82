"""Merge: takes the lines of all processors in the order in which they were begun.

A line draws its number, from 0 on without gaps, just before it is put into its processor's ring, and
interrupts stay off in between; so the numbers in a ring ascend, and line n is the oldest of some ring
or is being written at this moment. Its writer comes here itself once it is done: nobody waits.

    write       draw a number, put the line, try to become the taker
    the taker   while the next number is the oldest in some ring: show the line, take it
                then stop being the taker; if the next number is there by now, begin again

The last step closes the gap in which a writer still finds a taker that has already looked: the writer
publishes its line before it looks at `is_taken`, the taker gives `is_taken` up before it looks for the
line once more, and both in sequentially consistent order, so one of the two sees the other. What that
last look finds may be wrong if somebody else takes lines meanwhile, who then makes the same last look.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from kernel.cpu import processor
from kernel.log.level import Level
from kernel.log.ring import Line, LineRing
from lang import Array, Atomic, Format, Order, Ptr, irq_safe, no_raise, struct, u16, u64, usize

Show = Annotated[Callable[[Ptr[Line], u64], None], irq_safe, no_raise]


@struct
class Counts:
    """Lines of all processors, since the start."""

    waiting: u64  # to be shown
    passed: u64  # those that wait included
    lost: u64


@struct(pinned=True)
class Lines:
    """The lines of all processors."""

    drawn: Atomic[u64]  # numbers
    processors: Atomic[u16]  # how many rings there may be
    rings: Array[Ptr[LineRing] | None, processor.LIMIT]  # by processor; set once

    is_taken: Atomic[bool]  # whether somebody takes lines
    next: u64  # number of the line to take; the taker's

    @irq_safe
    @no_raise
    def add_ring(self, number: u16, ring: Ptr[LineRing]) -> None:
        """Let a processor write. Only itself calls this, or whoever starts it."""
        self.rings[number] = ring
        known = self.processors.load()
        while known <= number:
            known = self.processors.compare_exchange(known, number + 1)

    @irq_safe
    @no_raise
    def put(self, number: u16, time_ns: u64, level: Level, text: Format) -> None:
        """Add a line of the processor of this number, which calls with interrupts off."""
        ring = self.rings[number]
        if ring is not None and ring.has_room():
            ring.put(self.drawn.fetch_add(1), time_ns, number, level, text)

    @irq_safe
    @no_raise
    def counts(self) -> Counts:
        """Count lines; others may come meanwhile."""
        waiting: u64 = 0
        lost: u64 = 0
        for number in range(usize(self.processors.load())):
            ring = self.rings[number]
            if ring is not None:
                taken = ring.taken.load()
                waiting += ring.begun.load() - taken
                lost += ring.lost.load(Order.RELAXED)
        return Counts(waiting, self.drawn.load(), lost)

    @irq_safe
    @no_raise
    def take_all(self, show: Show) -> None:
        """Show all lines that are there, unless somebody else is at it.

        show: gets each line, and how many its processor lost before it.
        """
        while not self.is_taken.swap(True):
            self.take_in_order(show)
            self.is_taken.store(False)
            if self._ring_of_next() is None:
                return

    @irq_safe
    @no_raise
    def take_in_order(self, show: Show) -> None:
        """Show all lines that are there, as the only one who takes any."""
        ring = self._ring_of_next()
        while ring is not None:
            line = ring.oldest()
            if line is not None:
                show(line, ring.newly_lost())
            ring.take()
            self.next += 1
            ring = self._ring_of_next()

    def _ring_of_next(self) -> Ptr[LineRing] | None:
        """Return the ring whose oldest line is the next; None if that is not written yet."""
        for number in range(usize(self.processors.load())):
            ring = self.rings[number]
            if ring is not None:
                line = ring.oldest()
                if line is not None and line.number == self.next:
                    return ring
        return None
