"""Sets: operators, methods, and the order that is none."""

from __future__ import annotations


def main() -> None:
    a, b = {1, 2, 3, 4}, {3, 4, 5}
    print(
        sorted(a | b),
        sorted(a & b),
        sorted(a - b),
        sorted(a ^ b),
        a <= b,
        {3} < b,
        a >= {1},
        a.isdisjoint({9}),
    )
    a.add(3)
    a.add(10)
    a.discard(99)
    a.remove(1)
    print(sorted(a), len(a), 10 in a, 1 in a)
    try:
        a.remove(1)
    except KeyError as error:
        print("KeyError", error)
    a.update([7, 8])
    a.update({9})
    a -= {7}
    a |= {70}
    a &= {2, 3, 70}
    print(
        sorted(a), sorted(a.union([1])), sorted(a.intersection([2, 70])), sorted(a.difference([2]))
    )
    print({1, 2} == {2, 1}, len({1, 1, 1}), {1, 2} != {1})
    words = {w.lower() for w in "The the THE cat".split()}
    print(sorted(words), sorted({len(w) for w in words}))
    frozen = frozenset([1, 2])
    table = {frozen: "pair", frozenset([3]): "one"}
    print(
        table[frozenset([2, 1])], frozen | {3} == {1, 2, 3}, hash(frozen) == hash(frozenset([2, 1]))
    )
    seen: set[tuple[int, int]] = set()
    x, y = 0, 0
    for step in "RRULDDLURR":
        dx, dy = {"R": (1, 0), "L": (-1, 0), "U": (0, 1), "D": (0, -1)}[step]
        x, y = x + dx, y + dy
        seen.add((x, y))
    print(len(seen), sorted(seen))
    one = {42}
    print(one.pop(), one, sorted({"b", "a", "c"}))


if __name__ == "__main__":
    main()
