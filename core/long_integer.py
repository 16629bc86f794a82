"""Integers of up to 4160 bits, in place: as many as reading and writing a float exactly takes.

The largest float times 2 ** 54 * 10, and the scale of the least, have 1280 bits; 800 decimal digits that are read, and the
power of ten by which they are divided, some 4050.

Invariant: limbs from `used` on are 0. Nobody asks for more than there is room for.
Source: Knuth, The Art of Computer Programming, volume 2, section 4.3.1.
"""

from __future__ import annotations

from typing import Final

from lang import Array, i64, leading_zeros, no_raise, struct, truncate, u32, u64, usize

LIMBS: Final = 130


@struct
class Long:
    """An integer of LIMBS digits of 32 bits, the lowest first; `used` of them are not above it."""

    limbs: Array[u32, LIMBS]
    used: usize

    @no_raise
    def set(self, value: u64) -> None:
        """Become what is below 2 ** 64, from what was."""
        self.limbs[0] = truncate(u32, value)
        self.limbs[1] = truncate(u32, value >> 32)
        self.used = 2

    @no_raise
    def multiply(self, factor: u64, more: u64 = 0) -> None:
        """Multiply by a number, and add one; of 32 bits at most, each."""
        carry = more
        for i in range(self.used):
            product = u64(self.limbs[i]) * factor + carry
            self.limbs[i] = truncate(u32, product)
            carry = product >> 32
        if carry != 0:
            self.limbs[self.used] = truncate(u32, carry)
            self.used += 1

    @no_raise
    def raise_ten(self, exponent: u64) -> None:
        """Multiply by 10 ** exponent."""
        for _ in range(exponent // 9):
            self.multiply(1_000_000_000)
        for _ in range(exponent % 9):
            self.multiply(10)

    @no_raise
    def shift(self, bits: u64) -> None:
        """Multiply by 2 ** bits."""
        for _ in range(bits // 31):
            self.multiply(1 << 31)
        self.multiply(u64(1) << (bits % 31))

    @no_raise
    def halve(self) -> None:
        """Divide by 2, and forget the rest."""
        carry: u32 = 0
        for back in range(self.used):
            at = self.used - 1 - back
            limb = self.limbs[at]
            self.limbs[at] = limb >> 1 | carry << 31
            carry = limb & 1

    @no_raise
    def add(self, other: Long) -> None:
        carry: u64 = 0
        top = max(self.used, other.used)
        for i in range(top):
            total = u64(self.limbs[i]) + u64(other.limbs[i]) + carry
            self.limbs[i] = truncate(u32, total)
            carry = total >> 32
        self.used = top
        if carry != 0:
            self.limbs[top] = truncate(u32, carry)
            self.used += 1

    @no_raise
    def subtract(self, other: Long) -> None:
        """Take away what is not larger."""
        borrow: u64 = 0
        for i in range(max(self.used, other.used)):
            taken = u64(other.limbs[i]) + borrow
            here = u64(self.limbs[i])
            borrow = 1 if here < taken else 0
            self.limbs[i] = truncate(u32, here + (borrow << 32) - taken)

    @no_raise
    def compare(self, other: Long) -> int:
        """Return -1, 0 or 1: less, equal or more."""
        at = max(self.used, other.used)
        while at > 0:
            at -= 1
            if self.limbs[at] != other.limbs[at]:
                return -1 if self.limbs[at] < other.limbs[at] else 1
        return 0

    @no_raise
    def bit_length(self) -> i64:
        """Return the number of bits, 0 of 0."""
        top = self.used
        while top > 0 and self.limbs[top - 1] == 0:
            top -= 1
        if top == 0:
            return 0
        return 32 * i64(top) - i64(leading_zeros(self.limbs[top - 1]))
