from __future__ import annotations
from dataclasses import dataclass
from enum import Enum


class Op(Enum):
    ADD = 1
    SUB = 2


@dataclass
class Bin:
    op: Op
    left: int
    right: int


def f(e: Bin) -> int:
    match e:
        case Bin(Op.ADD, l, r):
            return l + r
        case Bin(op=Op.SUB, left=l, right=r):
            return l - r
        case _:
            return 0


print(f(Bin(Op.ADD, 1, 2)), f(Bin(Op.SUB, 1, 2)))
