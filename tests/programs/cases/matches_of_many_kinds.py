"""match on numbers, texts, tuples, classes, with guards."""

from __future__ import annotations


from dataclasses import dataclass
from enum import IntEnum


class Color(IntEnum):
    RED = 1
    GREEN = 2


@dataclass
class Circle:
    radius: float


@dataclass
class Rectangle:
    width: float
    height: float


class Shape:
    pass


def of_number(n: int) -> str:
    match n:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "few"
        case _ if n < 0:
            return "negative"
        case 100:
            return "hundred"
        case other:
            return f"many {other}"


def of_words(line: str) -> str:
    match line.split():
        case []:
            return "nothing"
        case ["go", ("north" | "south") as direction]:
            return f"going {direction}"
        case ["take", item]:
            return f"taking {item}"
        case ["drop", *items] if len(items) > 1:
            return f"dropping {len(items)}: {items}"
        case [command, *_]:
            return f"what is {command}?"
    return "never"


def of_pair(pair: tuple[int, int]) -> str:
    match pair:
        case (0, 0):
            return "origin"
        case (0, y):
            return f"on y at {y}"
        case (x, 0):
            return f"on x at {x}"
        case (x, y) if x == y:
            return "diagonal"
        case _:
            return "somewhere"


def of_color(color: Color) -> str:
    match color:
        case Color.RED:
            return "stop"
        case Color.GREEN:
            return "go"


def main() -> None:
    print([of_number(n) for n in (0, 2, -4, 100, 7)])
    for line in ("", "go north", "go up", "take lamp", "drop a b c", "drop a"):
        print(repr(line), of_words(line))
    print([of_pair(pair) for pair in ((0, 0), (0, 3), (4, 0), (2, 2), (1, 2))])
    print(of_color(Color.RED), of_color(Color(2)), Color.RED < Color.GREEN, Color.RED + 1)
    for circle in (Circle(1.0), Circle(0.0)):
        match circle:
            case Circle(radius=0.0):
                print("point")
            case Circle(radius):
                print("circle", radius)
    print(Rectangle(1.0, 2.0), Rectangle(1.0, 2.0) == Rectangle(1.0, 2.0))


if __name__ == "__main__":
    main()
