"""Kept: the text of the last lines of the log, for whoever asks later.

Every byte that was ever kept has a position, counted from 0; the last CAPACITY of them are there, byte
p at p modulo CAPACITY. One writes at a time (the taker of lines); any number of readers need no lock:

    write   raise `begun` to where the text will end, store the text, raise `end` to there
    read    copy what lies between, then look at `begun`: bytes before begun - CAPACITY may have been
            written over while they were copied, and do not count
"""

from __future__ import annotations

from typing import Final

from lang import Array, Atomic, Order, Slice, fence, irq_safe, no_raise, struct, u8, u64, usize

CAPACITY: Final = 1 << 16
NEWLINE: Final = 10


@struct
class Piece:
    """What a read gave."""

    position: u64  # of its first byte; later than asked for if that is gone
    length: usize  # 0: nothing more is there yet


storage: Array[u8, CAPACITY]
begun: Atomic[u64]
end: Atomic[u64]


@irq_safe
@no_raise
def append(text: Slice[u8]) -> None:
    """Keep some text, at most CAPACITY bytes. One writes at a time."""
    start = end.load(Order.RELAXED)
    begun.store(start + len(text))
    place = usize(start % CAPACITY)
    to_end = min(len(text), CAPACITY - place)
    fence(Order.RELEASE)
    storage[place : place + to_end].copy_from(text[:to_end])
    storage[: len(text) - to_end].copy_from(text[to_end:])
    end.store(start + len(text), Order.RELEASE)


@irq_safe
@no_raise
def read(position: u64, into: Slice[u8]) -> Piece:
    """Copy text from a position on, or from the oldest that is there."""
    last = end.load(Order.ACQUIRE)
    start = min(max(position, _oldest(last)), last)
    count = min(len(into), last - start)
    place = usize(start % CAPACITY)
    to_end = min(count, CAPACITY - place)
    into[:to_end].copy_from(storage[place : place + to_end])
    into[to_end:count].copy_from(storage[: count - to_end])

    fence(Order.ACQUIRE)
    gone = min(max(_oldest(begun.load(Order.RELAXED)), start) - start, count)
    into[: count - gone].copy_from(into[gone:count])
    return Piece(start + gone, count - gone)


@irq_safe
@no_raise
def start_of_last(lines: u64) -> u64:
    """Return the position at which the last few lines begin. Nobody may be writing."""
    last = end.load(Order.ACQUIRE)
    first = _oldest(last)
    position, left = last, lines
    while position > first:
        if storage[(position - 1) % CAPACITY] == NEWLINE:
            if left == 0:
                break
            left -= 1
        position -= 1
    return position


def _oldest(last: u64) -> u64:
    """Return the first position that is there when `last` is where the text ends."""
    return last - CAPACITY if last > CAPACITY else u64(0)
