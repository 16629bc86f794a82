"""sin, cos, tan and what undoes them, computed as Doubles and rounded once.

An angle is first brought to at most pi/4 by taking pi/2 away as often as it fits. Up to LARGE that is done with pi/2 in four
floats; beyond, with as many bits of 2/pi as the angle's exponent asks for.

Source: Muller, Elementary Functions, 3rd edition, chapters 4 and 11; Payne, Hanek, "Radian Reduction for Trigonometric
Functions", SIGNUM 18, 1983.
"""

from __future__ import annotations

from typing import Final

from core.reals.double import (
    Double,
    add,
    divide,
    multiply,
    negative,
    product_of,
    quotient,
    root,
    scale,
    sum_of,
    whole,
)
from core.reals.remainders import (
    is_finite,
    is_nan,
    is_negative,
    magnitude,
    nearest,
    not_a_number,
    scaled,
    significand,
    split,
    with_sign,
)
from lang import (
    Array,
    comptime,
    copy,
    f64,
    i64,
    no_raise,
    struct,
    truncate,
    u32,
    u64,
    u128,
    usize,
    wrapping_add,
    wrapping_neg,
)

PI: Final[f64] = 3.141592653589793
PI_LOW: Final[f64] = 1.2246467991473532e-16
HALF_PI: Final[f64] = 1.5707963267948966
HALF_PI_2: Final[f64] = 6.123233995736766e-17
HALF_PI_3: Final[f64] = -1.4973849048591833e-33
HALF_PI_4: Final[f64] = 5.5622711043168264e-50
LARGE: Final[f64] = 1.0e6
WORDS: Final = 40  # of 32 bits, of 2/pi
TINY: Final[f64] = 1.0e-9  # where arc tangent and arc sine are their arguments
HUGE: Final[f64] = 1.0e20
TERMS: Final = 27
TERMS_OF_ARCTAN: Final = 20
# Three from the binary point on, which for an angle just above LARGE is in the ninth.
LIMBS: Final = 11
UNIT: Final[f64] = 5.421010862427522e-20  # 2 ** -64


