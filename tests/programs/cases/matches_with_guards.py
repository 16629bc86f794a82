"""match: class patterns, guards, sequences, mappings, alternatives and captures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Circle:
    radius: int


@dataclass
class Rect:
    width: int
    height: int


@dataclass
class Group:
    members: list[Circle | Rect]
    name: str = ""


def area(shape: Circle | Rect) -> int:
    match shape:
        case Circle(radius=r) if r < 0:
            return -1
        case Circle(r):
            return 3 * r * r
        case Rect(width=w, height=h) if w == h:
            return w * w
        case Rect(w, h):
            return w * h
    return 0


def total(group: Group) -> str:
    match group:
        case Group(members=[]):
            return "empty"
        case Group(members=[only], name=name):
            return f"{name}: one of {area(only)}"
        case Group(members=[first, *rest]):
            return f"{area(first)} and {len(rest)} more"
    return "?"


def command(words: list[str]) -> str:
    match words:
        case ["go", ("north" | "south") as way]:
            return f"going {way}"
        case ["take", item, *more] if len(more) < 2:
            return f"taking {item} {more}"
        case ["quit" | "exit"]:
            return "bye"
        case [word]:
            return f"what is {word}?"
        case []:
            return "silence"
        case _:
            return f"{len(words)} words"


def number(n: int) -> str:
    match n:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "few"
        case x if x < 0:
            return "negative"
        case _:
            return "many"


def main() -> None:
    shapes: list[Circle | Rect] = [Circle(2), Circle(-1), Rect(2, 3), Rect(4, 4)]
    for shape in shapes:
        print(shape, area(shape))
    print(total(Group([])), total(Group([Rect(1, 2)], "g")), total(Group([Circle(1), Rect(1, 1)])))
    for line in ("go north", "go east", "take lamp", "take a b c d", "exit", "hm", ""):
        print(repr(line), command(line.split()))
    print([number(n) for n in (0, 2, -4, 9)])


if __name__ == "__main__":
    main()
