"""Classes derived from NamedTuple and Protocol, and lists of objects of several classes."""

from __future__ import annotations

from typing import NamedTuple, Protocol, TypeVar, Iterable
import math


class Point(NamedTuple):
    x: int
    y: int = 0

    def norm(self) -> int:
        return self.x * self.x + self.y * self.y


class Entry(NamedTuple):
    name: str
    score: float


p = Point(3, 4)
print(p, p.x, p[1], p.norm(), len(p))
x, y = p
print(x, y)
q = Point(3)
print(q < p, q == Point(3, 0), p != q)
print(p._replace(x=10), p._asdict(), list(p), sum(p))
print(sorted([Point(2, 1), Point(1, 5)]))
s = {Point(1, 1), Point(1, 1)}
print(len(s))
d = {Point(0, 0): "origin"}
print(d[Point(0, 0)])
e = Entry("a", 2.5)
name, score = e
print(name, score, e)
for n, sc in [Entry("b", 1.0), Entry("c", 2.0)]:
    print(n, sc)


class Shape(Protocol):
    def area(self) -> float: ...


class Named(Protocol):
    name: str

    def greet(self, other: str) -> str: ...


class Square:
    def __init__(self, s: float) -> None:
        self.s = s

    def area(self) -> float:
        return self.s * self.s


class Circle:
    def __init__(self, r: float) -> None:
        self.r = r

    def area(self) -> float:
        return math.pi * self.r * self.r


class Dog:
    name = "dog"

    def greet(self, other: str) -> str:
        return f"{self.name} greets {other}"


class Cat:
    def __init__(self, name: str) -> None:
        self.name = name

    def greet(self, other: str) -> str:
        return f"{self.name} ignores {other}"


def total_area(shapes: list[Shape]) -> float:
    return sum(s.area() for s in shapes)


print(total_area([Square(2.0), Circle(1.0)]))


def show(s: Shape) -> None:
    print(s.area())


show(Square(3.0))
for a in [Dog(), Cat("tom")]:
    print(a.greet("you"), a.name)


class Comparable(Protocol):
    def __lt__(self, other: "Comparable") -> bool: ...


T = TypeVar("T", bound=Comparable)


def largest(xs: list[T]) -> T:
    best = xs[0]
    for x in xs:
        if best < x:
            best = x
    return best


print(largest([1, 5, 2]), largest(["a", "c"]))
