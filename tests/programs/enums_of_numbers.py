"""Enums of numbers, auto() and names for the same member."""

from __future__ import annotations

from enum import Enum, auto


class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3


class Kind(Enum):
    A = "a"
    B = "b"


class Auto(Enum):
    X = auto()
    Y = auto()


print(Color.RED, Color.RED.name, Color.RED.value, repr(Color.GREEN))
for c in Color:
    print(c)
print(Kind("a"), Kind.B.value, Auto.Y.value, Color(2), Color["BLUE"])
d = {Color.RED: "r"}
print(d[Color.RED], Color.RED == Color.RED, Color.RED is Color.RED)
