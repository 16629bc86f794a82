"""Reference counts: immutable lists whose tails are shared, in slots that come and go.

A push allocates, a pop and a share only count, and a reader counts nothing: its argument is
borrowed.
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, export, rotate_left, u64

SLOTS = 64
STEPS = 1024


class Cell:
    """The head of a list."""

    value: u64
    next: Cell | None

    def __init__(self, value: u64, next: Cell | None) -> None:
        self.value = value
        self.next = next


slots: Array[Cell | None, SLOTS]


@export("run")
def run(rounds: u64) -> u64:
    """Push, pop and share lists at random, then let go of them all."""
    try:
        return churn(rounds)
    except MemoryError:
        return 0


def churn(rounds: u64) -> u64:
    random = XorShift(88172645463325252)
    total = u64(0)
    for _ in range(rounds):
        for _ in range(STEPS):
            bits = random.next()
            into = bits >> 8 & 63
            other = bits >> 16 & 63
            match bits & 3:
                case 0:
                    slots[into] = Cell(bits, slots[other])
                case 1:
                    slots[into] = slots[other]
                case _:
                    pop(into)
            total = rotate_left(total, 1) ^ add_up(slots[other], 4)
    for i in range(SLOTS):
        slots[i] = None
    return total


def pop(slot: u64) -> None:
    """Drop the head of a slot's list."""
    cell = slots[slot]
    if cell is not None:
        slots[slot] = cell.next


def add_up(cell: Cell | None, limit: u64) -> u64:
    """Combine the first `limit` values of a list."""
    total = u64(0)
    while cell is not None and limit > 0:
        total ^= cell.value
        cell = cell.next
        limit -= 1
    return total
