"""Default values of lambdas and of functions inside others, where a loop makes them."""

from __future__ import annotations

from typing import Callable

fs: list[Callable[[], int]] = []
for i in range(3):
    fs.append(lambda i=i: i * 10)
print([f() for f in fs])
gs = [lambda x, i=i: x + i for i in range(3)]
print([g(1) for g in gs])
h = lambda x, y=2: x + y
print(h(1), h(1, 5))


def outer() -> list[Callable[[int], int]]:
    out = []
    for k in range(3):

        def inner(x: int, k: int = k) -> int:
            return x * k

        out.append(inner)
    return out


print([f(2) for f in outer()])


def local(n: int) -> int:
    step = lambda a, b=3: a * b + n
    return step(1) + step(1, 2) + step(a=5)


print(local(4))


def outer2() -> list[Callable[[int], int]]:
    out: list[Callable[[int], int]] = []
    for k in range(3):

        def inner(x: int, j: int = k) -> int:
            return x * j

        out.append(inner)
    return out


print([f(2) for f in outer2()])
