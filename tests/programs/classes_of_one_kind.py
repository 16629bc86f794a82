"""Classes as values whose constructors have defaults of their own."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Box:
    name: str
    size: int = 1
    items: list[int] = field(default_factory=list)


@dataclass
class Crate(Box):
    label: str = "fragile"


class Side:
    x: int


class Left(Side):
    def __init__(self, x: int = 1) -> None:
        self.x = x


class Right(Side):
    def __init__(self, x: int = 2) -> None:
        self.x = x


class Named:
    def __init__(self, word: str) -> None:
        self.word = word


class Default(Named):
    def __init__(self, word: str = "default", times: int = 2) -> None:
        super().__init__(word * times)


for kind in (Box, Crate):
    print(kind("a"))
for side in (Left, Right):
    print(side().x)
for named in (Named, Default):
    print(named("w").word)
print(Default().word)


def log(text: str) -> None:
    print(text, end=";")


print(bool(log("nothing")), "no" if not log("more") else "yes")
