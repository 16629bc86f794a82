"""functools.partial and namedtuple."""

from __future__ import annotations

from collections import namedtuple
from functools import partial

Point = namedtuple("Point", ["x", "y"])
Item = namedtuple("Item", "name price qty", defaults=[1])


def power(base: int, exponent: int) -> int:
    return base**exponent


def tagged(tag: str, text: str, end: str = "!") -> str:
    return f"<{tag}>{text}</{tag}>{end}"


def norm(p: Point) -> int:
    return p.x * p.x + p.y * p.y


square = partial(power, exponent=2)
two_to = partial(power, 2)
bold = partial(tagged, "b", end="")
print(square(7), two_to(10), bold("hi"), [square(n) for n in range(4)], list(map(two_to, [1, 2])))
p = Point(1, 2)
print(p, p.x + p.y, p == Point(1, 2), norm(p), p._replace(x=9))
x, y = p
items = [Item("a", 1.5, 2), Item("b", 2.0)]
print(x, y, items[1], sum(each.price * each.qty for each in items))
