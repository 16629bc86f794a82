"""A ring buffer between a producer and a consumer who come in bursts.

Both ends count without bound; only the low bits of a count choose a slot.

Invariant: 0 <= written - taken <= CAPACITY.
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, export, rotate_left, struct, u64

CAPACITY = 256


@struct(pinned=True)
class Ring:
    slots: Array[u64, CAPACITY]
    written: u64
    taken: u64

    def is_empty(self) -> bool:
        return self.written == self.taken

    def try_push(self, value: u64) -> bool:
        """Append a value, unless the ring is full."""
        if self.written - self.taken == CAPACITY:
            return False
        self.slots[self.written % CAPACITY] = value
        self.written += 1
        return True

    def take(self) -> u64:
        """Take out the oldest value; there must be one."""
        value = self.slots[self.taken % CAPACITY]
        self.taken += 1
        return value


ring: Ring


@export("run")
def run(rounds: u64) -> u64:
    """Pass bursts of random length through the ring."""
    random = XorShift(88172645463325252)
    total = u64(0)
    for round in range(rounds):
        for _ in range(16):
            total = rotate_left(total, 1) ^ produce(round, random.next() % 128)
            total = consume(total, random.next() % 128)
    return consume(total, CAPACITY)


def produce(first: u64, count: u64) -> u64:
    """Push up to `count` values and return how many the ring had no room for."""
    for i in range(count):
        if not ring.try_push(first + i):
            return count - i
    return 0


def consume(total: u64, count: u64) -> u64:
    """Fold up to `count` values into `total`."""
    while count > 0 and not ring.is_empty():
        total = rotate_left(total, 1) ^ ring.take()
        count -= 1
    return total
