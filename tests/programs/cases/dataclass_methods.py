"""Dataclass methods."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Point:
    x: int
    y: int = 0


@dataclass
class Point3(Point):
    z: float = 1.5
    label: str = "it's"


@dataclass(order=True)
class Version:
    major: int
    minor: int = 0
    tags: list[str] = field(default_factory=list)


@dataclass
class Box:
    corner: Point
    size: tuple[int, int]
    inner: "Box | None" = None
    notes: dict[str, list[int]] = field(default_factory=dict)
    hidden: int = field(default=7, repr=False)
    area: int = field(init=False)

    def __post_init__(self) -> None:
        self.area = self.size[0] * self.size[1]


@dataclass(frozen=True)
class Key:
    name: str
    number: int


@dataclass
class Task:
    name: str
    priority: int = field(default=0, compare=False)


@dataclass(kw_only=True)
class Options:
    width: int = 80
    colour: bool = False


@dataclass
class Custom:
    value: int

    def __repr__(self) -> str:
        return f"<{self.value}>"


@dataclass
class Holder:
    items: list[Custom]
    best: Custom | None = None


@dataclass
class Empty:
    pass


def main() -> None:
    print(Point(1), Point(2, 3), f"{Point(4)}", str(Point(5)), repr(Point(6)))
    p = Point3(1, 2)
    print(p, [p, Point3(0, 0, 2.0, "q")])
    a, b = Version(1, 2), Version(1, 10)
    print(a < b, a <= b, a > b, a >= b, a == Version(1, 2), sorted([b, a, Version(0, 9, ["x"])]))
    a.tags.append("new")
    print(a, b, max(a, b), Version(3))
    box = Box(Point(0, 0), (3, 4), Box(Point(1, 1), (1, 1)))
    box.notes.setdefault("k", []).append(1)
    print(box)
    print({Key("a", 1): "one"}, Key("a", 1) == Key("a", 1), len({Key("b", 2), Key("b", 2)}))
    print(Task("t", 1) == Task("t", 2), Task("t") == Task("u"))
    print(Options(), Options(colour=True, width=3))
    print(Custom(3), Holder([Custom(1)], Custom(2)), Holder([]))
    print(Empty(), Empty() == Empty())
    match box:
        case Box(corner=Point(x=0), size=(w, h)):
            print("at 0", w, h)


if __name__ == "__main__":
    main()
