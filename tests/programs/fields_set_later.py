from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(order=True)
class Product:
    sort_index: tuple[str, int] = field(init=False, repr=False)
    name: str
    price: int
    label: str = field(init=False)
    words: list[str] = field(init=False)
    upper: str = field(init=False, default="x")

    def __post_init__(self) -> None:
        self.sort_index = (self.name, self.price)
        self.label = f"{self.name}!"
        self.words = self.name.split()


a, b = Product("b c", 2), Product("a", 3)
print(a, b, a < b, sorted([a, b])[0].name, a.sort_index, a.words)
from typing import NamedTuple


class Point(NamedTuple):
    x: int
    y: int = 0


print(Point._fields, Point._make((1, 2)), len(Point._fields), [f for f in Point._fields])
for name, value in zip(Point._fields, Point(4, 5)):
    print(name, value)
