"""Functions as values do what they do under CPython: lambdas, nested functions, bound methods."""

from __future__ import annotations

import pytest

from tests.compiler.lower.both import BUILDS, Both

SOURCE = """
@struct
class P:
    x: i64
    y: i64

def apply(f: Callable[[i64], i64], n: i64) -> i64:
    return f(n) * 10 + f(n + 1)

def make_p(f: Callable[[i64], P], n: i64) -> i64:
    p = f(n)
    return p.x * 10 + p.y

def double(n: i64) -> i64:
    return n * 2

def plain(n: i64) -> i64:
    return apply(double, n)

def lam(n: i64) -> i64:
    k = n + 3
    return apply(lambda x: x * k, n)

def nested(n: i64) -> i64:
    total = 0
    def add(x: i64) -> i64:
        nonlocal total
        total += x
        return total
    apply(add, n)
    add(5)
    return total

def struct_result(n: i64) -> i64:
    return make_p(lambda x: P(x, x + 1), n)

def captured_struct(n: i64) -> i64:
    p = P(n, 2)
    def grow(x: i64) -> i64:
        p.x += x
        return p.x
    apply(grow, 1)
    return p.x

def adder(n: i64) -> Callable[[i64], i64]:
    return lambda x: x + n

def escaping(n: i64) -> i64:
    f = adder(n)
    g = adder(n * 100)
    return apply(f, 1) + g(2)

def counter() -> Callable[[], i64]:
    count = 0
    def step() -> i64:
        nonlocal count
        count += 1
        return count
    return step

def counted(n: i64) -> i64:
    a = counter()
    b = counter()
    for _ in range(n):
        a()
    return a() * 10 + b()

def raising(n: i64) -> i64:
    def check(x: i64) -> i64:
        if x > 3:
            raise ValueError
        return x
    try:
        return apply(check, n)
    except ValueError:
        return -1

class Thing:
    value: i64
    def __init__(self, value: i64) -> None:
        self.value = value
    def plus(self, x: i64) -> i64:
        return self.value + x

def bound(n: i64) -> i64:
    t = Thing(n)
    f = t.plus
    del t
    return apply(f, 2)

def kept(n: i64) -> i64:
    t = Thing(n)
    return apply(lambda x: t.value * x, 3)

def late(n: i64) -> i64:
    x = n
    f: Callable[[i64], i64] = lambda y: x + y
    x = 100
    return apply(f, 1)

def optional(n: i64) -> i64:
    f: Callable[[i64], i64] | None = double if n > 2 else None
    if f is None:
        return -1
    return f(n)

"""

FUNCTIONS = [
    "plain",
    "lam",
    "nested",
    "struct_result",
    "captured_struct",
    "escaping",
    "counted",
    "raising",
    "bound",
    "kept",
    "late",
    "optional",
]


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_does_what_cpython_does(name: str, build: str) -> None:
    both = Both(SOURCE, "closures", build)
    both.agree_on(name, range(6))
    assert both.compiled.live_objects == 0
