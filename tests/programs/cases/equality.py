"""Equality."""

from __future__ import annotations


class Point:
    def __init__(self, x: int, y: int) -> None:
        self.x = x
        self.y = y

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Point):
            return NotImplemented
        return self.x == other.x and self.y == other.y

    def __lt__(self, other: "Point") -> bool:
        if not isinstance(other, Point):
            return NotImplemented
        return (self.x, self.y) < (other.x, other.y)

    def __hash__(self) -> int:
        return hash((self.x, self.y))

    def __repr__(self) -> str:
        return f"Point({self.x}, {self.y})"


class Animal:
    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Animal) and self.name == other.name

    def __ne__(self, other: object) -> bool:
        return not self == other


class Dog(Animal):
    def __init__(self, name: str, breed: str) -> None:
        super().__init__(name)
        self.breed = breed

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Dog):
            return self.name == other.name and self.breed == other.breed
        return NotImplemented


class Money:
    def __init__(self, cents: int) -> None:
        self.cents = cents

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Money):
            return self.cents == other.cents
        return False

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + other.cents)

    def __abs__(self) -> "Money":
        return Money(abs(self.cents))

    def __bool__(self) -> bool:
        return self.cents != 0

    def __str__(self) -> str:
        return f"{self.cents // 100}.{self.cents % 100:02}"


def main() -> None:
    p, q = Point(1, 2), Point(1, 2)
    print(p == q, p != q, p is q, p in [q], {p: 1}[q], sorted([Point(2, 1), Point(1, 9), p]))
    print([Point(0, 1), p].index(q), [p, q, Point(3, 3)].count(p))
    a, d, e = Animal("rex"), Dog("rex", "pug"), Dog("rex", "lab")
    print(a == d, d == e, d == Dog("rex", "pug"), a != Animal("tom"))
    print(Money(150) + Money(275), abs(Money(-5)), bool(Money(0)), Money(1) == Money(1))
    if Money(3):
        print("some")
    if not Money(0):
        print("none")


if __name__ == "__main__":
    main()
