"""exp, log and their like, and powers, computed as Doubles and rounded once.

    exp x       x = (k + j / 64) log 2 + r; of r the series of exp - 1, and 2**(j / 64) is known
    log x       x = 2**k m; of m the series of 2 artanh((m - c) / (m + c)), and log c is known, c being
                the multiple of 1/64 next to m
    x ** y      exp(y log x), with as many bits more as y log x has before its point

The first terms of a series are Doubles; of the others a float has all the bits that count. exp, log and powers try near.py
first, which is enough where the result is certain.

Source: Muller, Elementary Functions, 3rd edition, chapters 5 and 11; IEEE 754-2019, section 9.2.1 (special cases).
"""

from __future__ import annotations

from typing import Final

from core.reals import near
from core.reals.double import (
    Double,
    add,
    divide,
    multiply,
    negative,
    product_of,
    quotient,
    scale,
    settled,
    sum_of,
    whole,
)
from core.reals.known import (
    FACTORIALS,
    LOG_2,
    LOG_2_LOW,
    LOG_2_LOWEST,
    ODD,
    growth,
    inverse_factorial,
    inverse_odd,
    log_of_steps,
)
from core.reals.remainders import (
    infinity,
    is_finite,
    is_nan,
    magnitude,
    nearest,
    not_a_number,
    scaled,
    split,
    with_sign,
)
from lang import copy, f64, i64, no_raise, square_root, struct, usize

LOG_10: Final[f64] = 2.302585092994046
LOG_10_LOW: Final[f64] = -2.1707562233822494e-16
ROOT_HALF: Final[f64] = 0.7071067811865476
TINY: Final[f64] = 1.0e-20  # where the function is what it is at 0 and its slope
HUGE: Final[f64] = 1.0e20  # a power of any number but 1 with such an exponent is beyond all floats
DOUBLE_TERMS_OF_EXP: Final = 4
FLOAT_TERMS_OF_EXP: Final = 5
DOUBLE_TERMS_OF_LOG: Final = 3
FLOAT_TERMS_OF_LOG: Final = 5


@no_raise
def log_2() -> Double:
    return Double(LOG_2, LOG_2_LOW)


@no_raise
def exp(x: f64) -> f64:
    if is_nan(x):
        return x
    if x > 710.0:
        return infinity()
    if x < -746.0:
        return 0.0
    guess = near.exp(whole(x))
    if near.is_certain(guess.value, near.DOUBT):
        return scaled(guess.value.high + guess.value.low, guess.exponent)
    return exp_of(whole(x))


@no_raise
def exp_of(x: Double) -> f64:
    """Return exp x, where x is from -746 to 710 and what is below a float's precision counts."""
    reduced = reduced_exp(x)
    near_1 = add(whole(1.0), reduced.part)
    return scaled(near_1.high + near_1.low, reduced.exponent)


@struct
class ReducedExp:
    """exp x = (1 + part) * 2 ** exponent."""

    part: Double
    exponent: i64


@no_raise
def reduced_exp(x: Double) -> ReducedExp:
    """Return exp(j / 64 log 2 + r) - 1, and k, where x = (k + j / 64) log 2 + r."""
    steps = nearest(x.high * (64.0 / LOG_2))
    rest = Double(x.high, x.low)
    rest.take(product_of(steps, LOG_2 / 64.0))
    rest.take(product_of(steps, LOG_2_LOW / 64.0))
    rest.take(whole(steps * (LOG_2_LOWEST / 64.0)))
    last = 0.0
    for n in range(FLOAT_TERMS_OF_EXP, 0, -1):
        last = last * rest.high + FACTORIALS[2 * (DOUBLE_TERMS_OF_EXP + usize(n))]
    series = whole(last)
    for n in range(DOUBLE_TERMS_OF_EXP, 0, -1):
        series.set(add(inverse_factorial(usize(n)), multiply(rest, series)))
    part = multiply(rest, series)
    count = i64(steps)
    grown = growth(usize(count & 63))
    part.set(add(grown, add(part, multiply(grown, part))))
    return ReducedExp(copy(part), count >> 6)


