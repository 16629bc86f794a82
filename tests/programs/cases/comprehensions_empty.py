"""Comprehensions whose tests never hold."""

from __future__ import annotations


def main() -> None:
    numbers = [1, 2]
    print([z for z in numbers if False], {z for z in numbers if 3 > 4})
    print({z: str(z) for z in numbers if False}, sum(z for z in numbers if False))
    print([(z, y) for z in numbers if False for y in "ab"], any(z > 0 for z in numbers if False))
