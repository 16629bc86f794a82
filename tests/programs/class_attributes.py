"""Attributes of classes that change, and class methods."""

from __future__ import annotations


class A:
    count = 0
    names: list[str] = []
    LIMIT = 5

    def __init__(self, n: str) -> None:
        A.count += 1
        A.names.append(n)
        self.n = n

    @classmethod
    def total(cls) -> int:
        return cls.count

    @classmethod
    def make(cls, n: str) -> "A":
        return cls(n)


A("x")
A.make("y")
print(A.count, A.names, A.total(), A.LIMIT)


class Base:
    made = 0

    def __init__(self) -> None:
        Base.made += 1


class Derived(Base):
    pass


Derived()
Base()
print(Base.made)
