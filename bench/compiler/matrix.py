"""Matrices of integers, multiplied row by row.

The innermost loop runs along a row of the product and a row of the right factor, so it can be
done several elements at a time.
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, Slice, export, struct, truncate, u32, u64

SIZE = 48


@struct(pinned=True)
class Matrix:
    rows: Array[Array[u32, SIZE], SIZE]

    def fill(self, random: XorShift) -> None:
        """Draw elements so small that a product's fit as well."""
        for i in range(SIZE):
            for j in range(SIZE):
                self.rows[i][j] = truncate(u32, random.next()) % 256

    def store_product(self, left: Matrix, right: Matrix) -> None:
        for i in range(SIZE):
            row = self.rows[i][:]
            row.fill(0)
            for k in range(SIZE):
                add_scaled(row, left.rows[i][k], right.rows[k][:])

    def reduce(self, modulus: u32) -> u64:
        """Reduce every element, and return the sum of what is left."""
        total = u64(0)
        for i in range(SIZE):
            for j in range(SIZE):
                self.rows[i][j] %= modulus
                total += self.rows[i][j]
        return total


first: Matrix
second: Matrix
product: Matrix


@export("run")
def run(rounds: u64) -> u64:
    """Multiply two matrices in turn by each other's product."""
    random = XorShift(2463534242)
    first.fill(random)
    second.fill(random)
    total = u64(0)
    for _ in range(rounds):
        product.store_product(first, second)
        total ^= product.reduce(251)
        first.store_product(product, second)
        total = total * 3 % 1000003 + first.reduce(241)
    return total


def add_scaled(row: Slice[u32], factor: u32, other: Slice[u32]) -> None:
    """Add `factor` times `other` to `row`."""
    for j in range(min(len(row), len(other))):
        row[j] += factor * other[j]
