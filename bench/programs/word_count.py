"""Word count: how often does each word stand in a text?"""

from __future__ import annotations

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = 20_000


def make_text(words: int) -> str:
    """Return words that repeat: a few often, many seldom."""
    parts: list[str] = []
    state = 12345
    for _ in range(words):
        state = (state * 1103515245 + 12345) % 2147483648
        number = (state >> 16) % 1000
        number = number * number // 1000
        word = ""
        for _ in range(2 + number % 7):
            word += LETTERS[number % 26]
            number = number * 7 + 11
        parts.append(word)
    return " ".join(parts)


def count_words(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    return counts


def run(rounds: int) -> int:
    text = make_text(WORDS)
    total = 0
    for _ in range(rounds):
        counts = count_words(text)
        best = 0
        for word, count in counts.items():
            best = max(best, count * len(word))
        total += best + len(counts)
    return total
