"""Generators of random numbers: fast, of known quality, and not secret.

`Random` is xoshiro256**, whose period is 2**256 - 1; `SplitMix` gives every state once and serves to seed.
Neither may make keys: whoever sees a few numbers can tell the next.

Sources: Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47 (2021).
Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29 (2019), for `below`.
"""

from __future__ import annotations

from typing import Final

from core import hash as hashing
from lang import (
    Slice,
    irq_safe,
    rotate_left,
    struct,
    truncate,
    u8,
    u64,
    u128,
    wrapping_add,
    wrapping_mul,
    wrapping_neg,
    wrapping_shl,
)

GOLDEN_GAMMA: Final = u64(0x9E37_79B9_7F4A_7C15)


@struct
class SplitMix:
    """Counts in steps that visit every number, and mixes each."""

    state: u64

    @irq_safe
    def next(self) -> u64:
        """Return the next number."""
        self.state = wrapping_add(self.state, GOLDEN_GAMMA)
        return hashing.mix(self.state)


@struct
class Random:
    """xoshiro256**. The state is never all zero."""

    a: u64
    b: u64
    c: u64
    d: u64

    def __init__(self, seed: u64) -> None:
        source = SplitMix(seed)
        self.a = source.next()
        self.b = source.next()
        self.c = source.next()
        self.d = source.next()

    @irq_safe
    def next(self) -> u64:
        """Return the next number, any of the 64-bit ones."""
        result = wrapping_mul(rotate_left(wrapping_mul(self.b, 5), 7), 9)
        shifted = wrapping_shl(self.b, 17)
        self.c ^= self.a
        self.d ^= self.b
        self.b ^= self.c
        self.a ^= self.d
        self.c ^= shifted
        self.d = rotate_left(self.d, 45)
        return result

    @irq_safe
    def below(self, limit: u64) -> u64:
        """Return a number below `limit`, which is not 0; each is as likely as any other.

        The high half of number * limit is below the limit; of the low halves, those below
        2**64 mod limit would be one too many and are drawn again.
        """
        product = u128(self.next()) * limit
        if truncate(u64, product) < limit:
            excess = wrapping_neg(limit) % limit
            while truncate(u64, product) < excess:
                product = u128(self.next()) * limit
        return truncate(u64, product >> 64)

    @irq_safe
    def fill(self, into: Slice[u8]) -> None:
        """Fill bytes."""
        bits = u64(0)
        for position in range(len(into)):
            if position % 8 == 0:
                bits = self.next()
            into[position] = truncate(u8, bits)
            bits >>= 8
