"""Loops over bytes, as drivers and protocols are full of them: count, add up, encipher.

Each is short enough to be done sixteen bytes at a time, if nothing in it may leave the loop.
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, Slice, export, truncate, u8, u64

SIZE = 32768

message: Array[u8, SIZE]
key: Array[u8, SIZE]


@export("run")
def run(rounds: u64) -> u64:
    """Encipher the message over and over, taking its measure in between."""
    random = XorShift(2463534242)
    for i in range(SIZE):
        message[i] = truncate(u8, random.next())
        key[i] = truncate(u8, random.next())
    total = u64(0)
    for round in range(rounds):
        key[round % SIZE] = truncate(u8, total)
        encipher(message[:], key[:])
        total += count(message[:], 32) * 1000 + add_up(message[:])
    return total


def count(data: Slice[u8], wanted: u8) -> u64:
    """Return how many bytes equal `wanted`."""
    found = u64(0)
    for byte in data:
        if byte == wanted:
            found += 1
    return found


def add_up(data: Slice[u8]) -> u64:
    """Return the sum of the bytes."""
    total = u64(0)
    for byte in data:
        total += byte
    return total


def encipher(data: Slice[u8], key: Slice[u8]) -> None:
    """Exclusive-or the key into the data, as far as both reach."""
    for i in range(min(len(data), len(key))):
        data[i] ^= key[i]
