"""String search by Horspool's algorithm: skip ahead by what the last byte of the window allows.

Source: Horspool, "Practical fast searching in strings", Software: Practice and Experience 10
(6), 1980.
"""

from __future__ import annotations

from bench.compiler.xorshift import XorShift
from lang import Array, Slice, export, rotate_left, truncate, u8, u64, usize

SIZE = 32768
PATTERN_SIZE = 6

text: Array[u8, SIZE]
skip: Array[u8, 256]


@export("run")
def run(rounds: u64) -> u64:
    """Search a text of four letters for pieces of itself."""
    random = XorShift(2463534242)
    for i in range(SIZE):
        text[i] = truncate(u8, random.next() >> 40) % 4
    total = u64(0)
    for _ in range(rounds):
        start = random.next() % (SIZE - PATTERN_SIZE)
        pattern = text[start : start + PATTERN_SIZE]
        prepare(skip, pattern)
        at = find(text[:], pattern, skip, usize(0))
        while at < len(text):
            total = rotate_left(total, 1) ^ at
            at = find(text[:], pattern, skip, at + 1)
    return total


def prepare(skip: Array[u8, 256], pattern: Slice[u8]) -> None:
    """Set, for each byte, how far its last place in the pattern is from the pattern's end."""
    skip[:].fill(truncate(u8, len(pattern)))
    for i in range(len(pattern) - 1):
        skip[pattern[i]] = truncate(u8, len(pattern) - 1 - i)


def find(text: Slice[u8], pattern: Slice[u8], skip: Array[u8, 256], start: usize) -> usize:
    """Return where the pattern occurs first, at or after `start`; the text's length if nowhere."""
    rest = text[start:]
    while len(rest) >= len(pattern):
        window = rest[: len(pattern)]
        if matches(window, pattern):
            return len(text) - len(rest)
        rest = rest[skip[window[len(window) - 1]] :]
    return len(text)


def matches(window: Slice[u8], pattern: Slice[u8]) -> bool:
    """Compare from the end, where a window that was skipped to is likeliest to differ."""
    i = min(len(window), len(pattern))
    while i > 0:
        i -= 1
        if window[i] != pattern[i]:
            return False
    return True
