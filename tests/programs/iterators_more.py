"""itertools with tuples of any length, Counters of mappings, deques with operators."""

from __future__ import annotations

import itertools
from collections import Counter, deque
from itertools import (
    accumulate,
    combinations,
    combinations_with_replacement,
    islice,
    permutations,
    product,
)

n = 4
print(
    list(combinations(range(5), n)),
    list(combinations("abc", 2)),
    len(list(combinations(range(6), 0))),
    list(combinations([1], 3)),
)
print(
    list(permutations("abcd", n))[:5],
    list(permutations([1, 2, 3])),
    len(list(permutations(range(5)))),
    list(permutations([1, 2], 3)),
)
print(
    list(combinations_with_replacement("ab", 3)),
    list(product([0, 1], repeat=3)),
    list(product("ab", repeat=n))[-2:],
)
rows = [[1, 2], [3], [4, 5]]
print(
    list(product(*rows)),
    list(itertools.product(*[[1], []])),
    [sum(each) for each in product(*rows)],
)
print(
    list(accumulate([1, 2, 3], initial=10)),
    list(accumulate([1, 2], lambda a, b: a * b, initial=5)),
    list(islice([1, 2, 3, 4, 5], 0, None, 2)),
)
print(
    list(itertools.compress("abc", [1, 0, 1])),
    [*itertools.chain.from_iterable(rows)],
    list(itertools.islice(range(9), 1, 8, 3)),
)
c = Counter({"a": 2, "b": 1})
c.update("ab")
c.update({"a": 3})
c.update(Counter(a=1, z=-2))
c.subtract({"b": 5})
print(
    c,
    +c,
    -c,
    Counter(a=3, b=1) == Counter({"b": 1, "a": 3}),
    Counter(c) == c,
    Counter(len(w) for w in "a bb cc".split()),
)
q = deque([1, 2])
q += [5]
q += (6 for _ in range(1))
print(q + deque([3]), q * 2, sorted(q), deque([1]) < deque([2]), deque([1, 2], maxlen=3) * 2)
grid = [[1, 2, 3], [4, 5, 6]]
print(
    list(zip(*grid)),
    [list(column) for column in zip(*grid)],
    [sum(column) for column in zip(*grid)],
    list(zip(*["ab", "cd"])),
)
xs, ys = zip(*[(1, 2), (3, 4)])
print(
    xs,
    ys,
    [*zip(*[[1, 2], [3]])],
    list(map(lambda a, b: a * b, [1, 2, 3], [4, 5])),
    list(map(max, "ab", "ba")),
    sum(map(pow, [2, 3], [3, 2])),
)
for a, b in zip([1, 2], "xy", strict=True):
    print(a, b)
for left, right in (([1, 2], [3]), ([1], [3, 4])):
    try:
        for a, c2 in zip(left, right, strict=True):
            print(a, c2)
    except ValueError as error:
        print(error)
