"""Pairs to the end of the longer one."""

from __future__ import annotations

from itertools import zip_longest
import itertools


class Named:
    def __init__(self, name: str) -> None:
        self.name = name


for a, b in zip_longest([1, 2, 3], "ab"):
    print(a, b, a is None, b is None)
print(list(zip_longest([1, 2], [3], fillvalue=0)))
print([(x, y or "-") for x, y in itertools.zip_longest([1.5], ["x", "y"])])
total = 0
for n, m in zip_longest([1, 2], [10, 20, 30]):
    total += (n or 0) * (m or 1)
print(total)
for one, two in zip_longest([Named("a")], [Named("b"), Named("c")]):
    print(one.name if one else None, two.name if two else None)
