"""Members of enums as defaults of parameters and fields; enums of text."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto


class Status(Enum):
    TODO = auto()
    DONE = auto()


@dataclass
class Task:
    name: str
    status: Status = Status.TODO
    history: list[Status] = field(default_factory=lambda: [Status.TODO])


def show(t: Task, only: Status = Status.DONE) -> None:
    print(t.name, t.status, t.status is only, only.name)


t = Task("a")
show(t)
show(Task("b", Status.DONE))
show(t, Status.TODO)
print(t)


class Box:
    def __init__(self, s: Status = Status.DONE) -> None:
        self.s = s


print(Box().s, Box(Status.TODO).s)


class Color(StrEnum):
    RED = auto()
    BLUE = "navy"


class Kind(str, Enum):
    A = "a"
    B = "b"


print(Color.RED, Color.BLUE.value, repr(Color.RED), [c.name for c in Color], Color("navy").name)
print(Kind.A, Kind.B.value, repr(Kind.A), f"{Kind.A}|{Color.RED}", Kind("b") is Kind.B)
