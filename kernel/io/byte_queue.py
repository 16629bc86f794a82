"""Bytes that wait to be read or sent: from interrupts to programs, and from programs to devices.

Invariant: first <= end <= first + CAPACITY. Both count up, and each modulo CAPACITY is a place.

Lock: whoever has the queue has one for it.
"""

from __future__ import annotations

from typing import Final

from lang import Array, Slice, irq_safe, no_raise, struct, u8, u64, usize

CAPACITY: Final[u64] = 1024


@struct
class ByteQueue:
    """Bytes in the order in which they came."""

    bytes: Array[u8, CAPACITY]
    first: u64
    end: u64

    @irq_safe
    @no_raise
    def __len__(self) -> u64:
        return self.end - self.first

    @property
    @irq_safe
    @no_raise
    def room(self) -> u64:
        """How many more bytes fit."""
        return CAPACITY - (self.end - self.first)

    @irq_safe
    @no_raise
    def put(self, byte: u8) -> bool:
        """Add a byte; return False if there is no room."""
        if self.room == 0:
            return False
        self.bytes[usize(self.end % CAPACITY)] = byte
        self.end += 1
        return True

    @irq_safe
    @no_raise
    def take(self, into: Slice[u8]) -> u64:
        """Move as many of the oldest as there are, or fit; return how many."""
        count = min(u64(len(into)), self.end - self.first)
        for index in range(usize(count)):
            into[index] = self.bytes[usize((self.first + index) % CAPACITY)]
        self.first += count
        return count

    @irq_safe
    @no_raise
    def forget(self) -> None:
        """Let go of all of them."""
        self.first = self.end
