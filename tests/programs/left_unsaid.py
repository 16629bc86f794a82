"""What a program leaves unsaid: results of special methods, names that begin as None or change their type."""

from __future__ import annotations

from typing import Literal, NewType, Optional, Sequence, Mapping, cast

Mode = Literal["r", "w"]
UserId = NewType("UserId", int)


def show(mode: Mode, uid: UserId):
    print(mode, uid + 1)


show("r", UserId(4))


def longest(xs: Sequence[str]) -> int:
    best = None
    for x in xs:
        if best is None or len(x) > best:
            best = len(x)
    return best if best is not None else 0


print(longest(["a", "bbb"]))


class V:
    def __init__(self, x: int):
        self.x = x

    def __add__(self, o):
        return V(self.x + o.x)

    def __eq__(self, other):
        return isinstance(other, V) and self.x == other.x

    def __repr__(self):
        return f"{self.__class__.__name__}({self.x!r:>4})"

    def __matmul__(self, o: V) -> int:
        return self.x * o.x

    def __mul__(self, k: int) -> V:
        return V(self.x * k)

    __rmul__ = __mul__

    def norm(self) -> float:
        from math import sqrt

        return sqrt(self.x)


v = V(3)
print(v, v @ V(4), 2 * v, v * 2, v == V(3), v != V(4), v.norm())
name = "a"
print(f"{name!r:>6}|{name!s:<4}|")
x = 5
print(x)
x = "now text"
print(x.upper())
x = [1, 2]
print(x)
for i in range(2):
    print(i)
for i in "ab":
    print(i)


def f(s: str) -> int:
    s = s.split(",")
    return len(s)


print(f("a,b"))
cache: dict[int, Optional[str]] = {1: None, 2: "b"}
print(cache.get(1), cache.get(2), cache.get(3))
y = 5
if y is not None:
    print("y")
prev = None
for w in ["a", "b"]:
    if prev is not None:
        print(prev, w)
    prev = w


def m(d: Mapping[str, int]) -> int:
    return sum(d.values())


print(m({"a": 1}))
print(cast(int, 5))
