"""Inventory, tables, NamedTuple, text report."""

from __future__ import annotations

import itertools
import operator
import string
from collections import Counter, defaultdict, namedtuple
from dataclasses import asdict, astuple, dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

Size = namedtuple("Size", ["w", "h", "d"], defaults=[1])


class Point(NamedTuple):
    x: int
    y: int = 0

    def shifted(self, dx: int = 0, dy: int = 0) -> Point:
        return self._replace(x=self.x + dx, y=self.y + dy)

    @property
    def norm2(self) -> int:
        return self.x**2 + self.y**2


@dataclass(order=True)
class Product:
    sort_index: tuple[str, float] = field(init=False, repr=False)
    name: str
    price: float
    quantity: int = 0
    tags: list[str] = field(default_factory=list, compare=False)

    def __post_init__(self) -> None:
        if self.price < 0:
            raise ValueError(f"negative price for {self.name}")
        self.sort_index = (self.name, self.price)

    @property
    def total(self) -> float:
        return self.price * self.quantity


class Inventory:
    def __init__(self):
        self.products = {}

    def add(self, product: Product):
        if product.name in self.products:
            self.products[product.name].quantity += product.quantity
        else:
            self.products[product.name] = product
        return self

    def __iter__(self):
        return iter(sorted(self.products.values()))

    def remove(self, name: str, n: int = 1):
        try:
            product = self.products[name]
        except KeyError as e:
            raise LookupError(f"no such product: {name}") from e
        if product.quantity < n:
            raise ValueError(f"only {product.quantity} of {name}")
        product.quantity -= n

    def by_tag(self):
        tags = defaultdict(set)
        for product in self:
            for tag in product.tags:
                tags[tag].add(product.name)
        return tags

    def report(self):
        header = f"{'Name':<12}|{'Price':>10}|{'Qty':^7}|{'Total':>12}"
        lines = [header, "-" * len(header)]
        for p in self:
            lines.append(f"{p.name:<12}|{p.price:>10,.2f}|{p.quantity:^7d}|{p.total:>12,.2f}")
        lines.append("=" * len(header))
        lines.append(
            f"{'Sum':<12}|{'':>10}|{sum(p.quantity for p in self):^7}|{sum(p.total for p in self):>12,.2f}"
        )
        return "\n".join(lines)


inv = Inventory()
inv.add(Product("widget", 2.5, 100, ["small", "metal"])).add(Product("gadget", 1250, 3, ["metal"]))
inv.add(Product("gizmo", 19.99, 7)).add(Product("widget", 2.5, 20))
print(inv.report())
for args in (("widget", 5), ("thing", 1), ("gizmo", 10)):
    try:
        inv.remove(*args)
        print("removed", *args)
    except (LookupError, ValueError) as e:
        print(type(e).__name__, e, "/", repr(e.__cause__))
for tag, names in sorted(inv.by_tag().items()):
    print(f"{tag:>8}: {', '.join(sorted(names))}")
try:
    Product("bad", -1)
except ValueError as e:
    print(e)
p = Product("a", 1.5, 2, ["t"])
print(p, asdict(p), replace(p, price=3.0), p < Product("b", 0.5))
pt = Point(3)
print(pt, pt.shifted(dy=4), pt.shifted(1, 1).norm2, pt._asdict(), Point._fields, pt == (3, 0))
x, y = pt
print(x, y, Size(1, 2), Size(1, 2)._replace(d=5), [*Size(4, 5, 6)])
print(
    f"{1234567.891:,.2f} {0.256:.1%} {255:#x} {255:08b} {3.14159:+.3f} {'mid':*^9} {12345:e} {-5:05d} {1e-7:g}"
)
print(
    "{:>6}|{:<6}|{:^6}".format("r", "l", "c"),
    "{0}-{1}-{0}".format("a", "b"),
    "{name!r:>8}".format(name="q"),
)
print("%-8s|%5.1f|%03d|%x|%%" % ("left", 3.14159, 7, 255))
width = 12
for row in zip(*[iter(string.ascii_lowercase[:12])] * 4):
    print("".join(f"{c:>{width // 4}}" for c in row))
print(Fraction(1, 3) + Fraction(1, 6), Fraction("0.75"), float(Fraction(1, 8)))
c = Counter("mississippi")
print(c.most_common(2), c["z"], sorted(c.elements())[:3], c - Counter("miss"))
print(
    list(map(operator.itemgetter(1), [(1, "a"), (2, "b")])),
    max(inv, key=operator.attrgetter("price")).name,
)
