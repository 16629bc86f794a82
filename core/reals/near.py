"""exp and log to some 67 bits: enough to round a result by in all but few cases, and much faster than as Doubles.

A result is certain if it rounds to the same float with the most that can be wrong added and taken away. Who gets one that
is not computes it as exponential.py does.

Only the first term of a series, and what it is added to or multiplied with, is a Double here; the other terms together
are so small that a float of them has all the bits that count.

Source: Ziv, "Fast Evaluation of Elementary Mathematical Functions with Correctly Rounded Last Bit", ACM TOMS 17, 1991.
"""

from __future__ import annotations

from typing import Final

from core.reals.double import Double, add, product_of, settled, sum_of
from core.reals.known import FACTORIALS, LOG_2, LOG_2_LOW, ODD, growth, log_of_steps
from core.reals.remainders import nearest, split
from lang import f64, i64, no_raise, struct, usize

ROOT_HALF: Final[f64] = 0.7071067811865476
DOUBT: Final[f64] = 2.710505431213761e-20  # 2**-65: more than is wrong, as a part of the result


@struct
class NearExp:
    """exp x = value * 2 ** exponent; value is from 0.99 to 2."""

    value: Double
    exponent: i64


@no_raise
def is_certain(value: Double, doubt: f64) -> bool:
    """Return whether a value rounds to the same float with so much added or taken away."""
    return value.high + (value.low + doubt) == value.high + (value.low - doubt)


@no_raise
def log(x: f64) -> Double:
    """Return log x, where x is finite and more than 0."""
    part, exponent = split(x)
    if part < ROOT_HALF:
        part *= 2.0
        exponent -= 1
    steps = nearest(part * 64.0)
    centre = steps * (1.0 / 64.0)
    distance, sum = part - centre, sum_of(part, centre)

    ratio = distance / sum.high
    product = product_of(ratio, sum.high)
    missing = ((distance - product.high) - product.low - ratio * sum.low) / sum.high
    square = ratio * ratio
    series = ODD[2] + square * (ODD[4] + square * (ODD[6] + square * (ODD[8] + square * ODD[10])))
    small = 2.0 * (missing + ratio * square * series)

    k = f64(exponent)
    whole = add(product_of(k, LOG_2), log_of_steps(usize(i64(steps))))
    result = sum_of(whole.high, 2.0 * ratio)
    return settled(result.high, result.low + (whole.low + k * LOG_2_LOW + small))


@no_raise
def exp(x: Double) -> NearExp:
    """Return exp x, where x is from -746 to 710."""
    steps = nearest(x.high * (64.0 / LOG_2))
    taken = product_of(steps, LOG_2 / 64.0)
    left = sum_of(x.high, -taken.high)
    rest = sum_of(left.high, left.low + (x.low - taken.low - steps * (LOG_2_LOW / 64.0)))
    r = rest.high

    series = FACTORIALS[10] + r * (FACTORIALS[12] + r * FACTORIALS[14])
    series = FACTORIALS[4] + r * (FACTORIALS[6] + r * (FACTORIALS[8] + r * series))
    part = settled(r, rest.low + (r * r * series + r * rest.low))
    count = i64(steps)
    grown = growth(usize(count & 63))
    unit = sum_of(1.0, grown.high)
    base = settled(unit.high, unit.low + grown.low)
    product = product_of(base.high, part.high)
    result = sum_of(base.high, product.high)
    small = base.low + base.high * part.low + base.low * part.high
    return NearExp(settled(result.high, result.low + (product.low + small)), count >> 6)
