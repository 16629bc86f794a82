"""Sorting is stable, by keys, reversed, by several keys."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Row:
    name: str
    group: int
    score: float


def main() -> None:
    rows = [
        Row("a", 2, 1.5),
        Row("b", 1, 1.5),
        Row("c", 2, 0.5),
        Row("d", 1, 2.5),
        Row("e", 2, 1.5),
    ]
    print([r.name for r in sorted(rows, key=lambda r: r.group)])
    print([r.name for r in sorted(rows, key=lambda r: r.group, reverse=True)])
    print([r.name for r in sorted(rows, key=lambda r: (-r.score, r.name))])
    rows.sort(key=lambda r: r.score)
    rows.sort(key=lambda r: r.group)
    print([(r.group, r.score, r.name) for r in rows])
    words = "the Quick brown Fox jumps Over the lazy dog".split()
    print(sorted(words), sorted(words, key=lambda w: w.lower()), sorted(words, key=len))
    pairs = [(1, "b"), (0, "z"), (1, "a"), (0, "a")]
    print(
        sorted(pairs), sorted(pairs, key=lambda p: p[0]), min(pairs), max(pairs, key=lambda p: p[1])
    )
    numbers = [5, 3, 8, -1, 0]
    numbers.sort(reverse=True)
    print(numbers, sorted(numbers, key=abs), sorted("hello"), sorted({3: "x", 1: "y"}))
    print(list(reversed(numbers)), sorted([True, False, True]), sorted([2.5, -1.0, 2.25]))


if __name__ == "__main__":
    main()
