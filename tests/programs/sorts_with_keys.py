"""Sorting is stable, whatever the key and the direction."""

from __future__ import annotations

from functools import cmp_to_key
from operator import attrgetter, itemgetter


class Card:
    def __init__(self, rank, suit):
        self.rank = rank
        self.suit = suit

    def __repr__(self):
        return f"{self.rank}{self.suit}"

    def __lt__(self, other):
        return self.rank < other.rank


def by_length_then_text(a, b):
    if len(a) != len(b):
        return len(a) - len(b)
    return (a > b) - (a < b)


def main() -> None:
    cards = [Card(r, s) for r, s in [(3, "h"), (1, "s"), (3, "d"), (2, "h"), (1, "h"), (3, "s")]]
    print(sorted(cards))
    print(sorted(cards, reverse=True))
    print(sorted(cards, key=attrgetter("suit")))
    print(sorted(cards, key=lambda c: (c.suit, -c.rank)))
    print(min(cards), max(cards), cards.index(max(cards)))
    words = "the quick brown fox jumps over the lazy dog".split()
    print(sorted(words, key=len), sorted(words, key=len, reverse=True))
    print(sorted(words, key=cmp_to_key(by_length_then_text)))
    rows = [("b", 2), ("a", 2), ("c", 1)]
    rows.sort(key=itemgetter(1))
    print(rows)
    rows.sort(key=itemgetter(0), reverse=True)
    print(rows)
    print(
        sorted({"x": 3, "y": 1}.items(), key=lambda p: p[1]),
        sorted("bca"),
        sorted([True, False, True]),
    )
    print(sorted([2.5, 1, 3, -0.5]), sorted([(1, "b"), (1, "a"), (0, "z")]))


if __name__ == "__main__":
    main()
