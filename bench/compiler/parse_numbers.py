"""Text to numbers: decimal digits and spaces, one byte after the other.

Branches that depend on the data and a short chain of arithmetic: what parsing costs.
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, Slice, export, truncate, u8, u64

SIZE = 16384
SPACE = ord(" ")
ZERO = ord("0")
NINE = ord("9")

text: Array[u8, SIZE]


@export("run")
def run(rounds: u64) -> u64:
    """Parse the text, altering a digit each time."""
    write_numbers()
    total = u64(0)
    for round in range(rounds):
        i = round * 7 % SIZE
        if is_digit(text[i]):
            text[i] = truncate(u8, ZERO + total % 10)
        total = total % 1000003 + sum_of_numbers(text[:])
    return total


def write_numbers() -> None:
    """Fill the text with numbers of one to eight digits, and a space after each."""
    random = XorShift(2463534242)
    left = u64(0)
    for i in range(SIZE):
        if left == 0:
            text[i] = SPACE
            left = 1 + random.next() % 8
        else:
            text[i] = truncate(u8, ZERO + random.next() % 10)
            left -= 1


def is_digit(byte: u8) -> bool:
    return ZERO <= byte <= NINE


def sum_of_numbers(text: Slice[u8]) -> u64:
    """Add up all numbers in the text; whatever is no digit parts them."""
    total = u64(0)
    number = u64(0)
    for byte in text:
        if is_digit(byte):
            number = number * 10 + (byte - ZERO)
        else:
            total += number
            number = u64(0)
    return total + number