@no_raise
def expm1(x: f64) -> f64:
    """Return exp x - 1, exact where x is small, too."""
    if is_nan(x) or magnitude(x) < TINY:
        return x
    if x > 710.0:
        return infinity()
    if x < -50.0:
        return -1.0
    reduced = reduced_exp(whole(x))
    if reduced.exponent == 0:
        return reduced.part.high + reduced.part.low
    if reduced.exponent > 1000:
        return exp(x)
    grown = add(whole(1.0), reduced.part)
    power = scaled(1.0, reduced.exponent)
    result = add(Double(grown.high * power, grown.low * power), whole(-1.0))
    return result.high + result.low


@no_raise
def log_of(x: f64) -> Double:
    """Return log x, where x is finite and more than 0."""
    part, exponent = split(x)
    if part < ROOT_HALF:
        part *= 2.0
        exponent -= 1
    near = log_near_1(part, 0.0)
    k = f64(exponent)
    return add(add(product_of(k, LOG_2), product_of(k, LOG_2_LOW)), near)


@no_raise
def log_near_1(m: f64, above: f64) -> Double:
    """Return log(m + above) where that is from 0.7 to 1.42; m is 1 if `above` is not 0."""
    steps = nearest((m + above) * 64.0)
    centre = steps * (1.0 / 64.0)
    distance, sum = sum_of(m - centre, above), sum_of(m + centre, above)
    if above == 0.0:
        sum.set(sum_of(m, centre))
    ratio = divide(distance, sum)
    square = multiply(ratio, ratio)
    last = 0.0
    for n in range(FLOAT_TERMS_OF_LOG - 1, -1, -1):
        last = last * square.high + ODD[2 * (DOUBLE_TERMS_OF_LOG + usize(n))]
    series = whole(last)
    for n in range(DOUBLE_TERMS_OF_LOG - 1, -1, -1):
        series.set(add(inverse_odd(usize(n)), multiply(square, series)))
    return add(log_of_steps(usize(i64(steps))), scale(multiply(ratio, series), 2.0))


@no_raise
def log(x: f64) -> f64:
    if is_nan(x) or x == infinity():
        return x
    if x <= 0.0:
        return -infinity() if x == 0.0 else not_a_number()
    guess = near.log(x)
    if near.is_certain(guess, magnitude(guess.high) * near.DOUBT):
        return guess.high + guess.low
    result = log_of(x)
    return result.high + result.low


@no_raise
def log1p(x: f64) -> f64:
    """Return log (1 + x), exact where x is small, too."""
    if is_nan(x) or x == infinity() or magnitude(x) < TINY:
        return x
    if x <= -1.0:
        return -infinity() if x == -1.0 else not_a_number()
    if -0.25 < x < 0.375:
        result = log_near_1(1.0, x)
        return result.high + result.low
    sum = sum_of(1.0, x)
    result = add(log_of(sum.high), whole(quotient(sum.low, sum.high)))
    return result.high + result.low


@no_raise
def log2(x: f64) -> f64:
    if is_nan(x) or x == infinity() or x <= 0.0:
        return log(x)
    part, exponent = split(x)
    if part == 0.5:
        return f64(exponent - 1)
    result = divide(log_of(x), log_2())
    return result.high + result.low


@no_raise
def log10(x: f64) -> f64:
    if is_nan(x) or x == infinity() or x <= 0.0:
        return log(x)
    result = divide(log_of(x), Double(LOG_10, LOG_10_LOW))
    return result.high + result.low


