"""Ring: the lines that one processor has written and that nobody has taken yet.

One processor puts lines in, with interrupts off, and one taker at a time takes them out:

    begun       lines that were ever put in; the owner's
    taken       lines that were ever taken out; the taker's
    place       of line i: i modulo CAPACITY

The owner fills lines[begun] and then publishes it by storing begun + 1, with release order; the taker
loads `begun` with acquire order, so it sees a whole line. When the taker is done with the line it stores
taken + 1, with release order, which the owner acquires before it writes over the place.

Invariant: begun - taken <= CAPACITY. A line for which there is no room is counted, and lost: its writer
may have interrupted the taker, and cannot wait for it.
"""

from __future__ import annotations

from typing import Final

from core.text.buffer import TextBuffer
from kernel.log.level import Level
from lang import (
    Array,
    Atomic,
    Format,
    Order,
    Ptr,
    address_of,
    irq_safe,
    no_raise,
    sizeof,
    struct,
    truncate,
    u8,
    u16,
    u64,
)

CAPACITY: Final = 32
TEXT_SIZE: Final = 236  # in bytes; what a longer line says beyond is cut


@struct
class Line:
    """One line."""

    number: u64  # its place among all lines
    time_ns: u64  # since the start
    processor: u16
    level: Level
    length: u8  # of the text
    text: Array[u8, TEXT_SIZE]


assert sizeof(Line) == 256


@struct(pinned=True, align=64)
class LineRing:
    """Lines of one processor."""

    begun: Atomic[u64]
    lost: Atomic[u64]
    taken: Atomic[u64]
    told: u64  # how many lost lines the taker has spoken of; the taker's
    lines: Array[Line, CAPACITY]

    @irq_safe
    @no_raise
    def has_room(self) -> bool:
        """Whether a line fits. For the owner; if not, the line counts as lost."""
        begun = self.begun.load(Order.RELAXED)
        if begun - self.taken.load(Order.ACQUIRE) < CAPACITY:
            return True
        self.lost.store(self.lost.load(Order.RELAXED) + 1, Order.RELAXED)
        return False

    @irq_safe
    @no_raise
    def put(self, number: u64, time_ns: u64, processor: u16, level: Level, text: Format) -> None:
        """Add a line, for which there is room. For the owner."""
        begun = self.begun.load(Order.RELAXED)
        line = self.lines[begun % CAPACITY]
        line.number = number
        line.time_ns = time_ns
        line.processor = processor
        line.level = level
        out = TextBuffer(line.text[:])
        text.write_to(out)
        line.length = truncate(u8, out.used)
        self.begun.store(begun + 1)

    @irq_safe
    @no_raise
    def oldest(self) -> Ptr[Line] | None:
        """Return the oldest line, good until `take`; None if there is none. For the taker."""
        taken = self.taken.load(Order.RELAXED)
        if taken == self.begun.load():
            return None
        return address_of(self.lines[taken % CAPACITY])

    @irq_safe
    @no_raise
    def take(self) -> None:
        """Let the oldest line go, which must exist. For the taker."""
        self.taken.store(self.taken.load(Order.RELAXED) + 1, Order.RELEASE)

    @irq_safe
    @no_raise
    def newly_lost(self) -> u64:
        """Return how many lines were lost since the last call. For the taker."""
        lost = self.lost.load(Order.RELAXED)
        new = lost - self.told
        self.told = lost
        return new
