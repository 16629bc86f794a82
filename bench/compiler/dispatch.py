"""Virtual calls: a picture of shapes of four kinds, each asked for its area.

The picture borrows the shapes: nothing is counted while it is gone through.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from lang import Array, Ptr, borrow, export, no_raise, u64

SHAPES = 64


class Shape(ABC):
    """A figure of whole sides that can grow."""

    side: u64

    def __init__(self, side: u64) -> None:
        self.side = side

    @no_raise
    @abstractmethod
    def area(self) -> u64:
        """Return the area, rounded down."""

    @no_raise
    @abstractmethod
    def grow(self, by: u64) -> None:
        """Lengthen the side; what grows too long starts again."""


class Square(Shape):
    def area(self) -> u64:
        return self.side * self.side

    def grow(self, by: u64) -> None:
        self.side = (self.side + by) % 1024


class Cross(Shape):
    def area(self) -> u64:
        return self.side * self.side * 5 // 8

    def grow(self, by: u64) -> None:
        self.side = (self.side + 2 * by) % 1024


class Rhombus(Shape):
    def area(self) -> u64:
        return self.side * self.side // 2

    def grow(self, by: u64) -> None:
        self.side = (self.side + 3 * by) % 512


class Stroke(Shape):
    def area(self) -> u64:
        return self.side

    def grow(self, by: u64) -> None:
        self.side += by & 1


shapes: Array[Shape | None, SHAPES]
picture: Array[Ptr[Shape] | None, SHAPES]  # each one's object is held by `shapes`


@export("run")
def run(rounds: u64) -> u64:
    """Add up all areas, let every shape grow, and again."""
    try:
        return animate(rounds)
    except MemoryError:
        return 0


def animate(rounds: u64) -> u64:
    for i in range(SHAPES):
        shape = make_shape(u64(i))
        shapes[i] = shape
        picture[i] = borrow(shape)
    total = u64(0)
    for round in range(rounds):
        total = total % 1000003 + total_area()
        grow_all(round % 7)
    for i in range(SHAPES):
        picture[i] = None
        shapes[i] = None
    return total


def make_shape(number: u64) -> Shape:
    """Return a shape; sixteen of a kind follow each other."""
    match number // 16:
        case 0:
            return Square(number)
        case 1:
            return Cross(number)
        case 2:
            return Rhombus(number)
        case _:
            return Stroke(number)


def total_area() -> u64:
    total = u64(0)
    for shape in picture:
        if shape is not None:
            total += shape.area()
    return total


def grow_all(by: u64) -> None:
    for shape in picture:
        if shape is not None:
            shape.grow(by)
