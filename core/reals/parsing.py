"""Text to the nearest float, as Python's float() reads it: digits with underscores between, a point, an exponent, and the
words inf, infinity and nan, whatever their case; white space around is left out.

What has at most 15 digits and a small power of ten is exact arithmetic on floats. All else is compared as long integers:
digits * 10**e is divided by a power of two that leaves 55 bits of quotient, and what is left over decides the rounding.

Source: Clinger, "How to Read Floating Point Numbers Accurately", PLDI 1990; Python Library Reference, "float".
"""

from __future__ import annotations

from typing import Final

from core.long_integer import Long
from core.reals.remainders import infinity, not_a_number, scaled
from lang import Slice, f64, i64, no_raise, struct, u8, u64, usize

MOST_DIGITS: Final = 800  # more make no difference but that something follows
EXACT: Final[u64] = 1 << 53
LARGEST_EXPONENT: Final[i64] = 400
LEAST_EXPONENT: Final[i64] = -1200


class BadFloat(ValueError):
    """The text is no number."""


@struct
class Decimal:
    """What stands in a text: digits * 10 ** exponent."""

    digits: Long
    first: u64  # the first 19 digits
    count: usize  # of digits that are in `digits`
    exponent: i64
    has_more: bool  # digits that were left out, not all 0

    @no_raise
    def put(self, digit: u8, is_behind_point: bool) -> None:
        if self.count == 0 and digit == 0:
            if is_behind_point:
                self.exponent -= 1
            return
        if self.count == MOST_DIGITS:
            self.has_more = self.has_more or digit != 0
            if not is_behind_point:
                self.exponent += 1
            return
        self.digits.multiply(10, digit)
        if self.count < 19:
            self.first = self.first * 10 + digit
        self.count += 1
        if is_behind_point:
            self.exponent -= 1


def parse(text: Slice[u8]) -> f64:
    """Return the float nearest to what a text says.

    Raises:
        BadFloat: it says nothing of the kind.
    """
    rest = trimmed(text)
    is_negative = len(rest) > 0 and rest[0] == 45
    if len(rest) > 0 and (rest[0] == 45 or rest[0] == 43):
        rest = rest[1:]
    value = word_value(rest)
    if value == 0.0:
        number = Decimal()
        read_number(rest, number)
        value = nearest(number)
    return -value if is_negative else value


@no_raise
def trimmed(text: Slice[u8]) -> Slice[u8]:
    start: usize = 0
    end = len(text)
    while start < end and is_space(text[start]):
        start += 1
    while end > start and is_space(text[end - 1]):
        end -= 1
    return text[start:end]


@no_raise
def is_space(byte: u8) -> bool:
    return byte == 32 or 9 <= byte <= 13 or 28 <= byte <= 31


@no_raise
def word_value(text: Slice[u8]) -> f64:
    """Return what a word stands for; 0 if it is none."""
    if is_word(text, b"inf") or is_word(text, b"infinity"):
        return infinity()
    if is_word(text, b"nan"):
        return not_a_number()
    return 0.0


@no_raise
def is_word(text: Slice[u8], word: Slice[u8]) -> bool:
    if len(text) != len(word):
        return False
    for index in range(len(text)):
        if text[index] | 32 != word[index]:
            return False
    return True


def read_number(text: Slice[u8], into: Decimal) -> None:
    """Read digits, a point and an exponent."""
    at: usize = 0
    is_behind_point = False
    has_digits = False
    was_digit = False
    while at < len(text):
        byte = text[at]
        if 48 <= byte <= 57:
            into.put(byte - 48, is_behind_point)
            has_digits = True
            was_digit = True
        elif byte == 46 and not is_behind_point:
            is_behind_point = True
            was_digit = False
        elif byte == 95 and was_digit and at + 1 < len(text) and 48 <= text[at + 1] <= 57:
            was_digit = False
        else:
            break
        at += 1
    if not has_digits:
        raise BadFloat
    if at < len(text):
        if text[at] | 32 != 101:
            raise BadFloat
        into.exponent += exponent_of(text[at + 1 :])


def exponent_of(text: Slice[u8]) -> i64:
    rest = text
    is_negative = len(rest) > 0 and rest[0] == 45
    if len(rest) > 0 and (rest[0] == 45 or rest[0] == 43):
        rest = rest[1:]
    if len(rest) == 0:
        raise BadFloat
    value: i64 = 0
    was_digit = False
    for index in range(len(rest)):
        byte = rest[index]
        if 48 <= byte <= 57:
            value = min(value * 10 + (byte - 48), i64(100_000))
            was_digit = True
        elif byte == 95 and was_digit and index + 1 < len(rest):
            was_digit = False
        else:
            raise BadFloat
    return -value if is_negative else value


@no_raise
def nearest(number: Decimal) -> f64:
    """Return the float nearest to a number; of two that are as near, the even one."""
    if number.count == 0:
        return 0.0
    exponent = number.exponent
    if number.count <= 15 and -22 <= exponent <= 22:
        power: f64 = 1.0
        for _ in range(max(exponent, -exponent)):
            power *= 10.0
        return f64(number.first) * power if exponent >= 0 else f64(number.first) / power
    if exponent + i64(number.count) > LARGEST_EXPONENT:
        return infinity()
    if exponent + i64(number.count) < -LARGEST_EXPONENT:
        return 0.0
    return divided(number, exponent)


@no_raise
def divided(number: Decimal, exponent: i64) -> f64:
    divisor = Long()
    divisor.set(1)
    if exponent >= 0:
        number.digits.raise_ten(u64(exponent))
    else:
        divisor.raise_ten(u64(-exponent))
    shift = 55 - (number.digits.bit_length() - divisor.bit_length())
    shift = min(shift, i64(1074 + 2))  # so that the least floats are rounded where they end
    if shift >= 0:
        number.digits.shift(u64(shift))
    else:
        divisor.shift(u64(-shift))
    quotient = long_quotient(number.digits, divisor)
    if number.has_more or number.digits.bit_length() != 0:
        quotient |= 1
    return scaled(rounded(quotient, shift), -shift)


@no_raise
def long_quotient(left: Long, divisor: Long) -> u64:
    """Return the quotient, of 57 bits at most, and leave what is over in `left`."""
    quotient: u64 = 0
    steps: u64 = 57
    divisor.shift(steps)
    for _ in range(steps + 1):
        quotient <<= 1
        if left.compare(divisor) >= 0:
            left.subtract(divisor)
            quotient |= 1
        divisor.halve()
    return quotient


@no_raise
def rounded(quotient: u64, shift: i64) -> f64:
    """Return a quotient, whose lowest bit says whether anything follows, as it rounds to 53 bits or to the least float."""
    dropped: u64 = 0
    while quotient >> dropped >= EXACT:
        dropped += 1
    if shift == 1074 + 2:
        dropped = max(dropped, u64(2))
    if dropped == 0:
        return f64(quotient)
    half = u64(1) << (dropped - 1)
    kept = quotient >> dropped
    rest = quotient & ((u64(1) << dropped) - 1)
    if rest > half or (rest == half and kept & 1 != 0):
        kept += 1
    return f64(kept) * f64(u64(1) << dropped)
