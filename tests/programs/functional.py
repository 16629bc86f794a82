"""Functions made of operators, orders, and modules that are imported whole."""

from __future__ import annotations

import abc
import dataclasses
import enum
import functools
import operator
import typing
from functools import cmp_to_key, reduce, total_ordering
from operator import attrgetter, itemgetter, methodcaller


@total_ordering
class Version:
    def __init__(self, major: int, minor: int) -> None:
        self.major = major
        self.minor = minor

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and (self.major, self.minor) == (other.major, other.minor)

    def __lt__(self, other: "Version") -> bool:
        return (self.major, self.minor) < (other.major, other.minor)


@functools.total_ordering
class Weight:
    def __init__(self, grams: int) -> None:
        self.grams = grams

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Weight) and self.grams == other.grams

    def __ge__(self, other: "Weight") -> bool:
        return self.grams >= other.grams


@dataclasses.dataclass
class Item:
    name: str
    size: int = 1
    tags: typing.List[str] = dataclasses.field(default_factory=list)


class Colour(enum.Enum):
    RED = 1
    GREEN = enum.auto()


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self) -> float: ...


class Square(Shape):
    def area(self) -> float:
        return 2.25


def descending(a: int, b: int) -> int:
    return b - a


def total(values: typing.List[int]) -> typing.Optional[int]:
    return sum(values) if values else None


pairs = [(1, "b"), (0, "c"), (1, "a")]
items = [Item("pear", 3), Item("fig"), Item("apple", 2, ["red"])]
print(
    sorted(pairs, key=itemgetter(1)),
    sorted(pairs, key=itemgetter(0, 1)),
    max(pairs, key=operator.itemgetter(1)),
)
print(
    [each.name for each in sorted(items, key=attrgetter("size"))],
    min(items, key=operator.attrgetter("name")),
)
print(sorted([" b", "a "], key=methodcaller("strip")), list(map(itemgetter(0), pairs)))
print(
    sorted([1, 3, 2], key=cmp_to_key(descending)),
    sorted("bca", key=functools.cmp_to_key(lambda a, b: (a > b) - (a < b))),
)
print(
    reduce(operator.mul, [1, 2, 3, 4], 1),
    reduce(operator.add, ["a", "b"]),
    operator.sub(5, 3),
    operator.truediv(1, 2),
)
print(
    list(map(operator.neg, [1, -2])),
    operator.contains([1, 2], 2),
    operator.getitem([5, 6], 1),
    operator.eq("a", "a"),
)
a, b = Version(1, 2), Version(1, 3)
print(
    a < b,
    a <= b,
    a > b,
    a >= b,
    a == b,
    a != b,
    Weight(1) < Weight(2),
    Weight(2) <= Weight(2),
    Weight(3) > Weight(2),
)
ages = {"ann": 31, "bob": 25}
print(max(ages, key=ages.get), min(ages.keys(), key=ages.get), sorted(ages, key=ages.get))
print(Colour.RED, [each.value for each in Colour], Square().area(), total([1, 2]), total([]))
