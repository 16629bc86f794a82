"""Division of 128-bit integers, which x86_64 has no instruction for.

LLVM calls these functions by the names of its run-time library wherever a program divides 128-bit
integers. Nothing here may divide 128-bit integers itself.

Source: Warren, "Hacker's Delight", 2nd edition, sections 9-4 and 9-5.
"""

from __future__ import annotations

from typing import Final

from lang import (
    bit_cast,
    export,
    i128,
    irq_safe,
    leading_zeros,
    no_raise,
    truncate,
    u64,
    u128,
    wrapping_add,
    wrapping_mul,
    wrapping_neg,
    wrapping_shl,
    wrapping_sub,
)

HALF: Final = u64(1 << 32)
LOW_HALF: Final = HALF - 1


@export("__udivti3")
@irq_safe
@no_raise
def divide_unsigned(dividend: u128, divisor: u128) -> u128:
    """Return the quotient, rounded down."""
    high = truncate(u64, divisor >> 64)
    if high != 0:
        return u128(_quotient_by_long(dividend, divisor))
    low = truncate(u64, divisor)
    top = truncate(u64, dividend >> 64)
    quotient, _ = _divide_two_by_one(top % low, truncate(u64, dividend), low)
    return u128(top // low) << 64 | quotient


@export("__umodti3")
@irq_safe
@no_raise
def remainder_unsigned(dividend: u128, divisor: u128) -> u128:
    """Return what the division leaves."""
    if divisor >> 64 != 0:
        quotient = u128(_quotient_by_long(dividend, divisor))
        return wrapping_sub(dividend, wrapping_mul(quotient, divisor))
    low = truncate(u64, divisor)
    top = truncate(u64, dividend >> 64)
    _, remainder = _divide_two_by_one(top % low, truncate(u64, dividend), low)
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

    Half the dividend divided by the top 64 bits of the divisor is the quotient, or one more.
    """
    shift = leading_zeros(truncate(u64, divisor >> 64))
    top = truncate(u64, wrapping_shl(divisor, shift) >> 64)
    half = dividend >> 1
    estimate, _ = _divide_two_by_one(truncate(u64, half >> 64), truncate(u64, half), top)
    quotient = estimate >> (63 - shift)
    if quotient != 0:
        quotient -= 1
    rest = wrapping_sub(dividend, wrapping_mul(divisor, u128(quotient)))
    return quotient + 1 if rest >= divisor else quotient


def _divide_two_by_one(high: u64, low: u64, divisor: u64) -> tuple[u64, u64]:
    """Divide high * 2**64 + low, where high < divisor; return quotient and remainder.

    Long division (Knuth's algorithm D) with digits of 32 bits: the divisor is shifted until its top bit
    is set, so that each estimated digit is at most two too large.
    """
    if high == 0:
        return low // divisor, low % divisor
    shift = leading_zeros(divisor)
    scaled = wrapping_shl(divisor, shift)
    dividend = wrapping_shl(u128(high) << 64 | low, shift)
    top = truncate(u64, dividend >> 64)
    bottom = truncate(u64, dividend)

    first, top = _divide_digit(top, bottom >> 32, scaled)
    second, top = _divide_digit(top, bottom & LOW_HALF, scaled)
    return first << 32 | second, top >> shift


def _divide_digit(rest: u64, next_digit: u64, divisor: u64) -> tuple[u64, u64]:
    """Return one digit of the quotient, and the rest after it; `rest` is below the divisor."""
    upper = divisor >> 32
    lower = divisor & LOW_HALF
    digit = rest // upper
    left = rest % upper
    while digit >= HALF or digit * lower > (left << 32 | next_digit):
        digit -= 1
        left += upper
        if left >= HALF:
            break
    rest = wrapping_add(wrapping_shl(rest, 32), next_digit)
    return digit, wrapping_sub(rest, wrapping_mul(digit, divisor))
