"""The rest of the language: generics, operators of classes, order of evaluation, and mixtures."""

from __future__ import annotations

import pytest

from compiler.testing import native
from tests.compiler.lower.both import BUILDS, Both

SOURCE = """
T = TypeVar("T")
U = TypeVar("U")

@struct
class P:
    x: i64
    y: i64

@struct
class Box(Generic[T]):
    value: T
    count: u32

    def get(self) -> T:
        return self.value

    def set(self, value: T) -> None:
        self.value = value
        self.count += 1

@struct
class Buf(Generic[T]):
    items: Array[T, 4]
    used: usize

    def push(self, value: T) -> bool:
        if self.used == 4:
            return False
        self.items[self.used] = value
        self.used += 1
        return True

class Cell(Generic[T]):
    value: T
    def __init__(self, value: T) -> None:
        self.value = value
    def get(self) -> T:
        return self.value

def first(a: T, b: U) -> tuple[U, T]:
    return b, a

def largest(items: Slice[T]) -> T:
    best = items[0]
    for item in items:
        if item > best:
            best = item
    return best

def generic(n: i64) -> i64:
    b = Box[i64](n, 0)
    b.set(b.get() + 1)
    u = Box[u8](3, 0)
    c = Cell(n)
    d = Cell(True)
    x, y = first(n, True)
    q = Buf[i64]()
    for i in range(6):
        q.push(i64(i) * n)
    a = Array[i64, 3](n, 5, 2)
    return b.value * 1000 + int(b.count) + int(u.get()) + c.get() + int(d.get()) + int(x) + y + q.items[3] + largest(a[:])

def nested_tuple(n: i64) -> i64:
    t = (n, (n + 1, True), 7)
    a, (b, c), d = t
    return a * 100 + b * 10 + int(c) + d + t[1][0]

def opt_tuple(n: i64) -> tuple[i64, bool] | None:
    if n == 2:
        return None
    return n, n > 3

def use_opt(n: i64) -> i64:
    t = opt_tuple(n)
    if t is None:
        return -1
    a, b = t
    return a * 2 + int(b)

def opt_int(n: i64) -> i64 | None:
    return None if n < 3 else n

def opt_chain(n: i64) -> i64:
    a = opt_int(n)
    b = opt_int(n + 1)
    if a is not None and b is not None:
        return a + b
    if a is None and b is not None:
        return b * 100
    return 0 if a is None else 1

def never(n: i64) -> NoReturn:
    raise ValueError

def uses_never(n: i64) -> i64:
    if n > 3:
        never(n)
    x = n if n < 3 else stop(n)
    return x

def stop(n: i64) -> i64:
    return n * 7

def forever(n: i64) -> i64:
    while True:
        n += 1
        if n > 20:
            return n

def text_match(n: i64) -> i64:
    s = "one" if n == 1 else "two" if n == 2 else "many"
    match s:
        case "one":
            return 1
        case "two" | "three":
            return 2
        case other:
            return int(len(other))

def struct_match(n: i64) -> i64:
    p = P(n, 2)
    match p:
        case P(x=0):
            return 10
        case P(x=1, y=y):
            return y
        case P(x=x, y=2) if x > 3:
            return x * 100
    return 5

@over(u8)
class M(IntFlag):
    A = 1
    B = 2
    C = 4

def flags(n: i64) -> i64:
    m = M(n & 7)
    r = 0
    if M.A in m:
        r += 1
    if m & (M.B | M.C):
        r += 10
    m = m & ~M.B
    m |= M.C
    m ^= M.A
    return r * 100 + int(m)

@struct
class S:
    a: Bits[u16, 4]
    b: Bits[u16, 9]
    d: Bits[u32, 5]

def bits(n: i64) -> i64:
    s = S(u16(n), 300, 7)
    s.b += 1
    s.d = u32(n * 2)
    return int(s.a) * 10000 + int(s.b) * 100 + int(s.d)

def ptr_walk(n: i64) -> i64:
    points = Array[P, 6]()
    for i, point in enumerate(points):
        point.x = i64(i) + 1
    p = address_of(points[0])
    end = p + n
    total = 0
    while p != end:
        total += p.x
        p = p + 1
    return total * 10 + int(end - address_of(points[0]))


def side(n: i64) -> i64:
    global log
    log = log * 10 + n
    return n

log: i64 = 0

def order(n: i64) -> i64:
    global log
    log = 0
    a = Array[i64, 5]()
    a[side(1)] = side(2) + side(3) * side(4)
    a[side(0)] += side(2)
    x = side(5) < side(6) < side(4) < side(9)
    y = side(0) or side(7)
    k = kw(c=side(1), a=side(2), b=side(3))
    return log * 10 + int(x) + y + k

def kw(a: i64, b: i64, c: i64 = 5) -> i64:
    return a * 100 + b * 10 + c

def aug(n: i64) -> i64:
    x = n
    x += 3
    x *= 2
    x -= 1
    x //= 3
    x %= 5
    x <<= 2
    x >>= 1
    x |= 8
    x ^= 3
    x &= 31
    return x

def shadow(n: i64) -> i64:
    i = 9
    total = 0
    for i in range(3):
        for i in range(2):
            total = total * 10 + i
        total = total * 10 + i
    return total * 10 + i

class Acc:
    total: i64
    limit: i64
    def __init__(self) -> None:
        self.total = 0
        self.limit = 5
    @property
    def room(self) -> i64:
        return self.limit - self.total
    @room.setter
    def room(self, value: i64) -> None:
        self.total = self.limit - value
    @staticmethod
    def make(n: i64) -> Acc:
        a = Acc()
        a.total = n
        return a
    @classmethod
    def two(cls, n: i64) -> Acc:
        return Acc.make(n * 2)
    def __add__(self, other: Acc) -> Acc:
        return Acc.make(self.total + other.total)
    def __eq__(self, other: Acc) -> bool:
        return self.total == other.total
    def __len__(self) -> int:
        return 3
    def __getitem__(self, i: i64) -> i64:
        return self.total + i
    def __bool__(self) -> bool:
        return self.total > 2
    def __contains__(self, n: i64) -> bool:
        return n == self.total

def accs(n: i64) -> i64:
    a = Acc.make(n)
    a.room = a.room + 1
    b = Acc.two(n)
    c = a + b
    r = c.total * 1000 + int(a == b) * 100 + int(len(a)) + c[2] + (1 if a else 0) + int(n in a)
    return r

class It:
    at: i64
    def __init__(self) -> None:
        self.at = 0
    def __iter__(self) -> It:
        return self
    def __next__(self) -> i64:
        if self.at == 4:
            raise StopIteration
        self.at += 1
        return self.at

def iterated(n: i64) -> i64:
    t = 0
    for x in It():
        if x == n:
            break
        t = t * 10 + x
    else:
        t += 1000
    return t

def floats_free(n: i64) -> bool:
    return 1 <= n <= 3 and not (n == 2) or n > 4
"""

IS_CHECKED = """
from __future__ import annotations
from lang import is_checked

def f() -> bool:
    return is_checked()
"""

FUNCTIONS = [
    "generic",
    "nested_tuple",
    "use_opt",
    "opt_chain",
    "uses_never",
    "forever",
    "text_match",
    "struct_match",
    "flags",
    "bits",
    "ptr_walk",
    "order",
    "aug",
    "shadow",
    "accs",
    "iterated",
    "floats_free",
]


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_does_what_cpython_does(name: str, build: str) -> None:
    both = Both(SOURCE, "language", build)
    both.agree_on(name, range(6))
    assert both.compiled.live_objects == 0


@pytest.mark.parametrize("build", BUILDS)
def test_a_build_knows_whether_it_is_checked(build: str) -> None:
    subject = native(IS_CHECKED, build=build)
    assert subject.f() == (build == "checked")
