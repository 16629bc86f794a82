"""FNV-1a over bytes: one multiplication after the other, each waiting for the last.

Source: draft-eastlake-fnv-21, "The FNV Non-Cryptographic Hash Algorithm".
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, Slice, export, truncate, u8, u64, wrapping_mul

SIZE = 65536
OFFSET_BASIS = 0xCBF29CE484222325
PRIME = 0x100000001B3

message: Array[u8, SIZE]


@export("run")
def run(rounds: u64) -> u64:
    """Hash the message, from where the last round ended."""
    random = XorShift(2463534242)
    for i in range(SIZE):
        message[i] = truncate(u8, random.next())
    hashed = u64(OFFSET_BASIS)
    for _ in range(rounds):
        hashed = fnv1a(message[:], hashed)
    return hashed


def fnv1a(data: Slice[u8], hashed: u64) -> u64:
    """Return the hash of what `hashed` stands for, followed by `data`."""
    for byte in data:
        hashed = wrapping_mul(hashed ^ byte, PRIME)
    return hashed
