"""Tuples of any length, and frozensets."""

from __future__ import annotations

t: tuple[int, ...] = (1, 2, 3)
t = t + (4,)
t += (5,)
for x in t:
    print(x)
print(t, t[1:3], t == (1, 2), len(t), t[-1], (1,) + t, t * 2, 3 in t)
d: dict[tuple[int, ...], int] = {(1, 2): 3, (): 4}
print(d, d[()], d[(1, 2)], (1, 2) in d)


def f(xs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(xs)) + ("z",)


print(f(("b", "a")), tuple([1]), tuple("ab"), tuple(), tuple(x * x for x in range(3)))
a, b = f(("q",))
print(a, b, hash(t) == hash(tuple(t)), hash(f(("a",))) == hash(("a", "z")))
f1 = frozenset([1, 2])
print(f1, f1 | {3}, hash(f1), 1 in f1, len(f1), {f1: 1}, frozenset("a"))
g: set[frozenset[int]] = {f1, frozenset({5})}
print(
    g,
    f1 == {1, 2},
    f1 <= frozenset({1, 2, 3}),
    f1 == frozenset([2, 1]),
    {1, 2} == f1,
    {1} | f1,
    f1.union([9]),
    f1.isdisjoint({4}),
)
e: frozenset[str] = frozenset()
print(e, sorted(f1), max(f1), [*f1])
