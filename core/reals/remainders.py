"""Whole parts, remainders, and what a float is made of: sign, exponent and significand.

Source: IEEE 754-2019, sections 3.4, 5.3 and 9.2; CPython, Objects/floatobject.c (float_divmod, float___round__).
"""

from __future__ import annotations

from typing import Final

from core.reals.double import is_nan
from lang import bit_cast, f64, i64, inline, leading_zeros, no_raise, u64

SIGN: Final[u64] = 1 << 63
FRACTION: Final[u64] = (1 << 52) - 1
HIDDEN: Final[u64] = 1 << 52
ALL_WHOLE: Final[f64] = 4503599627370496.0  # 2 ** 52: from here on every float is whole
INFINITY_BITS: Final[u64] = 0x7FF << 52
NAN_BITS: Final[u64] = 0x7FF8 << 48


@inline
@no_raise
def infinity() -> f64:
    return bit_cast(f64, INFINITY_BITS)


@inline
@no_raise
def not_a_number() -> f64:
    return bit_cast(f64, NAN_BITS)


@inline
@no_raise
def is_finite(x: f64) -> bool:
    return bit_cast(u64, x) & INFINITY_BITS != INFINITY_BITS


@inline
@no_raise
def is_negative(x: f64) -> bool:
    """Whether the sign is set, that of 0 and of no number, too."""
    return bit_cast(u64, x) & SIGN != 0


@inline
@no_raise
def magnitude(x: f64) -> f64:
    return bit_cast(f64, bit_cast(u64, x) & ~SIGN)


@inline
@no_raise
def with_sign(x: f64, sign: f64) -> f64:
    """Return x with the sign of another number."""
    return bit_cast(f64, bit_cast(u64, x) & ~SIGN | bit_cast(u64, sign) & SIGN)


@no_raise
def truncated(x: f64) -> f64:
    """Return the whole part."""
    bits = bit_cast(u64, x)
    exponent = bits >> 52 & 0x7FF
    if exponent < 1023:
        return with_sign(0.0, x)
    if exponent >= 1023 + 52:
        return x
    return bit_cast(f64, bits & ~(FRACTION >> (exponent - 1023)))


@no_raise
def floor(x: f64) -> f64:
    """Return the largest whole number that is not above x."""
    part = truncated(x)
    return part - 1.0 if part > x else part


@no_raise
def ceiling(x: f64) -> f64:
    """Return the least whole number that is not below x."""
    part = truncated(x)
    if part < x:
        return with_sign(part + 1.0, x) if part + 1.0 == 0.0 else part + 1.0
    return part


@no_raise
def nearest(x: f64) -> f64:
    """Return the nearest whole number; of two that are as near, the even one."""
    size = magnitude(x)
    if not size < ALL_WHOLE:
        return x
    return with_sign((size + ALL_WHOLE) - ALL_WHOLE, x)


@no_raise
def split(x: f64) -> tuple[f64, i64]:
    """Return a significand, from 0.5 up to 1, and the exponent of 2 that makes x of it; x and 0 if there is none."""
    if x == 0.0 or not is_finite(x):
        return x, 0
    bits = bit_cast(u64, x)
    exponent = i64(bits >> 52 & 0x7FF)
    if exponent == 0:
        shift = leading_zeros(bits & FRACTION) - 11
        bits = bits & SIGN | (bits & FRACTION) << shift & FRACTION
        exponent = 1 - i64(shift)
    return bit_cast(f64, bits & (SIGN | FRACTION) | u64(1022 << 52)), exponent - 1022


@no_raise
def scaled(x: f64, exponent: i64) -> f64:
    """Return x * 2 ** exponent, rounded once."""
    part, own = split(x)
    if x == 0.0 or not is_finite(x):
        return x
    if exponent > 5000:
        return with_sign(infinity(), x)
    if exponent < -5000:
        return with_sign(0.0, x)
    wanted = own + exponent
    if wanted > 1024:
        return with_sign(infinity(), x)
    if wanted >= -1021:
        return part * 2.0 * bit_cast(f64, u64(wanted - 1 + 1023) << 52)
    if wanted < -1075:
        return with_sign(0.0, x)
    small = part * bit_cast(f64, u64(wanted + 1023 + 200) << 52)
    return small * bit_cast(f64, u64(1023 - 200) << 52)


@no_raise
def remainder(x: f64, y: f64) -> f64:
    """Return what is left of x when y is taken away as often as it fits, with the sign of x; exact. C's fmod."""
    if is_nan(x) or is_nan(y) or not is_finite(x) or y == 0.0:
        return not_a_number()
    size, step = magnitude(x), magnitude(y)
    if size < step:
        return x
    x_part, x_exponent = split(size)
    y_part, y_exponent = split(step)
    left = significand(x_part)
    taken = significand(y_part)
    for _ in range(x_exponent - y_exponent):
        if left >= taken:
            left -= taken
        left <<= 1
    if left >= taken:
        left -= taken
    return with_sign(scaled(f64(left), y_exponent - 53), x)


@inline
@no_raise
def significand(part: f64) -> u64:
    """Return the 53 bits of what `split` gives."""
    return bit_cast(u64, part) & FRACTION | HIDDEN


@no_raise
def divided(x: f64, y: f64) -> tuple[f64, f64]:
    """Return the whole quotient, rounded down, and what is left, with the sign of y, as Python has them. y: not 0."""
    left = remainder(x, y)
    quotient = (x - left) / y if y != 0.0 else not_a_number()
    if left != 0.0:
        if (y < 0.0) != (left < 0.0):
            left += y
            quotient -= 1.0
    else:
        left = with_sign(0.0, y)
    if quotient == 0.0:
        return with_sign(0.0, x / y if y != 0.0 else x), left
    down = floor(quotient)
    if quotient - down > 0.5:
        down += 1.0
    return down, left
