"""Division of 128-bit integers, for which x86_64 has only a part of the instructions.

LLVM calls these functions by the names of its run-time library wherever a program divides 128-bit
integers, after it has checked the divisor. They raise nothing, so nothing here is checked; and nothing
here divides 128-bit integers.

Source: Warren, "Hacker's Delight", 2nd edition, section 9-5.
"""

from __future__ import annotations

from core.cpu import arithmetic
from lang import (
    bit_cast,
    export,
    i128,
    irq_safe,
    leading_zeros,
    no_raise,
    rotate_left,
    truncate,
    u64,
    u128,
    wrapping_add,
    wrapping_mul,
    wrapping_neg,
    wrapping_shl,
    wrapping_sub,
)


@export("__udivti3")
@irq_safe
@no_raise
def divide_unsigned(dividend: u128, divisor: u128) -> u128:
    """Return the quotient, rounded down."""
    if divisor >> 64 != 0:
        return u128(_quotient_by_long(dividend, divisor))
    low = truncate(u64, divisor)
    top, rest = arithmetic.divide_wide(0, truncate(u64, dividend >> 64), low)
    bottom, _ = arithmetic.divide_wide(rest, truncate(u64, dividend), low)
    return wrapping_shl(u128(top), 64) | bottom


@export("__umodti3")
@irq_safe
@no_raise
def remainder_unsigned(dividend: u128, divisor: u128) -> u128:
    """Return what the division leaves."""
    if divisor >> 64 != 0:
        quotient = u128(_quotient_by_long(dividend, divisor))
        return wrapping_sub(dividend, wrapping_mul(quotient, divisor))
    low = truncate(u64, divisor)
    _, rest = arithmetic.divide_wide(0, truncate(u64, dividend >> 64), low)
    _, remainder = arithmetic.divide_wide(rest, truncate(u64, dividend), low)
    return u128(remainder)


@export("__divti3")
@irq_safe
@no_raise
def divide_signed(dividend: i128, divisor: i128) -> i128:
    """Return the quotient, rounded toward zero as in C."""
    quotient = divide_unsigned(_magnitude(dividend), _magnitude(divisor))
    if (dividend < 0) != (divisor < 0):
        quotient = wrapping_neg(quotient)
    return bit_cast(i128, quotient)


@export("__modti3")
@irq_safe
@no_raise
def remainder_signed(dividend: i128, divisor: i128) -> i128:
    """Return the remainder, which has the sign of the dividend as in C."""
    remainder = remainder_unsigned(_magnitude(dividend), _magnitude(divisor))
    if dividend < 0:
        remainder = wrapping_neg(remainder)
    return bit_cast(i128, remainder)


def _magnitude(number: i128) -> u128:
    bits = bit_cast(u128, number)
    return wrapping_neg(bits) if number < 0 else bits


def _quotient_by_long(dividend: u128, divisor: u128) -> u64:
    """Return the quotient by a divisor of more than 64 bits.

    Half the dividend, divided by the top 64 bits of the divisor and shifted back, is the quotient or
    one more. A rotation whose low half is not looked at shifts by any amount.
    """
    shift = leading_zeros(truncate(u64, divisor >> 64))
    top = truncate(u64, rotate_left(divisor, shift) >> 64)
    half = dividend >> 1
    estimate, _ = arithmetic.divide_wide(truncate(u64, half >> 64), truncate(u64, half), top)
    quotient = truncate(u64, rotate_left(u128(estimate), wrapping_add(shift, 1)) >> 64)
    if quotient != 0:
        quotient = wrapping_sub(quotient, 1)
    rest = wrapping_sub(dividend, wrapping_mul(divisor, u128(quotient)))
    return wrapping_add(quotient, 1) if rest >= divisor else quotient
