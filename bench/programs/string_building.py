"""String building: a report of numbers, names and separators, line by line and then as a whole."""

from __future__ import annotations

LINES = 2000
NAMES = ("alpha", "beta", "gamma", "delta", "epsilon")


def line(number: int) -> str:
    text = NAMES[number % len(NAMES)] + ":"
    for column in range(5):
        text += " " + str(number * (column + 3))
    return text


def report(lines: int, first: int) -> str:
    parts: list[str] = []
    for number in range(first, first + lines):
        parts.append(line(number))
    return "\n".join(parts)


def run(rounds: int) -> int:
    """Return the length of all reports, and where certain words come first."""
    total = 0
    for round in range(rounds):
        text = report(LINES, round % 100)
        total += len(text) + text.find("epsilon: " + str((round % 100 + 1500) // 5 * 15 + 12))
    return total
