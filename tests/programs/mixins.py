"""Classes with several bases: mixins, cooperative super(), a diamond."""

from __future__ import annotations

from abc import ABC, abstractmethod


class Shape(ABC):
    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    def area(self) -> float: ...

    def describe(self) -> str:
        return f"{self.name}: {self.area():.2f}"


class JSONMixin:
    def to_json(self) -> str:
        return '{"type": "%s"}' % type(self).__name__


class LoudMixin:
    def describe(self) -> str:
        return super().describe().upper() + "!"


class CountingMixin:
    calls = 0

    def count(self) -> int:
        self.hits += 1
        return self.hits


class Square(JSONMixin, LoudMixin, Shape):
    def __init__(self, side: float) -> None:
        super().__init__("square")
        self.side = side

    def area(self) -> float:
        return self.side * self.side


class Circle(JSONMixin, Shape):
    def area(self) -> float:
        return 3.5


class Counter(CountingMixin, JSONMixin):
    def __init__(self) -> None:
        self.hits = 10


class A:
    def __init__(self) -> None:
        self.log = ["A"]

    def hello(self) -> str:
        return "A"


class B(A):
    def __init__(self) -> None:
        super().__init__()
        self.log.append("B")

    def hello(self) -> str:
        return "B" + super().hello()


class C(A):
    def __init__(self) -> None:
        super().__init__()
        self.log.append("C")

    def hello(self) -> str:
        return "C" + super().hello()


class D(B, C):
    def __init__(self) -> None:
        super().__init__()
        self.log.append("D")

    def hello(self) -> str:
        return "D" + super().hello()


shapes: list[Shape] = [Square(2.0), Circle("circle")]
for shape in shapes:
    print(shape.describe(), isinstance(shape, LoudMixin), isinstance(shape, JSONMixin))
print(Square(1.5).to_json(), Circle("c").to_json(), Counter().count(), Counter().to_json())
d = D()
print(d.hello(), d.log, B().hello(), isinstance(d, B), isinstance(d, C), isinstance(d, A))
