"""Mixins, super chains, MRO, operators."""

from __future__ import annotations

import functools
import math
from typing import Generic, Iterable, Iterator, TypeVar, overload, Self

T = TypeVar("T")


class ReprMixin:
    def __repr__(self):
        args = ", ".join(f"{k}={v!r}" for k, v in vars(self).items())
        return f"{type(self).__name__}({args})"


class Base:
    def __init__(self, **kwargs):
        super().__init__()

    def describe(self):
        return "Base"


class Loud(Base):
    def describe(self):
        return "Loud>" + super().describe()


class Fast(Base):
    def describe(self):
        return "Fast>" + super().describe()


class Car(Loud, Fast):
    def describe(self):
        return "Car>" + super().describe()


@functools.total_ordering
class Vector(ReprMixin):
    def __init__(self, x: float, y: float):
        self.x = x
        self.y = y

    def __add__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, k: float):
        return Vector(self.x * k, self.y * k)

    def __rmul__(self, k: float):
        return self * k

    def __neg__(self):
        return Vector(-self.x, -self.y)

    def __abs__(self):
        return math.hypot(self.x, self.y)

    def __bool__(self):
        return bool(self.x or self.y)

    def __eq__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        return (self.x, self.y) == (other.x, other.y)

    def __lt__(self, other):
        return abs(self) < abs(other)

    def __hash__(self):
        return hash((self.x, self.y))

    def __iter__(self):
        yield self.x
        yield self.y

    def __matmul__(self, other):
        return self.x * other.x + self.y * other.y

    def __getitem__(self, i: int):
        return (self.x, self.y)[i]

    def __len__(self):
        return 2

    def __call__(self, scale):
        return self * scale

    def __iadd__(self, other):
        self.x += other.x
        self.y += other.y
        return self


class Stack(Generic[T]):
    def __init__(self, items: Iterable[T] = ()) -> None:
        self._items: list[T] = list(items)

    def push(self, item: T) -> "Stack[T]":
        self._items.append(item)
        return self

    def pop(self) -> T:
        if not self._items:
            raise IndexError("pop from empty stack")
        return self._items.pop()

    def __iter__(self) -> Iterator[T]:
        return reversed(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __repr__(self) -> str:
        return f"Stack({self._items!r})"


class Money:
    __slots__ = ("amount", "currency")

    def __init__(self, amount: int, currency: str = "EUR"):
        self.amount = amount
        self.currency = currency

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise ValueError("currencies differ")
        return Money(self.amount + other.amount, self.currency)

    def __radd__(self, other: int) -> "Money":
        if other == 0:
            return self
        return NotImplemented

    def __str__(self):
        return f"{self.amount / 100:.2f} {self.currency}"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


print(Car().describe())
print([c.__name__ for c in Car.__mro__])
v, w = Vector(3, 4), Vector(1, 2)
print(v + w, v * 2, 2 * v, -v, abs(v), bool(Vector(0, 0)))
print(v == Vector(3, 4), v != w, v < w, v >= w, max([w, v]), v @ w)
print(v[0], v[-1], len(v), list(v), v(10), hash(v) == hash(Vector(3, 4)))
x, y = w
print(x, y)
v += w
print(v, {v: "v"}[Vector(4, 6)])
try:
    v + 3
except TypeError as e:
    print(e)
try:
    v[5]
except IndexError as e:
    print(e)
s = Stack([1, 2])
print(s.push(3).push(4), list(s), len(s), s.pop(), s)
try:
    Stack[int]().pop()
except IndexError as e:
    print(type(e).__name__, e)
print(sum([Money(150), Money(275)]))
print(f"[{Money(5):>12}]", str(Money(99, "USD")))
try:
    print(Money(1) + Money(1, "USD"))
except ValueError as e:
    print(e)
