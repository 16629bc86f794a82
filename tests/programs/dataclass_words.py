"""Dataclasses: what `replace`, `asdict`, `astuple` and `fields` give, factories in derived ones."""

from __future__ import annotations

from dataclasses import dataclass, field, replace, asdict, astuple, fields


@dataclass
class Base:
    name: str
    tags: list[str] = field(default_factory=list)


@dataclass
class Item(Base):
    price: float = 1.0
    history: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class P:
    x: int
    y: int = 0


@dataclass
class Line:
    a: P
    b: P
    label: str = ""


i = Item("pen")
i.tags.append("x")
print(i)
j = replace(i, name="ink", price=2.5)
print(j, j.tags is i.tags)
print(replace(P(1, 2), y=5))
print(asdict(P(1, 2)))
print(astuple(P(1, 2)))


l = Line(P(1, 2), P(3, 4), "diag")
print(asdict(l))
print(astuple(l))
print([f.name for f in fields(P)])
for f in fields(i):
    print(f.name)
print(asdict(i))


@dataclass
class Opt:
    name: str
    size: int | None = None


print(asdict(Opt("a")), asdict(Opt("b", 3)))
print(replace(Opt("a", 5), size=None))
