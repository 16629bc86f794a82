"""The sieve of Eratosthenes over a table of flags: stores at a stride.

Source: Horsley, "The Sieve of Eratosthenes", Philosophical Transactions 62, 1772.
"""

from __future__ import annotations

from lang import Array, Slice, export, u64

LIMIT = 131072

is_composite: Array[bool, LIMIT]


@export("run")
def run(rounds: u64) -> u64:
    """Sieve, up to one less each time."""
    total = u64(0)
    for round in range(rounds):
        total = total % 1000003 + sum_of_primes(is_composite[: LIMIT - round % 64])
    return total


def sum_of_primes(is_composite: Slice[bool]) -> u64:
    """Return the sum of the primes below the length of the table."""
    is_composite.fill(False)
    total = u64(0)
    for i in range(2, len(is_composite)):
        if is_composite[i]:
            continue
        total += i
        for multiple in range(i * i, len(is_composite), i):
            is_composite[multiple] = True
    return total
