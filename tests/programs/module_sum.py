"""A loop at module level, and a function that it calls."""

from __future__ import annotations


def square(n: int) -> int:
    return n * n


total = 0
for i in range(5):
    total += square(i)
    print(i, total)
print("total", total)
