"""`/` of two integers, as Python defines it: the float nearest to the exact quotient.

Source: Python Language Reference, section 6.7; CPython, Objects/longobject.c, long_true_divide.
"""

from __future__ import annotations

from typing import Final

from lang import bit_cast, f64, leading_zeros, truncate, u64, u128, wrapping_neg

EXACT: Final = 1 << 53  # every integer up to this is a float
QUOTIENT_BITS: Final = 55  # a float's 53, one that rounds, one that says whether anything follows


def true_quotient(a: int, b: int) -> float:
    """Return a / b, rounded once, half to even.

    Raises:
        ZeroDivisionError: b is 0.
    """
    if b == 0:
        raise ZeroDivisionError("division by zero")
    if -EXACT <= a <= EXACT and -EXACT <= b <= EXACT:
        return float(a) / float(b)
    quotient = quotient_of(magnitude(a), magnitude(b))
    return -quotient if (a < 0) != (b < 0) else quotient


def quotient_of(a: u64, b: u64) -> float:
    """Return a / b where b is not 0 and one of them may be no float.

    The integer q = a * 2 ** shift // b has 55 bits or more, so making it a float rounds as the
    exact quotient would, once its lowest bit says whether there is a remainder. Scaling is exact.
    """
    shift: u64 = QUOTIENT_BITS + leading_zeros(a | 1)
    shift -= min(shift, leading_zeros(b))
    scaled = u128(a) << shift
    q = truncate(u64, scaled // b)
    if scaled % b != 0:
        q |= 1
    return float(q) * bit_cast(f64, (1023 - shift) << 52)


def magnitude(a: int) -> u64:
    bits = bit_cast(u64, a)
    return wrapping_neg(bits) if a < 0 else bits
