"""Arithmetic of programs that no machine instruction does: of floats, and between text and numbers.

Values, signs of zero, errors and their messages are CPython's, but that no result is complex, and none is longer than 64 bits.

Source: Python Language Reference, sections 6.5 to 6.7; Library Reference, "divmod", "float", "pow" and "round".
"""

from __future__ import annotations

from core.reals import exponential, parsing, remainders
from core.reals.parsing import BadFloat
from core.text import floats
from core.text.buffer import TextBuffer
from core.text.format_spec import FormatSpec, Kind
from lang import Array, bit_cast, i32, leading_zeros, popcount, u8, u64, u128, wrapping_sub


def float_quotient(a: float, b: float) -> float:
    """Return a // b."""
    if b == 0.0:
        raise ZeroDivisionError("float floor division by zero")
    quotient, _ = remainders.divided(a, b)
    return quotient


def float_modulo(a: float, b: float) -> float:
    """Return a % b."""
    if b == 0.0:
        raise ZeroDivisionError("float modulo")
    _, modulo = remainders.divided(a, b)
    return modulo


def float_divmod(a: float, b: float) -> tuple[float, float]:
    if b == 0.0:
        raise ZeroDivisionError("float divmod()")
    return remainders.divided(a, b)


def float_power(a: float, b: float) -> float:
    """Return a ** b."""
    if a == 0.0 and b < 0.0:
        raise ZeroDivisionError("0.0 cannot be raised to a negative power")
    result = exponential.power(a, b)
    if remainders.is_finite(a) and remainders.is_finite(b) and not remainders.is_finite(result):
        if remainders.is_nan(result):
            raise ValueError("a negative number to a power that is not whole is no float")
        raise OverflowError("(34, 'Numerical result out of range')")
    return result


def power_modulo(base: int, exponent: int, modulus: int) -> int:
    """Return pow(base, exponent, modulus)."""
    if modulus == 0:
        raise ValueError("pow() 3rd argument cannot be 0")
    size = u64(modulus) if modulus > 0 else u64(-(modulus + 1)) + 1
    factor = u64(base % modulus if modulus > 0 else base % -modulus)
    power = exponent
    if exponent < 0:
        factor = inverse(factor, size)
        power = -exponent
    result = u64(1) % size
    while power > 0:
        if power & 1 != 0:
            result = u64(u128(result) * factor % size)
        factor = u64(u128(factor) * factor % size)
        power >>= 1
    return int(result) if modulus > 0 or result == 0 else int(result) + modulus


def inverse(value: u64, modulus: u64) -> u64:
    """Return what makes 1 of a value when both are multiplied."""
    a, b = int(value), int(modulus)
    x, next_x = 1, 0
    while b != 0:
        quotient = a // b
        a, b = b, a - quotient * b
        x, next_x = next_x, x - quotient * next_x
    if a != 1:
        raise ValueError("base is not invertible for the given modulus")
    return u64(x % int(modulus))


def float_to_int(x: float) -> int:
    """Return the whole part as an int."""
    if remainders.is_nan(x):
        raise ValueError("cannot convert float NaN to integer")
    if not remainders.is_finite(x):
        raise OverflowError("cannot convert float infinity to integer")
    if not -9223372036854775808.0 <= x < 9223372036854775808.0:
        raise OverflowError("the result does not fit 64 bits")
    return int(x)


def round_to_int(x: float) -> int:
    """Return round(x)."""
    return float_to_int(remainders.nearest(x))


def round_float(x: float, digits: int) -> float:
    """Return round(x, digits): the float nearest to the decimal number nearest to x."""
    if not remainders.is_finite(x) or x == 0.0 or digits > 330:
        return x
    if digits < -310:
        return remainders.with_sign(0.0, x)
    if digits < 0:
        unit = exponential.power(10.0, float(-digits))
        return remainders.nearest(x / unit) * unit
    storage = Array[u8, 1024]()
    out = TextBuffer(storage[:])
    spec = FormatSpec()
    spec.kind = Kind.FIXED
    spec.precision = i32(digits)
    floats.format_float(out, bit_cast(u64, x), spec)
    try:
        return parsing.parse(out.text())
    except BadFloat:
        assert False, "what was written as a number is one"


def round_int(x: int, digits: int) -> int:
    """Return round(x, digits): to the nearest multiple of a power of ten, half to even."""
    if digits >= 0:
        return x
    if digits < -18:
        return 0
    unit = 10**-digits
    down = x // unit * unit
    rest = x - down
    half = unit // 2
    if rest > half or (rest == half and down // unit % 2 != 0):
        return down + unit
    return down


def to_float(text: str) -> float:
    """Return float(text)."""
    try:
        return parsing.parse(text.encode())
    except BadFloat:
        raise ValueError(f"could not convert string to float: {text!r}") from None


def bit_length(x: int) -> int:
    """Return x.bit_length(): how many bits the magnitude of x needs."""
    return 64 - int(leading_zeros(_magnitude(x)))


def bit_count(x: int) -> int:
    """Return x.bit_count(): how many ones the magnitude of x has in binary."""
    return int(popcount(_magnitude(x)))


def _magnitude(x: int) -> u64:
    bits = bit_cast(u64, x)
    return wrapping_sub(u64(0), bits) if x < 0 else bits


def is_integer(x: float) -> bool:
    """Return x.is_integer()."""
    return remainders.is_finite(x) and remainders.divided(x, 1.0)[1] == 0.0