@no_raise
def power(x: f64, y: f64) -> f64:
    """Return x ** y as C's pow does."""
    if y == 0.0 or x == 1.0:
        return 1.0
    if is_nan(x) or is_nan(y):
        return not_a_number()
    is_whole = nearest(y) == y
    is_odd = is_whole and magnitude(y) < 9007199254740992.0 and nearest(y * 0.5) != y * 0.5
    if not is_finite(y):
        size = magnitude(x)
        if size == 1.0:
            return 1.0
        return infinity() if (size > 1.0) == (y > 0.0) else 0.0
    if x == 0.0 or not is_finite(x):
        grows = (x == 0.0) == (y < 0.0)
        size = infinity() if grows else 0.0
        return with_sign(size, x) if is_odd else size
    if x < 0.0 and not is_whole:
        return not_a_number()
    result = positive_power(magnitude(x), y)
    return -result if x < 0.0 and is_odd else result


@no_raise
def positive_power(x: f64, y: f64) -> f64:
    """Return x ** y, where both are finite and x is more than 0."""
    if y == 2.0:
        return x * x
    if y == 0.5:
        return square_root(x)
    if x == 1.0:
        return 1.0
    if magnitude(y) > HUGE:
        return infinity() if (x > 1.0) == (y > 0.0) else 0.0
    exponent = scale(near.log(x), y)
    if exponent.high > 710.0:
        return infinity()
    if exponent.high < -746.0:
        return 0.0
    guess = near.exp(exponent)
    if near.is_certain(guess.value, (1.0 + magnitude(exponent.high)) * (2.0 * near.DOUBT)):
        return scaled(guess.value.high + guess.value.low, guess.exponent)
    return exp_of(scale(log_of(x), y))


@no_raise
def cube_root(x: f64) -> f64:
    if x == 0.0 or not is_finite(x):
        return x
    part, exponent = split(magnitude(x))
    left = exponent % 3
    part = scaled(part, left)
    near = positive_power(part, 1.0 / 3.0)
    cube = multiply(product_of(near, near), whole(near))
    rest = add(whole(part), negative(cube))
    result = settled(near, quotient(rest.high, 3.0 * near * near))
    return with_sign(scaled(result.high + result.low, (exponent - left) // 3), x)


# Hyperbolic functions -------------------------------------------------------------------------------


@no_raise
def expm1_of(x: f64) -> Double:
    """Return exp x - 1, for at most 50."""
    reduced = reduced_exp(whole(x))
    if reduced.exponent == 0:
        return copy(reduced.part)
    grown = add(whole(1.0), reduced.part)
    power = scaled(1.0, reduced.exponent)
    return add(Double(grown.high * power, grown.low * power), whole(-1.0))


@no_raise
def half_exp(x: f64) -> f64:
    """Return exp(x) / 2, which may be a float where exp x is none."""
    if x > 711.0:
        return infinity()
    reduced = reduced_exp(whole(x))
    near_1 = add(whole(1.0), reduced.part)
    return scaled(near_1.high + near_1.low, reduced.exponent - 1)


@no_raise
def sinh(x: f64) -> f64:
    size = magnitude(x)
    if is_nan(x) or size < TINY:
        return x
    if size > 40.0:
        return with_sign(half_exp(size), x)
    part = expm1_of(size)
    twice = add(part, divide(part, add(whole(1.0), part)))
    return with_sign(0.5 * (twice.high + twice.low), x)


@no_raise
def cosh(x: f64) -> f64:
    size = magnitude(x)
    if is_nan(x):
        return x
    if size > 40.0:
        return half_exp(size)
    grown = add(whole(1.0), expm1_of(size))
    twice = add(grown, divide(whole(1.0), grown))
    return 0.5 * (twice.high + twice.low)


@no_raise
def tanh(x: f64) -> f64:
    size = magnitude(x)
    if is_nan(x) or size < TINY:
        return x
    if size > 22.0:
        return with_sign(1.0, x)
    part = expm1_of(2.0 * size)
    result = divide(part, add(whole(2.0), part))
    return with_sign(result.high + result.low, x)
