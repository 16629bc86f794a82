"""Python's module math, for programs.

What the functions return and raise is CPython's; results that are no exact numbers are rounded from some 100 bits, so that
they are nearly always those of the best C libraries. Integers have 64 bits.

Source: Python Library Reference, module math.
"""

from __future__ import annotations

from typing import Final

from core.reals import circular, exponential, remainders
from core.reals.double import sum_of
from lang import square_root

pi: Final = 3.141592653589793
e: Final = 2.718281828459045
tau: Final = 6.283185307179586
inf: Final = 1e999
nan: Final = 1e999 - 1e999


def _of_domain(result: float) -> float:
    """Return a result, unless it is no number: then the arguments were outside of the domain."""
    if result != result:  # noqa: PLR0124 - what no number is equal to
        raise ValueError("math domain error")
    return result


def _in_range(result: float) -> float:
    """Return a result of finite arguments, unless it is beyond all floats."""
    if not remainders.is_finite(result):
        raise OverflowError("math range error")
    return result


# Whole numbers ------------------------------------------------------------------------------------


def floor(x: float) -> int:
    return int(remainders.floor(x))


def ceil(x: float) -> int:
    return int(remainders.ceiling(x))


def trunc(x: float) -> int:
    return int(x)


def gcd(a: int, b: int) -> int:
    first, second = abs(a), abs(b)
    while second != 0:
        first, second = second, first % second
    return first


