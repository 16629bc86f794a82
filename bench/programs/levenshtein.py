"""Levenshtein distance: how many letters must change to make one word of another?"""

from __future__ import annotations

SIZE = 300


def make_word(size: int, seed: int) -> str:
    letters: list[str] = []
    state = seed
    for _ in range(size):
        state = (state * 1103515245 + 12345) % 2147483648
        letters.append("abcdefgh"[(state >> 16) % 8])
    return "".join(letters)


def distance(a: str, b: str) -> int:
    previous = list(range(len(b) + 1))
    for i in range(len(a)):
        current = [i + 1]
        for j in range(len(b)):
            cost = 0 if a[i] == b[j] else 1
            current.append(min(previous[j + 1] + 1, current[j] + 1, previous[j] + cost))
        previous = current
    return previous[-1]


def run(rounds: int) -> int:
    total = 0
    for round in range(rounds):
        total += distance(make_word(SIZE, round), make_word(SIZE + round % 9, round + 1))
    return total
