"""CRC-32 by a table that the compiler computes: what ELF checks, GPT and Ethernet carry.

Source: ISO/IEC 13239; Sarwate, "Computation of cyclic redundancy checks via table look-up",
CACM 31 (8), 1988.
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, Slice, comptime, export, truncate, u8, u32, u64

SIZE = 32768
POLYNOMIAL = 0xEDB88320  # least significant bit first


@comptime
def crc_table() -> list[int]:
    """Return, for each byte, the remainder that it leaves."""
    table = []
    for byte in range(256):
        remainder = byte
        for _ in range(8):
            remainder = remainder >> 1 ^ (POLYNOMIAL if remainder & 1 else 0)
        table.append(remainder)
    return table


TABLE = Array[u32, 256](*crc_table())

message: Array[u8, SIZE]


@export("run")
def run(rounds: u64) -> u64:
    """Check the message, going on from the last remainder."""
    random = XorShift(2463534242)
    for i in range(SIZE):
        message[i] = truncate(u8, random.next())
    remainder = u32(0)
    for _ in range(rounds):
        remainder = crc32(message[:], remainder)
    return u64(remainder)


def crc32(data: Slice[u8], remainder: u32) -> u32:
    """Return the remainder of what left `remainder`, followed by `data`."""
    remainder = ~remainder
    for byte in data:
        remainder = remainder >> 8 ^ TABLE[truncate(u8, remainder) ^ byte]
    return ~remainder
