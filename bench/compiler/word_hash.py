"""A hash over words: the body of xxHash64, four independent lanes of multiply and rotate.

Source: Collet, "xxHash fast digest algorithm", version 0.1.1, XXH64.
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, Slice, export, rotate_left, u64, wrapping_add, wrapping_mul

WORDS = 8192
PRIME_1 = u64(0x9E3779B185EBCA87)
PRIME_2 = u64(0xC2B2AE3D27D4EB4F)
PRIME_3 = u64(0x165667B19E3779F9)
PRIME_4 = u64(0x85EBCA77C2B2AE63)

message: Array[u64, WORDS]


@export("run")
def run(rounds: u64) -> u64:
    """Hash the message, with the last round's hash as the seed."""
    random = XorShift(88172645463325252)
    for i in range(WORDS):
        message[i] = random.next()
    hashed = u64(0)
    for _ in range(rounds):
        hashed = xxhash(message[:], hashed)
    return hashed


def xxhash(words: Slice[u64], seed: u64) -> u64:
    """Return the hash of `words`, whose number is a multiple of four."""
    a = wrapping_add(seed, wrapping_add(PRIME_1, PRIME_2))
    b = wrapping_add(seed, PRIME_2)
    c = seed
    d = seed ^ PRIME_1
    count = len(words) * 8
    while len(words) >= 4:
        a = stir(a, words[0])
        b = stir(b, words[1])
        c = stir(c, words[2])
        d = stir(d, words[3])
        words = words[4:]

    hashed = wrapping_add(
        wrapping_add(rotate_left(a, 1), rotate_left(b, 7)),
        wrapping_add(rotate_left(c, 12), rotate_left(d, 18)),
    )
    for lane in (a, b, c, d):
        hashed = wrapping_add(wrapping_mul(hashed ^ stir(0, lane), PRIME_1), PRIME_4)
    return avalanche(wrapping_add(hashed, count))


def stir(lane: u64, word: u64) -> u64:
    return wrapping_mul(rotate_left(wrapping_add(lane, wrapping_mul(word, PRIME_2)), 31), PRIME_1)


def avalanche(hashed: u64) -> u64:
    """Let every bit reach every other."""
    hashed = wrapping_mul(hashed ^ (hashed >> 33), PRIME_2)
    hashed = wrapping_mul(hashed ^ (hashed >> 29), PRIME_3)
    return hashed ^ (hashed >> 32)
