"""Patterns that look into lists and dicts, and alternatives that bind names."""

from __future__ import annotations


def cmd(line: str) -> str:
    match line.split():
        case []:
            return "empty"
        case ["go", direction]:
            return f"going {direction}"
        case ["get", item, *rest]:
            return f"get {item} {rest}"
        case ["quit" | "exit" as w]:
            return f"bye {w}"
        case [first, *middle, last] if first == last:
            return f"ends {first} {middle}"
        case [first, *_]:
            return f"unknown {first}"
    return "?"


for c in ["", "go north", "get a b c", "quit", "exit", "foo bar", "x y z x"]:
    print(cmd(c))


def dct(d: dict[str, int]) -> str:
    match d:
        case {"a": 1}:
            return "a one"
        case {"a": n, **rest}:
            return f"a {n} {rest}"
        case {}:
            return "other"
    return "never"


print(dct({"a": 1}), dct({"a": 5, "b": 2}), dct({"z": 1}))


class Shape:
    pass


from dataclasses import dataclass


@dataclass
class Circle(Shape):
    r: int


@dataclass
class Square(Shape):
    side: int


@dataclass
class Group(Shape):
    parts: list[Shape]


def area(s: Shape) -> int:
    match s:
        case Circle(n) | Square(side=n):
            return n
        case Group([]):
            return 0
        case Group([Circle(1), *others]):
            return 100 + len(others)
        case Group(parts=[first, *_]):
            return area(first)
    return -1


print(
    area(Circle(3)),
    area(Square(4)),
    area(Group([])),
    area(Group([Circle(1), Circle(2)])),
    area(Group([Square(9)])),
    area(Shape()),
)


def t(p: tuple[int, list[int]]) -> int:
    match p:
        case (0, [x, y]):
            return x + y
        case (n, [x, *_]):
            return n * x
        case (n, []):
            return n
        case _:
            return -1


print(t((0, [1, 2])), t((5, [3])), t((7, [])))
