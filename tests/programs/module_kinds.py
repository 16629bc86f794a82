"""Declarations of every kind beside statements that run, at one module level."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

Pair = tuple[int, int]
SIZE = 4
NAMES = ("a", "b")
ratio = 0.5
message = "start"
handlers: dict[str, int] = {}
best: int | None = None


class Color(IntEnum):
    RED = 1
    BLUE = 2


@dataclass
class Item:
    name: str
    price: float = 1.5

    def cost(self) -> float:
        return self.price * ratio


def swap(p: Pair) -> Pair:
    return p[1], p[0]


def note(text: str) -> None:
    global message, best
    message = message + "," + text
    if best is None or len(text) > best:
        best = len(text)


assert SIZE == 4, "size"
items = [Item("x"), Item("y", 2.5)]
for item in items:
    print(item.name, item.cost(), SIZE)
note("ab")
note("abcd")
print(message, best, swap((1, 2)), NAMES[1])
match SIZE:
    case 4:
        print("four")
    case _:
        print("other")
color = Color.BLUE
print(color == Color.BLUE)
total = 0
while True:
    total += 1
    if total > 3:
        break
print(total, sorted([3, 1, 2]), {k: v for k, v in zip("ab", [1, 2])})
n = sum(x for x in range(5))
print(f"{n=}", n / 3)
