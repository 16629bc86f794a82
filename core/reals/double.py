"""Numbers of twice a float's precision: the sum of two floats of which the second is at most half a unit of the first's
last place.

Source: Dekker, "A Floating-Point Technique for Extending the Available Precision", 1971; Knuth, The Art of Computer
Programming, volume 2, section 4.2.2, theorem B.
"""

from __future__ import annotations

from typing import Final

from lang import bit_cast, f64, i64, inline, no_raise, square_root, struct, u64

SPLITTER: Final[f64] = 134217729.0  # 2 ** 27 + 1


@struct
class Double:
    high: f64
    low: f64

    @inline
    @no_raise
    def set(self, value: Double) -> None:
        self.high, self.low = value.high, value.low

    @inline
    @no_raise
    def take(self, value: Double) -> None:
        """Take another number away."""
        self.set(add(self, negative(value)))


@inline
@no_raise
def whole(x: f64) -> Double:
    return Double(x, 0.0)


@inline
@no_raise
def sum_of(a: f64, b: f64) -> Double:
    """Return a + b, exactly."""
    high = a + b
    part = high - a
    return Double(high, (a - (high - part)) + (b - part))


@inline
@no_raise
def settled(a: f64, b: f64) -> Double:
    """Return a + b, exactly, where a is not the smaller."""
    high = a + b
    return Double(high, b - (high - a))


@inline
@no_raise
def product_of(a: f64, b: f64) -> Double:
    """Return a * b, exactly, unless it is very large or very small."""
    high = a * b
    a_scaled, b_scaled = SPLITTER * a, SPLITTER * b
    a_high = a_scaled - (a_scaled - a)
    b_high = b_scaled - (b_scaled - b)
    a_low, b_low = a - a_high, b - b_high
    return Double(
        high, ((a_high * b_high - high) + a_high * b_low + a_low * b_high) + a_low * b_low
    )


@inline
@no_raise
def add(a: Double, b: Double) -> Double:
    high = sum_of(a.high, b.high)
    low = sum_of(a.low, b.low)
    once = settled(high.high, high.low + low.high)
    return settled(once.high, once.low + low.low)


@inline
@no_raise
def negative(a: Double) -> Double:
    return Double(-a.high, -a.low)


@inline
@no_raise
def multiply(a: Double, b: Double) -> Double:
    product = product_of(a.high, b.high)
    return settled(product.high, product.low + (a.high * b.low + a.low * b.high))


@inline
@no_raise
def scale(a: Double, factor: f64) -> Double:
    product = product_of(a.high, factor)
    return settled(product.high, product.low + a.low * factor)


@no_raise
def divide(a: Double, b: Double) -> Double:
    """b: not 0."""
    first = quotient(a.high, b.high)
    rest = add(a, negative(scale(b, first)))
    second = quotient(rest.high, b.high)
    rest.take(scale(b, second))
    third = quotient(rest.high, b.high)
    sum = settled(first, second)
    return add(sum, whole(third))


@no_raise
def root(a: Double) -> Double:
    """Return the square root of what is more than 0."""
    near = square_root(a.high)
    rest = add(a, negative(product_of(near, near)))
    return settled(near, quotient(rest.high, near + near))


@inline
@no_raise
def is_nan(x: f64) -> bool:
    return not x == x  # noqa: PLR0124, SIM201 - what no number is equal to, itself included


@inline
@no_raise
def quotient(a: f64, b: f64) -> f64:
    """Return a / b, which is an infinity or no number where b is 0."""
    if b == 0.0:
        if a == 0.0 or is_nan(a):
            return bit_cast(f64, u64(0x7FF8 << 48))
        is_negative = (bit_cast(u64, a) ^ bit_cast(u64, b)) >> 63 != 0
        infinity = bit_cast(f64, u64(0x7FF0 << 48))
        return -infinity if is_negative else infinity
    return a / b


@no_raise
def power_of_two(exponent: i64) -> f64:
    """Return 2 ** exponent, for -1022 to 1023."""
    return bit_cast(f64, u64(exponent + 1023) << 52)
