"""Annotations that say float, where ints are given: an int stays an int, and both may be mixed."""

from __future__ import annotations

import math
from dataclasses import dataclass


class Account:
    def __init__(self, owner: str, balance: float = 0) -> None:
        self.owner = owner
        self.balance = balance
        self.log = []

    def deposit(self, amount: float) -> float:
        self.balance += amount
        self.log.append(amount)
        return self.balance

    def interest(self, rate: float) -> float:
        return self.balance * rate / 100


@dataclass
class Product:
    name: str
    price: float
    weight: float = 1.5


class Shape:
    def area(self) -> float:
        return 0.0


class Rectangle(Shape):
    def __init__(self, w: float, h: float) -> None:
        self.w = w
        self.h = h

    def area(self) -> float:
        return self.w * self.h


def average(xs: list[float]) -> float:
    if not xs:
        return 0
    return sum(xs) / len(xs)


def area(w: float, h: float) -> float:
    return w * h


def scale(xs: list[float], k: float = 2) -> list[float]:
    return [x * k for x in xs]


a = Account("x", 100)
b = Account("y")
print(a.deposit(50), b.deposit(2.5), a.interest(5), a.log, b.log)
print(average([]), average([1, 2]), average([1.5, 2]))
print(area(2, 3), area(2.5, 2), scale([1, 2]), scale([1.5, 2.0], 3))
prices: dict[str, float] = {"a": 1, "b": 2.5}
total = 0
for p in prices.values():
    total += p
print(prices, total, max(prices.values()), f"{total:.2f}", round(total, 1), total / 2)
temps = [20, 21.5, 19]
print(temps, min(temps), sum(temps) / len(temps), [t * 9 / 5 + 32 for t in temps])
x: float = 5
print(x, x * 2, x / 2, -x, abs(-x), x**2, x // 2, x % 3)
print(1 if x > 3 else 2.5, max(0, 2.5), max(3, 2.5), math.sqrt(total), round(total))
goods = [Product("nut", 3), Product("oil", 2.25, 2)]
print(goods, sum(each.price * each.weight for each in goods), sorted(each.price for each in goods))
print([shape.area() for shape in [Shape(), Rectangle(2, 3), Rectangle(1.5, 2)]])
