"""Methods that override others and give an object of a class derived from what those give."""

from __future__ import annotations

from abc import ABC, abstractmethod


class Shape(ABC):
    @abstractmethod
    def scaled(self, by: float) -> Shape: ...

    @abstractmethod
    def area(self) -> float: ...

    def largest_part(self) -> Shape | None:
        return None

    @property
    def twin(self) -> Shape:
        return self


class Square(Shape):
    def __init__(self, side: float) -> None:
        self.side = side

    def scaled(self, by: float) -> Square:
        return Square(self.side * by)

    def area(self) -> float:
        return self.side * self.side

    def largest_part(self) -> Square:
        return Square(self.side / 2)

    @property
    def twin(self) -> Square:
        return Square(self.side)


class Tile(Square):
    def scaled(self, by: float) -> Tile:
        return Tile(self.side * by)

    def largest_part(self) -> Tile:
        return Tile(self.side / 4)


class Disc(Shape):
    def __init__(self, radius: float) -> None:
        self.radius = radius

    def scaled(self, by: float) -> Disc:
        return Disc(self.radius * by)

    def area(self) -> float:
        return 3 * self.radius**2


def main() -> None:
    print(Square(2).scaled(3).side, Tile(8).largest_part().side, Disc(2).scaled(2).radius)
    shapes: list[Shape] = [Square(3), Disc(1.5), Tile(4)]
    for shape in shapes:
        part = shape.largest_part()
        print(
            type(shape.scaled(2)).__name__,
            shape.scaled(2).area(),
            None if part is None else part.area(),
            shape.twin.area(),
        )


if __name__ == "__main__":
    main()
