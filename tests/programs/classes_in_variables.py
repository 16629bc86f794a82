"""Classes in variables, tables and loops."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi


class Shape:
    sides = 0

    def __init__(self, size):
        self.size = size

    def area(self):
        raise NotImplementedError

    @classmethod
    def unit(cls):
        return cls(1)


class Circle(Shape):
    def area(self):
        return round(pi * self.size**2, 2)


class Square(Shape):
    sides = 4

    def area(self):
        return float(self.size * self.size)


class Dog:
    def run(self):
        return "dog runs"


class Cat:
    def run(self):
        return "cat runs"


@dataclass
class Point:
    x: int
    y: int = 0


REGISTRY = {"circle": Circle, "square": Square}


def make(name, size):
    kind = REGISTRY.get(name)
    if kind is None:
        raise ValueError(f"unknown shape {name}")
    return kind(size)


def describe(kind: type[Shape]) -> str:
    return f"{kind.__name__} with {kind.sides} sides"


def main() -> None:
    for flag in (True, False):
        kind = Circle if flag else Square
        shape = kind(3)
        print(shape.area(), kind.__name__, kind is Circle, kind == Square)
    for cls in (Dog, Cat):
        print(cls().run(), cls.__name__)
    for cls in [Circle, Square]:
        print(cls(size=2).area(), issubclass(cls, Shape), issubclass(cls, Circle), describe(cls))
    print(issubclass(Square, Shape), issubclass(Square, Circle), issubclass(Dog, object))
    print([make(n, 2).area() for n in ("circle", "square")])
    try:
        make("line", 1)
    except ValueError as e:
        print(e)
    print(describe(Circle), Square.unit().area())
    maker = Point
    print(maker(1), maker(x=2, y=3))
    print(sorted(REGISTRY), list(REGISTRY.values())[0])
    tally = {k.__name__: k(5).area() for k in REGISTRY.values()}
    print(tally)


if __name__ == "__main__":
    main()
