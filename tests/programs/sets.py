"""set: CPython's order, operators, methods, growth and removal."""

from __future__ import annotations


def digest(values: set[int]) -> int:
    total = 0
    for v in values:
        total = (total * 31 + v) % 1000000007
    return total


def order() -> None:
    print(
        {3, 1, 2},
        {100, 5, 33, 8, 16},
        {1},
        {70, 7},
        set([9, 8, 7]),
        {n * 7 % 40 for n in range(12)},
    )
    big: set[int] = set()
    for n in range(500):
        big.add(n * 7919 % 10007)
        if n % 3 == 0:
            big.discard(n * 13 % 10007)
        if n % 50 == 49:
            print(len(big), digest(big), 7919 in big, 5 in big)
    print(digest(big.copy()), digest(set(big)), digest(set(list(big))))
    popped = [big.pop() for _ in range(10)]
    print(popped, len(big))
    negative = {-1, -2, -3, 1 << 40, -(1 << 50), 9223372036854775807}
    print(negative, {(1, 2), (3, 4), (5, 6)}, {True, False})


def operators() -> None:
    a = {1, 2, 3, 4, 50}
    b = {3, 4, 5, 99}
    print(a | b, a & b, a - b, a ^ b, b - a)
    print(a == b, a != b, a <= b, {3} < a, a >= {1, 2}, a.isdisjoint({7}), {3}.issubset(a))
    c = a.copy()
    c |= {1000}
    c -= {1}
    c &= {2, 3, 1000, 8}
    c ^= {2, 77}
    print(c, a, a.union(b), a.intersection(b), a.difference(b), a.symmetric_difference(b))
    large = set(range(0, 300, 3))
    other = set(range(0, 300, 7))
    print(
        digest(large | other), digest(large & other), digest(large - other), digest(large ^ other)
    )
    print(digest(large - {3, 6}), digest(other - large))
    large.update({1, 2})
    large.difference_update(other)
    print(digest(large), len(large))


def words() -> None:
    seen: set[str] = set()
    for word in "the cat and the dog and the bird".split():
        if word in seen:
            print("again", word)
        seen.add(word)
    print(sorted(seen), len(seen), seen - seen, bool(seen))
    print(sorted({w[0] for w in seen}), sorted(seen - {"cat"}), {"one"})
    seen.remove("cat")
    try:
        seen.remove("cat")
    except KeyError:
        print("no cat")
    seen.clear()
    try:
        seen.pop()
    except KeyError:
        print("empty")
    for x in {5}:
        print(x)


def main() -> int:
    order()
    operators()
    words()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
