"""Pseudo-random numbers that both languages draw alike: xorshift64.

Invariant: the state is never zero, so the period is 2**64 - 1.
Source: Marsaglia, "Xorshift RNGs", Journal of Statistical Software 8 (14), 2003.
"""

from __future__ import annotations

from lang import struct, u64, wrapping_shl


@struct
class XorShift:
    """A generator; construct it with any seed but zero."""

    state: u64

    def next(self) -> u64:
        """Return the next 64 bits."""
        x = self.state
        x ^= wrapping_shl(x, 13)
        x ^= x >> 7
        x ^= wrapping_shl(x, 17)
        self.state = x
        return x
