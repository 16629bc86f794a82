"""Text to the nearest float, as Python's float() reads it: digits with underscores between, a point, an exponent, and the
words inf, infinity and nan, whatever their case; white space around is left out.

What has at most 15 digits and a small power of ten is exact arithmetic on floats. All else is compared as long integers:
digits * 10**e is divided by a power of two that leaves 55 bits of quotient, and what is left over decides the rounding.

Source: Clinger, "How to Read Floating Point Numbers Accurately", PLDI 1990; Python Library Reference, "float".
"""

from __future__ import annotations

from typing import Final

from core.reals.remainders import infinity, not_a_number, scaled
from lang import Array, Slice, f64, i64, no_raise, struct, truncate, u8, u32, u64, usize

MOST_DIGITS: Final = 800  # more make no difference but that something follows
LIMBS: Final = 130
EXACT: Final[u64] = 1 << 53
LARGEST_EXPONENT: Final[i64] = 400
LEAST_EXPONENT: Final[i64] = -1200


class BadFloat(ValueError):
    """The text is no number."""


@struct
class Whole:
    """An integer of limbs of 32 bits, the lowest first."""

    limbs: Array[u32, LIMBS]
    used: usize

    @no_raise
    def multiply_add(self, factor: u64, more: u64) -> None:
        """factor, more: of 32 bits."""
        carry = more
        for index in range(self.used):
            product = u64(self.limbs[index]) * factor + carry
            self.limbs[index] = truncate(u32, product)
            carry = product >> 32
        if carry != 0:
            self.limbs[self.used] = truncate(u32, carry)
            self.used += 1

    @no_raise
    def double_up(self, bits: u64) -> None:
        """Multiply by 2 ** bits."""
        for _ in range(bits // 31):
            self.multiply_add(1 << 31, 0)
        self.multiply_add(u64(1) << (bits % 31), 0)

    @no_raise
    def raise_ten(self, exponent: u64) -> None:
        """Multiply by 10 ** exponent."""
        for _ in range(exponent // 9):
            self.multiply_add(1_000_000_000, 0)
        for _ in range(exponent % 9):
            self.multiply_add(10, 0)

    @no_raise
    def bit_length(self) -> i64:
        top = self.used
        while top > 0 and self.limbs[top - 1] == 0:
            top -= 1
        if top == 0:
            return 0
        length: i64 = 0
        limb = self.limbs[top - 1]
        while limb != 0:
            limb >>= 1
            length += 1
        return 32 * i64(top - 1) + length

    @no_raise
    def is_below(self, other: Whole) -> bool:
        for back in range(usize(LIMBS)):
            index = usize(LIMBS) - 1 - back
            mine = self.limbs[index] if index < self.used else u32(0)
            theirs = other.limbs[index] if index < other.used else u32(0)
            if mine != theirs:
                return mine < theirs
        return False

    @no_raise
    def take(self, other: Whole) -> None:
        """Take away what is not larger."""
        borrow: u64 = 0
        for index in range(self.used):
            taken = borrow + (u64(other.limbs[index]) if index < other.used else u64(0))
            here = u64(self.limbs[index])
            borrow = 1 if here < taken else 0
            self.limbs[index] = truncate(u32, here + (borrow << 32) - taken)


@struct
class Decimal:
    """What stands in a text: digits * 10 ** exponent."""

    digits: Whole
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
        self.digits.used = max(self.digits.used, usize(1))
        self.digits.multiply_add(10, digit)
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
    divisor = Whole()
    divisor.limbs[0] = 1
    divisor.used = 1
    if exponent >= 0:
        number.digits.raise_ten(u64(exponent))
    else:
        divisor.raise_ten(u64(-exponent))
    shift = 55 - (number.digits.bit_length() - divisor.bit_length())
    shift = min(shift, i64(1074 + 2))  # so that the least floats are rounded where they end
    if shift >= 0:
        number.digits.double_up(u64(shift))
    else:
        divisor.double_up(u64(-shift))
    quotient = long_quotient(number.digits, divisor)
    if number.has_more or number.digits.bit_length() != 0:
        quotient |= 1
    return scaled(rounded(quotient, shift), -shift)


@no_raise
def long_quotient(left: Whole, divisor: Whole) -> u64:
    """Return the quotient, of 57 bits at most, and leave what is over in `left`."""
    quotient: u64 = 0
    steps: u64 = 57
    divisor.double_up(steps)
    for _ in range(steps + 1):
        quotient <<= 1
        if not left.is_below(divisor):
            left.take(divisor)
            quotient |= 1
        halve(divisor)
    return quotient


@no_raise
def halve(value: Whole) -> None:
    carry: u32 = 0
    for back in range(value.used):
        index = value.used - 1 - back
        limb = value.limbs[index]
        value.limbs[index] = limb >> 1 | carry << 31
        carry = limb & 1


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
