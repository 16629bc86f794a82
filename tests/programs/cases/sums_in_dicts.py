"""Sums that are kept in dicts."""

from __future__ import annotations

from collections import defaultdict


class Tally:
    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.asked = 0

    @property
    def shown(self) -> dict[str, int]:
        self.asked += 1
        return self.counts

    def see(self, word: str, times: int) -> int:
        self.counts[word] = self.counts.get(word, 0) + times
        self.shown[word] = self.shown.get(word, 0) + 1
        return self.counts[word]


def next_of(numbers: list[int]) -> int:
    return numbers.pop()


def main() -> None:
    counts: dict[str, int] = {}
    for word in "a b a c b a".split():
        counts[word] = counts.get(word, 0) + 1
        counts[word] += 10
        counts["x" + word] = counts.get("x" + word, 5) + 2
        counts[word] = counts.get("a", 0) + 1
        counts[word] = counts.get(word, 0) - 1
        counts[word] *= 2
    print(counts)

    weights: dict[int, float] = {}
    for i in range(5):
        key = i % 3
        weights[key] = weights.get(key, 0) + 1
        weights[key] = weights.get(key, 0.5) + i
        weights[key] += 0.5
        weights[key] -= 0.25
        weights[i] = weights.get(i, 1.0) + 1.5
    print(weights)

    made: defaultdict[str, int] = defaultdict(int)
    for letter in "hello":
        made[letter] += 1
        made[letter] -= 3
    print(dict(made))

    try:
        counts["missing"] += 1
    except KeyError as error:
        print("KeyError", error, "missing" in counts)
    numbers = [3, 2, 1]
    sums = {1: 0, 2: 0, 3: 0}
    sums[next_of(numbers)] += numbers[0]
    sums[next_of(numbers)] += next_of(numbers)
    print(sums, numbers)

    tally = Tally()
    print(tally.see("a", 2), tally.see("a", -3), tally.counts, tally.asked)
