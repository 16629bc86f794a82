"""Stars in tuple displays."""

from __future__ import annotations

t = (*range(2), *[5, 6])
print(t)
pair = (1, "x")
q = (*pair, 2.5, *pair)
print(q, len(q))
a, *b = *range(3), 9
print(a, b)


def both(xs: list[int], ys: list[int]) -> tuple[int, ...]:
    return *xs, *ys


print(both([1], [2, 3]))
for x in (*"ab", "c"):
    print(x)
s = {(*pair,), (1, "y")}
print(sorted(s))
