from __future__ import annotations


class A:
    pass


class B(A):
    def same(self, other: A) -> bool:
        return type(self) is type(other)


def show(x: int | str) -> None:
    print(type(x).__name__, type(x) is int, type(x) == str)


a: A = B()
print(type(a).__name__, type(a) is B, type(a) == A, type(a) is not B, B().same(a), B().same(A()))
show(1)
show("a")
print(
    type(3).__name__,
    type(3.5).__name__,
    type("s").__name__,
    type([1]).__name__,
    type({1: 2}).__name__,
    type((1, 2)).__name__,
    type(None).__name__,
    type(True).__name__,
    type(b"").__name__,
    type({1}).__name__,
)
print(type(3) is int, type("s") == str, type([1]) == list, type(3) == type(4), type(3) is bool)
print(type(3), type("a"), f"{type(A())} {type(ValueError())}")
