"""Dataclasses that cannot be changed: what is raised, and the way round it."""

from __future__ import annotations

from dataclasses import dataclass, field, FrozenInstanceError


@dataclass(frozen=True)
class P:
    x: int


p = P(1)
try:
    p.x = 5
except FrozenInstanceError as e:
    print("frozen", e)
try:
    p.x = 6
except AttributeError as e:
    print(type(e).__name__, e)
try:
    p.x += 1
except AttributeError as e:
    print("again", e)


@dataclass(frozen=True)
class Doubled:
    x: int
    n: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "n", self.x * 2)


print(Doubled(3))


class Box:
    size: int = 1


box = Box()
setattr(box, "size", 4)
print(getattr(box, "size"), box.size)
