"""A bitmap of free pages: find a clear bit, set it, clear it again, count.

Whole words are passed over at a time, and the bit inside a word is found by counting zeros.
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, export, popcount, rotate_left, struct, trailing_zeros, u64, wrapping_shl

WORDS = 256
BITS = WORDS * 64
ALL = ~u64(0)


@struct(pinned=True)
class Bitmap:
    words: Array[u64, WORDS]

    def take(self, start: u64) -> u64:
        """Set the first clear bit at or after `start` and return it; BITS if there is none."""
        bit = self.first_clear(start)
        if bit < BITS:
            self.words[bit // 64] |= 1 << bit % 64
        return bit

    def first_clear(self, start: u64) -> u64:
        """Return the first clear bit at or after `start`, BITS if there is none."""
        i = start // 64
        if i >= WORDS:
            return BITS
        clear = ~self.words[i] & wrapping_shl(ALL, start % 64)
        while clear == 0:
            i += 1
            if i == WORDS:
                return BITS
            clear = ~self.words[i]
        return i * 64 + trailing_zeros(clear)

    def give(self, bit: u64) -> None:
        """Clear a bit."""
        self.words[bit // 64] &= ~(1 << bit % 64)

    def count(self) -> u64:
        """Return how many bits are set."""
        total = u64(0)
        for word in self.words:
            total += popcount(word)
        return total


pages: Bitmap


@export("run")
def run(rounds: u64) -> u64:
    """Give pages back at random to a full bitmap, then take them until none is left."""
    random = XorShift(88172645463325252)
    pages.words[:].fill(ALL)
    total = u64(0)
    for _ in range(rounds):
        for _ in range(64):
            pages.give(random.next() % BITS)
        total ^= pages.count()
        page = take_page(random.next() % BITS)
        while page < BITS:
            total = rotate_left(total, 1) ^ page
            page = take_page(random.next() % BITS)
    return total


def take_page(start: u64) -> u64:
    """Take the next clear bit from `start` on, or else the first; BITS if there is none."""
    page = pages.take(start)
    return page if page < BITS else pages.take(0)
