"""Modules of the library: math, bisect, heapq, string."""

from __future__ import annotations

import math
from math import sqrt, sin
import bisect
import heapq
import string

print(
    math.sqrt(2.0),
    math.pi,
    math.floor(2.5),
    math.floor(-2.5),
    math.ceil(2.1),
    math.gcd(12, 18),
    math.e,
)
print(
    sqrt(2),
    sin(1.0),
    math.cos(1),
    math.tan(0.5),
    math.atan2(1, 2),
    math.degrees(1.0),
    math.radians(180),
)
print(math.log(10), math.log(8, 2), math.log2(8), math.log10(1000), math.exp(1), math.pow(2, 0.5))
print(
    math.inf,
    math.nan,
    math.isnan(math.nan),
    math.isinf(-math.inf),
    math.factorial(10),
    math.comb(10, 3),
    math.perm(5, 2),
)
print(
    math.hypot(3.0, 4.0),
    math.fsum([0.1] * 10),
    math.isqrt(99),
    math.isclose(1.0, 1.0 + 1e-10),
    math.trunc(-3.7),
)
print(
    math.sinh(1.0),
    math.cosh(1.0),
    math.tanh(0.5),
    math.fmod(-7.5, 2),
    math.modf(3.25),
    math.frexp(10.0),
    math.copysign(3, -1),
)
for x in (-1.0, 0.0):
    try:
        print(math.log(x))
    except ValueError as e:
        print("ValueError", e)
try:
    print(math.sqrt(-1))
except ValueError as e:
    print(e)
try:
    print(math.exp(1000))
except OverflowError as e:
    print(e)
a = [1, 3, 5, 7]
bisect.insort(a, 4)
print(a, bisect.bisect_left(a, 5), bisect.bisect(a, 5))
h: list[int] = []
for n in [5, 2, 8, 1, 9]:
    heapq.heappush(h, n)
print(h, heapq.heappop(h), h, heapq.nlargest(2, h))
q: list[tuple[int, str]] = [(3, "c"), (1, "a")]
heapq.heapify(q)
print(q, heapq.heappop(q))
print(string.ascii_lowercase[:5], string.digits)
