"""Target code for the tests of core/reals: each function by its own."""

from __future__ import annotations

from core.reals import circular, exponential, near, parsing, remainders
from core.reals.double import Double
from lang import Slice, f64, i64, u8


def sin(x: f64) -> f64:
    return circular.sin(x)


def cos(x: f64) -> f64:
    return circular.cos(x)


def tan(x: f64) -> f64:
    return circular.tan(x)


def atan(x: f64) -> f64:
    return circular.atan(x)


def atan2(y: f64, x: f64) -> f64:
    return circular.atan2(y, x)


def asin(x: f64) -> f64:
    return circular.asin(x)


def acos(x: f64) -> f64:
    return circular.acos(x)


def exp(x: f64) -> f64:
    return exponential.exp(x)


def expm1(x: f64) -> f64:
    return exponential.expm1(x)


def log(x: f64) -> f64:
    return exponential.log(x)


def log1p(x: f64) -> f64:
    return exponential.log1p(x)


def log2(x: f64) -> f64:
    return exponential.log2(x)


def log10(x: f64) -> f64:
    return exponential.log10(x)


def power(x: f64, y: f64) -> f64:
    return exponential.power(x, y)


def cbrt(x: f64) -> f64:
    return exponential.cube_root(x)


def remainder(x: f64, y: f64) -> f64:
    return remainders.remainder(x, y)


def quotient(x: f64, y: f64) -> f64:
    first, _ = remainders.divided(x, y)
    return first


def modulo(x: f64, y: f64) -> f64:
    _, second = remainders.divided(x, y)
    return second


def floor(x: f64) -> f64:
    return remainders.floor(x)


def ceil(x: f64) -> f64:
    return remainders.ceiling(x)


def trunc(x: f64) -> f64:
    return remainders.truncated(x)


def nearest(x: f64) -> f64:
    return remainders.nearest(x)


def scaled(x: f64, exponent: i64) -> f64:
    return remainders.scaled(x, exponent)


def parse(text: Slice[u8]) -> f64:
    return parsing.parse(text)


def sinh(x: f64) -> f64:
    return exponential.sinh(x)


def cosh(x: f64) -> f64:
    return exponential.cosh(x)


def tanh(x: f64) -> f64:
    return exponential.tanh(x)


def near_log(x: f64, is_low: bool) -> f64:
    """Return one of the two floats that are nearly log x."""
    found = near.log(x)
    return found.low if is_low else found.high


def near_exp(high: f64, low: f64, is_low: bool) -> f64:
    """Return one of the two floats that are nearly exp (high + low) as a multiple of a power of 2."""
    found = near.exp(Double(high, low))
    return found.value.low if is_low else found.value.high


def exponent_of_exp(high: f64, low: f64) -> i64:
    return near.exp(Double(high, low)).exponent


def is_certain(high: f64, low: f64, doubt: f64) -> bool:
    return near.is_certain(Double(high, low), doubt)
