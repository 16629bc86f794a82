"""Abstract classes, super(), properties, class counters and sorting by area."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod


class Shape(ABC):
    count = 0

    def __init__(self, name: str) -> None:
        self.name = name
        Shape.count += 1

    @property
    @abstractmethod
    def area(self) -> float: ...

    def describe(self) -> str:
        return f"{self.name} with area {self.area:.3f}"

    def __lt__(self, other: Shape) -> bool:
        return self.area < other.area


class Circle(Shape):
    def __init__(self, radius: float) -> None:
        super().__init__("circle")
        self.radius = radius

    @property
    def area(self) -> float:
        return math.pi * self.radius**2


class Rectangle(Shape):
    def __init__(self, width: float, height: float, name: str = "rectangle") -> None:
        super().__init__(name)
        self.width = width
        self.height = height

    @property
    def area(self) -> float:
        return self.width * self.height

    @staticmethod
    def square(side: float) -> Rectangle:
        return Square(side)


class Square(Rectangle):
    def __init__(self, side: float) -> None:
        super().__init__(side, side, "square")

    def describe(self) -> str:
        return "regular " + super().describe()


def main() -> None:
    shapes: list[Shape] = [Circle(1.0), Rectangle(2, 3.5), Rectangle.square(1.5), Circle(0.5)]
    for shape in sorted(shapes):
        print(shape.describe(), isinstance(shape, Rectangle), type(shape).__name__)
    print(Shape.count, max(shapes).name, min(shapes).name)
    print(sum(s.area for s in shapes if isinstance(s, Circle)))


if __name__ == "__main__":
    main()
