"""A module's body that ends by an exception, after a guard with more than one call."""

from __future__ import annotations


def half(n: int) -> int:
    if n % 2:
        raise ValueError(f"{n} is odd")
    return n // 2


if __name__ == "__main__":
    values = [8, 6, 3]
    for value in values:
        print(half(value))
