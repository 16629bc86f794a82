"""A hash table with open addressing and linear probing, as the core of a cache or a name table.

A removal moves later entries back instead of leaving a tombstone, so that a search ends at the
first free entry for ever.

Invariants:
    Key 0 marks a free entry, and one entry at least is free.
    Between the entry where a key's search begins and the entry that holds it, none is free.

Source: Knuth, "The Art of Computer Programming", volume 3, section 6.4, algorithms L and R.
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, Ptr, address_of, copy, export, rotate_left, struct, u64, wrapping_mul

CAPACITY = 4096
KEYS = 3000
STEPS = 4096
PHI = 0x9E3779B97F4A7C15  # 2**64 divided by the golden ratio


@struct
class Entry:
    key: u64
    count: u64


@struct(pinned=True)
class Table:
    """How often each key was seen."""

    entries: Array[Entry, CAPACITY]
    used: u64

    def find(self, key: u64) -> u64:
        """Return the index of the key's entry, or of the free one where it belongs."""
        i = home(key)
        while self.entries[i].key != key and self.entries[i].key != 0:
            i = (i + 1) % CAPACITY
        return i

    def add(self, key: u64) -> u64:
        """Count the key once more and return its count."""
        entry = self.entry(key)
        if entry.key == 0:
            entry.key = key
            self.used += 1
        entry.count += 1
        return entry.count

    def entry(self, key: u64) -> Ptr[Entry]:
        return address_of(self.entries[self.find(key)])

    def remove(self, key: u64) -> u64:
        """Forget the key and return the count that it had."""
        hole = self.find(key)
        if self.entries[hole].key == 0:
            return 0
        count = self.entries[hole].count
        self.used -= 1

        i = (hole + 1) % CAPACITY
        while self.entries[i].key != 0:
            if distance(home(self.entries[i].key), i) >= distance(hole, i):
                self.entries[hole] = copy(self.entries[i])
                hole = i
            i = (i + 1) % CAPACITY
        self.entries[hole] = Entry(0, 0)
        return count


table: Table


@export("run")
def run(rounds: u64) -> u64:
    """Count random keys, and forget every fourth."""
    random = XorShift(88172645463325252)
    total = u64(0)
    for _ in range(rounds):
        for _ in range(STEPS):
            total ^= table.add(1 + random.next() % KEYS)
            if random.next() % 4 == 0:
                total = rotate_left(total, 1) ^ table.remove(1 + random.next() % KEYS)
        total ^= table.used
    for key in range(1, KEYS + 1):
        table.remove(u64(key))
    return total


def home(key: u64) -> u64:
    """Return the entry where the search for a key begins."""
    return wrapping_mul(key, PHI) >> 52


def distance(start: u64, end: u64) -> u64:
    """Return the number of steps from one entry forward to another."""
    return (end + CAPACITY - start) % CAPACITY
