"""Python's own functions and operators as values."""

from __future__ import annotations

import math
import operator
from functools import reduce
from operator import mul

OPS = {"+": operator.add, "-": operator.sub, "*": mul, "max": max, "min": min, "^": pow}
ONE = {"sqrt": math.sqrt, "abs": abs, "neg": operator.neg}
TABLE = {"+": (1, operator.add), "*": (2, operator.mul)}


class Vec:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        if not isinstance(other, Vec):
            return NotImplemented
        return Vec(self.x + other.x)

    def __repr__(self):
        return f"Vec({self.x})"


def apply(f, a, b):
    return f(a, b)


def main() -> None:
    for name, f in OPS.items():
        print(name, f(7, 3))
    for name, g in ONE.items():
        print(name, g(4.0))
    level, f = TABLE["*"]
    print(level, f(3, 4))
    pick = max
    print(pick(3, 9))
    best = min
    print(best([4, 2, 8]))
    print(
        reduce(max, [3, 1, 4]), reduce(operator.mul, range(1, 6)), reduce(operator.add, ["a", "b"])
    )
    print(apply(max, 1, 2))
    print(list(map(max, [[1, 2], [5, 3]])), list(map(abs, [-1, 2])), sorted(["bb", "a"], key=len))
    print(type(3).__name__, type("x").__name__, type([1]).__name__)
    print(Vec(1) + Vec(2))
    try:
        raise ValueError("x")
    except ValueError as e:
        print(type(e.__cause__).__name__)


if __name__ == "__main__":
    main()
