"""SHA-256 of a message that grows, by the book.

Source: NIST, FIPS 180-4, "Secure Hash Standard", section 6.2.
"""

from __future__ import annotations

SIZE = 16_384
WORD = 0xFFFFFFFF


def fraction_bits(number: int, is_cube: bool) -> int:
    """Return the first 32 bits of the fraction of a prime's square root or cube root."""
    root = number ** (1 / 3) if is_cube else number**0.5
    return int((root - int(root)) * 4294967296)


def first_primes(count: int) -> list[int]:
    primes: list[int] = []
    number = 2
    while len(primes) < count:
        if all(number % prime != 0 for prime in primes):
            primes.append(number)
        number += 1
    return primes


def rotated(value: int, count: int) -> int:
    return (value >> count | value << (32 - count)) & WORD


class SHA256:
    """The state of one digest."""

    state: list[int]
    constants: list[int]
    schedule: list[int]

    def __init__(self) -> None:
        primes = first_primes(64)
        self.constants = [fraction_bits(prime, True) for prime in primes]
        self.state = [fraction_bits(prime, False) for prime in primes[:8]]
        self.schedule = [0] * 64

    def add_block(self, message: list[int], start: int) -> None:
        w = self.schedule
        for i in range(16):
            at = start + 4 * i
            w[i] = (
                message[at] << 24 | message[at + 1] << 16 | message[at + 2] << 8 | message[at + 3]
            )
        for i in range(16, 64):
            low = w[i - 15]
            high = w[i - 2]
            s0 = rotated(low, 7) ^ rotated(low, 18) ^ low >> 3
            s1 = rotated(high, 17) ^ rotated(high, 19) ^ high >> 10
            w[i] = (w[i - 16] + s0 + w[i - 7] + s1) & WORD

        a, b, c, d, e, f, g, h = self.state
        for i in range(64):
            s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
            choice = e & f ^ (e ^ WORD) & g
            first = (h + s1 + choice + self.constants[i] + w[i]) & WORD
            s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
            majority = a & b ^ a & c ^ b & c
            second = (s0 + majority) & WORD
            h, g, f, e = g, f, e, (d + first) & WORD
            d, c, b, a = c, b, a, (first + second) & WORD
        added = [a, b, c, d, e, f, g, h]
        for i in range(8):
            self.state[i] = (self.state[i] + added[i]) & WORD


def digest(message: list[int]) -> list[int]:
    padded = message + [0x80]
    while len(padded) % 64 != 56:
        padded.append(0)
    bits = 8 * len(message)
    for shift in range(56, -8, -8):
        padded.append(bits >> shift & 0xFF)

    hash = SHA256()
    for start in range(0, len(padded), 64):
        hash.add_block(padded, start)
    return hash.state


def run(rounds: int) -> int:
    message = [i * 7 % 256 for i in range(SIZE)]
    for round in range(rounds):
        words = digest(message)
        message[round % SIZE] = words[round % 8] & 0xFF
    total = 0
    for word in digest(message):
        total = (total * 31 + word) % 1000000007
    return total
