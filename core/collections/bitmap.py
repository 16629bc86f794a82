"""Bitmap: a set of the numbers below a limit, one bit each, in words that are handed in.

Searches look at a word at a time and go on with `trailing_zeros`, so that finding costs a step for
each 64 numbers passed over.

Invariant: bits of the last word at or above `size` are never looked at.
"""

from __future__ import annotations

from typing import Final

from lang import (
    Slice,
    irq_safe,
    popcount,
    struct,
    trailing_zeros,
    u64,
    usize,
    wrapping_shl,
)

WORD_BITS: Final = usize(64)
ALL: Final = u64(0xFFFF_FFFF_FFFF_FFFF)


@irq_safe
def words_for(size: usize) -> usize:
    """Return how many words a bitmap of `size` bits takes."""
    return (size + WORD_BITS - 1) // WORD_BITS


@struct
class Bitmap:
    """A set of numbers below `size`."""

    words: Slice[u64]
    size: usize

    @irq_safe
    def __contains__(self, number: usize) -> bool:
        return self.words[number // WORD_BITS] >> number % WORD_BITS & 1 != 0

    @irq_safe
    def add(self, number: usize) -> None:
        self.words[number // WORD_BITS] |= u64(1) << number % WORD_BITS

    @irq_safe
    def remove(self, number: usize) -> None:
        self.words[number // WORD_BITS] &= ~(u64(1) << number % WORD_BITS)

    @irq_safe
    def add_range(self, start: usize, stop: usize) -> None:
        """Add the numbers from `start` up to but not including `stop`."""
        at = start
        while at < stop:
            end = _end_in_word(at, stop)
            self.words[at // WORD_BITS] |= _mask(at, end)
            at = end

    @irq_safe
    def remove_range(self, start: usize, stop: usize) -> None:
        """Remove the numbers from `start` up to but not including `stop`."""
        at = start
        while at < stop:
            end = _end_in_word(at, stop)
            self.words[at // WORD_BITS] &= ~_mask(at, end)
            at = end

    @irq_safe
    def count(self) -> usize:
        """Return how many numbers are in the set."""
        total = usize(0)
        at = usize(0)
        while at < self.size:
            end = _end_in_word(at, self.size)
            total += usize(popcount(self.words[at // WORD_BITS] & _mask(at, end)))
            at = end
        return total

    @irq_safe
    def find(self, start: usize) -> usize:
        """Return the least number from `start` on that is in the set; `size` if there is none."""
        return self._find(start, 0)

    @irq_safe
    def find_missing(self, start: usize) -> usize:
        """Return the least number from `start` on that is not in the set; `size` if there is none."""
        return self._find(start, ALL)

    @irq_safe
    def find_missing_run(self, start: usize, length: usize, alignment: usize) -> usize:
        """Return the least multiple of `alignment`, from `start` on, from which `length` numbers
        are not in the set; `size` if there is none."""
        first = _round_up(self.find_missing(start), alignment)
        while first <= self.size and length <= self.size - first:
            blocker = self.find(first)
            if blocker >= first + length:
                return first
            first = _round_up(self.find_missing(blocker), alignment)
        return self.size

    def _find(self, start: usize, flip: u64) -> usize:
        """Return where the first bit set is once `flip` has been applied to each word."""
        if start >= self.size:
            return self.size
        index = start // WORD_BITS
        word = (self.words[index] ^ flip) & wrapping_shl(ALL, start % WORD_BITS)
        last = (self.size - 1) // WORD_BITS
        while word == 0:
            if index == last:
                return self.size
            index += 1
            word = self.words[index] ^ flip
        return min(index * WORD_BITS + usize(trailing_zeros(word)), self.size)


def _end_in_word(start: usize, stop: usize) -> usize:
    """Return where the part of a range ends that lies in the word of its start."""
    return min(stop, (start // WORD_BITS + 1) * WORD_BITS)


def _mask(start: usize, end: usize) -> u64:
    """Return the bits of a nonempty range within one word."""
    return (ALL >> (WORD_BITS - (end - start))) << start % WORD_BITS


def _round_up(number: usize, alignment: usize) -> usize:
    return (number + alignment - 1) // alignment * alignment