def lcm(a: int, b: int) -> int:
    if a == 0 or b == 0:
        return 0
    return abs(a // gcd(a, b) * b)


def factorial(n: int) -> int:
    if n < 0:
        raise ValueError("factorial() not defined for negative values")
    result = 1
    for factor in range(2, n + 1):
        result *= factor
    return result


def _check_amounts(n: int, k: int) -> None:
    if n < 0:
        raise ValueError("n must be a non-negative integer")
    if k < 0:
        raise ValueError("k must be a non-negative integer")


def comb(n: int, k: int) -> int:
    _check_amounts(n, k)
    if k > n:
        return 0
    result = 1
    for index in range(min(k, n - k)):
        common = gcd(result, index + 1)
        result = result // common * ((n - index) // ((index + 1) // common))
    return result


def perm(n: int, k: int) -> int:
    _check_amounts(n, k)
    if k > n:
        return 0
    result = 1
    for factor in range(n - k + 1, n + 1):
        result *= factor
    return result


def isqrt(n: int) -> int:
    if n < 0:
        raise ValueError("isqrt() argument must be nonnegative")
    root = int(square_root(float(n)))
    while root * root > n:
        root -= 1
    while root < 3037000499 and (root + 1) * (root + 1) <= n:
        root += 1
    return root


# What a float is made of ---------------------------------------------------------------------------


def fabs(x: float) -> float:
    return remainders.magnitude(x)


def copysign(x: float, y: float) -> float:
    return remainders.with_sign(x, y)


def isnan(x: float) -> bool:
    return not remainders.is_finite(x) and x != inf and x != -inf


def isinf(x: float) -> bool:
    return x == inf or x == -inf


def isfinite(x: float) -> bool:
    return remainders.is_finite(x)


def isclose(a: float, b: float, rel_tol: float = 1e-09, abs_tol: float = 0.0) -> bool:
    if rel_tol < 0.0 or abs_tol < 0.0:
        raise ValueError("tolerances must be non-negative")
    if a == b:
        return True
    if isinf(a) or isinf(b):
        return False
    distance = fabs(b - a)
    return distance <= fabs(rel_tol * b) or distance <= fabs(rel_tol * a) or distance <= abs_tol


def modf(x: float) -> tuple[float, float]:
    part = remainders.truncated(x)
    if isinf(x):
        return remainders.with_sign(0.0, x), x
    return remainders.with_sign(x - part, x), part


def frexp(x: float) -> tuple[float, int]:
    part, exponent = remainders.split(x)
    return part, int(exponent)


def ldexp(x: float, i: int) -> float:
    result = remainders.scaled(x, i)
    return _in_range(result) if remainders.is_finite(x) else result


def fmod(x: float, y: float) -> float:
    if isnan(x) or isnan(y):
        return nan
    return _of_domain(remainders.remainder(x, y))


# Powers and logarithms -----------------------------------------------------------------------------


def sqrt(x: float) -> float:
    if x < 0.0:
        raise ValueError("math domain error")
    return square_root(x)


def cbrt(x: float) -> float:
    return exponential.cube_root(x)


def exp(x: float) -> float:
    result = exponential.exp(x)
    return _in_range(result) if remainders.is_finite(x) else result


def exp2(x: float) -> float:
    return pow(2.0, x)


def expm1(x: float) -> float:
    result = exponential.expm1(x)
    return _in_range(result) if remainders.is_finite(x) else result


def pow(x: float, y: float) -> float:
    result = exponential.power(x, y)
    if not remainders.is_finite(result) and remainders.is_finite(x) and remainders.is_finite(y):
        if result == result and x != 0.0:  # noqa: PLR0124
            raise OverflowError("math range error")
        raise ValueError("math domain error")
    return result


def log(x: float, base: float = 0.0) -> float:
    result = _logarithm(exponential.log(x), x)
    if base == 0.0:
        return result
    return result / _logarithm(exponential.log(base), base)


def log2(x: float) -> float:
    return _logarithm(exponential.log2(x), x)


def log10(x: float) -> float:
    return _logarithm(exponential.log10(x), x)


def log1p(x: float) -> float:
    return _logarithm(exponential.log1p(x), x + 1.0)


def _logarithm(result: float, x: float) -> float:
    if x <= 0.0:
        raise ValueError("math domain error")
    return result


# Angles ---------------------------------------------------------------------------------------------


def sin(x: float) -> float:
    return circular.sin(x) if isnan(x) else _of_domain(circular.sin(x))


def cos(x: float) -> float:
    return circular.cos(x) if isnan(x) else _of_domain(circular.cos(x))


def tan(x: float) -> float:
    return circular.tan(x) if isnan(x) else _of_domain(circular.tan(x))


def asin(x: float) -> float:
    return circular.asin(x) if isnan(x) else _of_domain(circular.asin(x))


def acos(x: float) -> float:
    return circular.acos(x) if isnan(x) else _of_domain(circular.acos(x))


def atan(x: float) -> float:
    return circular.atan(x)


def atan2(y: float, x: float) -> float:
    return circular.atan2(y, x)


def degrees(x: float) -> float:
    return x * (180.0 / pi)


def radians(x: float) -> float:
    return x * (pi / 180.0)


def hypot(x: float, y: float) -> float:
    """Return the distance of a point from 0."""
    if isinf(x) or isinf(y):
        return inf
    largest = max(fabs(x), fabs(y))
    if largest == 0.0 or isnan(largest):
        return largest
    _, exponent = remainders.split(largest)
    a, b = remainders.scaled(x, -exponent), remainders.scaled(y, -exponent)
    return remainders.scaled(circular.length(a, b), exponent)


def dist(p: list[float], q: list[float]) -> float:
    """Return the distance of two points."""
    if len(p) != len(q):
        raise ValueError("both points must have the same number of dimensions")
    total = 0.0
    for a, b in zip(p, q):
        total += (a - b) * (a - b)
    return square_root(total)


# Sums ---------------------------------------------------------------------------------------------


def fsum(values: list[float]) -> float:
    """Return the sum, rounded once. Source: Shewchuk, "Adaptive Precision Floating-Point Arithmetic", 1997."""
    parts: list[float] = []
    for value in values:
        x = value
        kept = 0
        for index in range(len(parts)):
            both = sum_of(x, parts[index])
            x = both.high
            if both.low != 0.0:
                parts[kept] = both.low
                kept += 1
        del parts[kept:]
        parts.append(x)
    return _rounded_sum(parts)


def _rounded_sum(parts: list[float]) -> float:
    """Return the sum of numbers that do not overlap, the least first."""
    if not parts:
        return 0.0
    index = len(parts) - 1
    high = parts[index]
    low = 0.0
    while index > 0:
        index -= 1
        both = sum_of(high, parts[index])
        high, low = both.high, both.low
        if low != 0.0:
            break
    if index > 0 and (
        (low < 0.0 and parts[index - 1] < 0.0) or (low > 0.0 and parts[index - 1] > 0.0)
    ):
        double = low * 2.0
        moved = high + double
        if double == moved - high:
            high = moved
    return high


def prod(values: list[int]) -> int:
    result = 1
    for value in values:
        result *= value
    return result


# Functions by exp ---------------------------------------------------------------------------------


def sinh(x: float) -> float:
    result = exponential.sinh(x)
    return _in_range(result) if remainders.is_finite(x) else result


def cosh(x: float) -> float:
    result = exponential.cosh(x)
    return _in_range(result) if remainders.is_finite(x) else result


def tanh(x: float) -> float:
    return exponential.tanh(x)


def asinh(x: float) -> float:
    size = fabs(x)
    if isinf(x) or isnan(x):
        return x
    if size > 1e9:
        return remainders.with_sign(log(size) + 0.6931471805599453, x)
    return remainders.with_sign(
        log1p(size + size * size / (1.0 + square_root(size * size + 1.0))), x
    )


def acosh(x: float) -> float:
    if x < 1.0:
        raise ValueError("math domain error")
    if x > 1e9:
        return log(x) + 0.6931471805599453
    above = x - 1.0
    return log1p(above + square_root(2.0 * above + above * above))


def atanh(x: float) -> float:
    if fabs(x) >= 1.0:
        raise ValueError("math domain error")
    return remainders.with_sign(0.5 * log1p(2.0 * fabs(x) / (1.0 - fabs(x))), x)