@comptime
def two_over_pi() -> Array[u32, WORDS]:
    """Return the bits of 2/pi behind the point, the highest first."""
    guard = 64
    bits = 32 * WORDS + guard

    def arctan_of_inverse(n: int) -> int:
        total = term = (1 << bits) // n
        divisor, sign = 3, -1
        while term:
            term //= n * n
            total += sign * (term // divisor)
            divisor, sign = divisor + 2, -sign
        return total

    pi = 4 * (4 * arctan_of_inverse(5) - arctan_of_inverse(239))
    value = ((2 << (2 * bits)) // pi) >> guard
    words = [value >> 32 * (WORDS - 1 - index) & 0xFFFF_FFFF for index in range(WORDS)]
    return Array[u32, WORDS](*words)


TWO_OVER_PI: Final = two_over_pi()


@struct
class Angle:
    """What is left of an angle, pi/4 at most, and how many times pi/2 was taken away, modulo 4."""

    rest: Double
    quarter: u64


@no_raise
def reduced(x: f64) -> Angle:
    """x: finite."""
    if magnitude(x) <= 0.7853981633974483:
        return Angle(whole(x), 0)
    if magnitude(x) > LARGE:
        return reduced_large(x)
    count = nearest(x * (1.0 / HALF_PI))
    rest = add(whole(x), negative(product_of(count, HALF_PI)))
    rest.take(product_of(count, HALF_PI_2))
    rest.take(product_of(count, HALF_PI_3))
    rest.take(whole(count * HALF_PI_4))
    return Angle(copy(rest), truncate(u64, i64(count)) & 3)


@no_raise
def reduced_large(x: f64) -> Angle:
    """The same for what is above LARGE, by the bits of 2/pi, but for those that make multiples of 2 ** 32 of the product."""
    part, exponent = split(magnitude(x))
    bits = significand(part)  # magnitude(x) = bits * 2 ** exponent
    exponent -= 53
    first = usize(max(exponent - 32, i64(0))) // 32
    # Of the product of bits and seven words, 32 bits each, the lowest first.
    limbs = Array[u64, LIMBS]()
    for index in range(usize(7)):
        add_product(limbs, index, bits, TWO_OVER_PI[first + 6 - index])
    point = usize(224 + 32 * i64(first) - exponent)
    return angle_of(
        bits_at(limbs, point), bits_at(limbs, point - 64), bits_at(limbs, point - 128), x
    )


@no_raise
def add_product(limbs: Array[u64, LIMBS], place: usize, bits: u64, word: u32) -> None:
    """Add bits * word, shifted left by 32 * place."""
    rest = u128(bits) * word
    for index in range(place, place + 3):
        rest += limbs[index]
        limbs[index] = truncate(u64, rest) & 0xFFFF_FFFF
        rest >>= 32


@no_raise
def bits_at(limbs: Array[u64, LIMBS], position: usize) -> u64:
    """Return the 64 bits from a position on."""
    index, shift = position // 32, position % 32
    low = limbs[index] | limbs[index + 1] << 32
    return low >> shift | truncate(u64, u128(limbs[index + 2]) << (64 - shift))


@no_raise
def angle_of(quarters: u64, first: u64, second: u64, x: f64) -> Angle:
    """Return what is left and the count of a product of 2/pi: its whole part, and 128 bits behind the point."""
    fraction = u128(first) << 64 | second
    is_above = first >> 63 != 0
    if is_above:
        quarters = wrapping_add(quarters, u64(1))
        fraction = wrapping_neg(fraction)
    upper, lower = truncate(u64, fraction >> 64), truncate(u64, fraction)
    rest = sum_of(f64(upper >> 11 << 11) * UNIT, f64(upper & 0x7FF) * UNIT)
    rest.take(whole(-(f64(lower >> 11 << 11) * UNIT * UNIT)))
    angle = multiply(rest, Double(HALF_PI, HALF_PI_2))
    is_turned = is_negative(x)
    if is_above != is_turned:
        angle.set(negative(angle))
    return Angle(copy(angle), (wrapping_neg(quarters) if is_turned else quarters) & 3)


@no_raise
def sine_near_0(x: Double) -> Double:
    """Return the sine of at most pi/4."""
    square = multiply(x, x)
    sum = whole(1.0)
    for term in range(TERMS - 1, 1, -2):
        step = divide(multiply(square, sum), whole(f64(-term * (term + 1))))
        sum.set(add(whole(1.0), step))
    return multiply(x, sum)


@no_raise
def cosine_near_0(x: Double) -> Double:
    """Return the cosine of at most pi/4."""
    square = multiply(x, x)
    sum = whole(1.0)
    for term in range(TERMS, 0, -2):
        step = divide(multiply(square, sum), whole(f64(-term * (term + 1))))
        sum.set(add(whole(1.0), step))
    return sum


@no_raise
def sin(x: f64) -> f64:
    if x == 0.0 or not is_finite(x):
        return x if x == 0.0 else not_a_number()
    angle = reduced(x)
    return turned(angle.rest, angle.quarter)


@no_raise
def cos(x: f64) -> f64:
    if not is_finite(x):
        return not_a_number()
    angle = reduced(x)
    return turned(angle.rest, angle.quarter + 1 & 3)


@no_raise
def turned(rest: Double, quarter: u64) -> f64:
    """Return the sine of what is left and so many quarters of a turn."""
    value = Double(0.0, 0.0)
    value.set(sine_near_0(rest) if quarter & 1 == 0 else cosine_near_0(rest))
    result = value.high + value.low
    return -result if quarter & 2 != 0 else result


@no_raise
def tan(x: f64) -> f64:
    if x == 0.0 or not is_finite(x):
        return x if x == 0.0 else not_a_number()
    angle = reduced(x)
    sine = sine_near_0(angle.rest)
    cosine = cosine_near_0(angle.rest)
    if angle.quarter & 1 == 0:
        value = divide(sine, cosine)
        return value.high + value.low
    inverse = divide(cosine, sine)
    return -(inverse.high + inverse.low)


@no_raise
def arctan_of(x: Double) -> Double:
    """Return the arc tangent of a number from 0 to 1: it is halved three times, then the series is summed."""
    small = Double(x.high, x.low)
    for _ in range(3):
        small.set(divide(small, add(whole(1.0), root(add(whole(1.0), multiply(small, small))))))
    square = negative(multiply(small, small))
    series = divide(whole(1.0), whole(f64(2 * TERMS_OF_ARCTAN + 1)))
    for term in range(TERMS_OF_ARCTAN - 1, -1, -1):
        series.set(add(divide(whole(1.0), whole(f64(2 * term + 1))), multiply(square, series)))
    return scale(multiply(small, series), 8.0)


@no_raise
def atan(x: f64) -> f64:
    if is_nan(x) or magnitude(x) < TINY:
        return x
    if magnitude(x) > HUGE:
        return with_sign(HALF_PI, x)
    return with_sign(angle_to(whole(magnitude(x)), whole(1.0), False), x)


@no_raise
def angle_to(y: Double, x: Double, is_behind: bool) -> f64:
    """Return the angle of a point whose coordinates are not below 0; is_behind: x is to be taken as negative."""
    angle = Double(0.0, 0.0)
    if y.high > x.high:
        angle.set(arctan_of(divide(x, y)))
        if not is_behind:
            angle.set(negative(angle))
        angle.set(add(half_pi(), angle))
    else:
        angle.set(arctan_of(divide(y, x)))
        if is_behind:
            angle.set(add(Double(PI, PI_LOW), negative(angle)))
    return angle.high + angle.low


@no_raise
def half_pi() -> Double:
    return Double(HALF_PI, HALF_PI_2)


@no_raise
def atan2(y: f64, x: f64) -> f64:
    if is_nan(x) or is_nan(y):
        return not_a_number()
    is_behind = is_negative(x)
    if y == 0.0 or (not is_finite(x) and is_finite(y)):
        return with_sign(PI if is_behind else 0.0, y)
    if x == 0.0:
        return with_sign(HALF_PI, y)
    if not is_finite(y):
        if is_finite(x):
            return with_sign(HALF_PI, y)
        return with_sign(PI * 0.75 if is_behind else PI * 0.25, y)
    return with_sign(angle_of_point(magnitude(y), magnitude(x), is_behind), y)


@no_raise
def angle_of_point(y: f64, x: f64, is_behind: bool) -> f64:
    """The same of coordinates of any size, which are brought near 1 together."""
    y_part, y_exponent = split(y)
    x_part, x_exponent = split(x)
    difference = y_exponent - x_exponent
    if difference > 70:
        return HALF_PI
    if difference < -70:
        return PI if is_behind else scaled(quotient(y_part, x_part), difference)
    return angle_to(whole(scaled(y_part, difference)), whole(x_part), is_behind)


@no_raise
def asin(x: f64) -> f64:
    """x: of magnitude 1 at most, or the result is no number."""
    if magnitude(x) < TINY:
        return x
    if not magnitude(x) <= 1.0:
        return not_a_number()
    if magnitude(x) == 1.0:
        return with_sign(HALF_PI, x)
    return with_sign(angle_to(whole(magnitude(x)), other_side(x), False), x)


@no_raise
def acos(x: f64) -> f64:
    """x: of magnitude 1 at most, or the result is no number."""
    if not magnitude(x) <= 1.0:
        return not_a_number()
    if x == 1.0:
        return 0.0
    if x == -1.0:
        return PI
    return angle_to(other_side(x), whole(magnitude(x)), x < 0.0)


@no_raise
def other_side(x: f64) -> Double:
    """Return the square root of 1 - x * x."""
    return root(multiply(sum_of(1.0, x), sum_of(1.0, -x)))


@no_raise
def length(x: f64, y: f64) -> f64:
    """Return the square root of x * x + y * y, for coordinates near 1 of which one is not 0."""
    square = root(add(product_of(x, x), product_of(y, y)))
    return square.high + square.low
