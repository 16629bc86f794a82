"""Unions of classes, and objects that are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union, Callable


@dataclass
class Num:
    value: float


@dataclass
class BinOp:
    op: str
    left: "Expr"
    right: "Expr"


@dataclass
class Neg:
    operand: Expr


Expr = Union[Num, BinOp, Neg]


def evaluate(e: Expr) -> float:
    match e:
        case Num(v):
            return v
        case Neg(x):
            return -evaluate(x)
        case BinOp("+", l, r):
            return evaluate(l) + evaluate(r)
        case BinOp(op="*", left=l, right=r):
            return evaluate(l) * evaluate(r)
        case BinOp():
            return 0.0


print(evaluate(BinOp("+", Num(1.0), BinOp("*", Num(2.0), Neg(Num(3.0))))))
print(BinOp("+", Num(1.0), Num(2.0)))


class Cat:
    def speak(self) -> str:
        return "meow"


class Dog:
    def speak(self) -> str:
        return "woof"

    def fetch(self) -> str:
        return "stick"


def talk(a: Cat | Dog) -> str:
    if isinstance(a, Dog):
        return a.fetch()
    return a.speak()


def loud(a: Union[Cat, Dog, None]) -> str:
    return "none" if a is None else a.speak().upper()


print(talk(Cat()), talk(Dog()), loud(None), loud(Dog()))
pets: list[Cat | Dog] = [Cat(), Dog()]
print([p.speak() for p in pets])


class Adder:
    def __init__(self, n: int) -> None:
        self.n = n

    def __call__(self, x: int) -> int:
        return x + self.n


def apply(f: Callable[[int], int], x: int) -> int:
    return f(x)


print(apply(Adder(3), 4), [f(1) for f in [Adder(1), Adder(2)]])
