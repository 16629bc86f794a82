"""Ints and floats that stand together stay what they are."""

from __future__ import annotations


def main() -> None:
    print([2.5, 1, 3], sorted([2.5, 1, 3, -0.5]), [x for x in [2.5, 1]])
    for x in [0.5, 2]:
        print(x, x * 2)
    print({"a": 1, "b": 2.5}, max([1, 0.5]), sum([1, 2.5]), sum([1, 2]))


if __name__ == "__main__":
    main()
