"""Integers from text, as int() reads them.

    [space] [+ or -] [0b, 0o, 0x] digits [space]

with single underscores between digits, and after the prefix. A base of 0 takes the base from the
prefix, and decimal without one, where leading zeros are refused.

Source: Python Language Reference, section 2.4.5; Python Library Reference, `int`.
"""

from __future__ import annotations

from typing import Final

from lang import Slice, i64, irq_safe, truncate, u8, u32, u64, usize, wrapping_neg

PLUS: Final = u8(ord("+"))
MINUS: Final = u8(ord("-"))
UNDERSCORE: Final = u8(ord("_"))
ZERO: Final = u8(ord("0"))
NINE: Final = u8(ord("9"))
LETTER_A: Final = u8(ord("a"))
LETTER_Z: Final = u8(ord("z"))
PREFIXES: Final = b"box"
PREFIX_BASES: Final = bytes([2, 8, 16])
CASE_BIT: Final = u8(0x20)  # set in lower-case letters
NO_DIGIT: Final = u32(255)
LARGEST: Final = u64(0xFFFF_FFFF_FFFF_FFFF)
MOST_NEGATIVE: Final = u64(1 << 63)  # its magnitude


@irq_safe
def parse_u64(text: Slice[u8], base: u32 = 10) -> u64:
    """Return the number that the text is.

    Raises:
        ValueError: the text is not an integer in the base, which is 0 or 2 to 36.
        OverflowError: the number is negative, or has more than 64 bits.
    """
    number = strip(text)
    is_negative = len(number) > 0 and number[0] == MINUS
    magnitude = _parse_magnitude(_without_sign(number), base)
    if is_negative and magnitude > 0:
        raise OverflowError
    return magnitude


@irq_safe
def parse_plain(text: Slice[u8]) -> u64:
    """Return the number that the text is as numbers are shown: digits, and nothing before or behind them, no zeros either.

    So no other text is the same number, which names have to be sure of.

    Raises:
        ValueError: the text is not such a number.
        OverflowError: the number has more than 64 bits.
    """
    if len(text) == 0 or (text[0] == ZERO and len(text) > 1):
        raise ValueError
    for digit in text:
        if not ZERO <= digit <= NINE:
            raise ValueError
    return _parse_magnitude(text, 10)


@irq_safe
def parse_i64(text: Slice[u8], base: u32 = 10) -> i64:
    """Return the number that the text is.

    Raises:
        ValueError: the text is not an integer in the base, which is 0 or 2 to 36.
        OverflowError: the number does not fit.
    """
    number = strip(text)
    is_negative = len(number) > 0 and number[0] == MINUS
    magnitude = _parse_magnitude(_without_sign(number), base)
    if is_negative:
        if magnitude > MOST_NEGATIVE:
            raise OverflowError
        return truncate(i64, wrapping_neg(magnitude))
    if magnitude >= MOST_NEGATIVE:
        raise OverflowError
    return i64(magnitude)


@irq_safe
def strip(text: Slice[u8]) -> Slice[u8]:
    """Return the text without the ASCII white space around it."""
    start: usize = 0
    end = len(text)
    while start < end and is_space(text[start]):
        start += 1
    while end > start and is_space(text[end - 1]):
        end -= 1
    return text[start:end]


@irq_safe
def is_space(byte: u8) -> bool:
    """Tell whether the byte is ASCII white space: tab to carriage return, or space."""
    return byte == 0x20 or 0x09 <= byte <= 0x0D


@irq_safe
def digit_value(byte: u8) -> u32:
    """Return the value of a digit or letter, whichever its case; NO_DIGIT for anything else."""
    if ZERO <= byte <= NINE:
        return u32(byte - ZERO)
    letter = byte | CASE_BIT
    if LETTER_A <= letter <= LETTER_Z:
        return u32(letter - LETTER_A) + 10
    return NO_DIGIT


def _without_sign(number: Slice[u8]) -> Slice[u8]:
    if len(number) > 0 and (number[0] == PLUS or number[0] == MINUS):
        return number[1:]
    return number


def _parse_magnitude(number: Slice[u8], base: u32) -> u64:
    """Return the number that prefix and digits are."""
    if base == 1 or base > 36:
        raise ValueError
    named = _base_of_prefix(number)
    if named != 0 and (base == 0 or base == named):
        digits = number[2:]
        if len(digits) > 0 and digits[0] == UNDERSCORE:
            digits = digits[1:]
        return _parse_digits(digits, named)
    if base == 0:
        value = _parse_digits(number, 10)
        if value > 0 and number[0] == ZERO:
            raise ValueError  # 017 is octal in other languages, so Python has no such number
        return value
    return _parse_digits(number, base)


def _base_of_prefix(number: Slice[u8]) -> u32:
    """Return the base that a prefix names; 0 without one."""
    if len(number) < 2 or number[0] != ZERO:
        return 0
    for index in range(3):
        if number[1] | CASE_BIT == PREFIXES[index]:
            return u32(PREFIX_BASES[index])
    return 0


def _parse_digits(digits: Slice[u8], base: u32) -> u64:
    """Return the number that digits with single underscores between them are."""
    value = u64(0)
    may_end = False  # the last byte was a digit
    most = LARGEST // base
    has_overflown = False
    for byte in digits:
        if byte == UNDERSCORE:
            if not may_end:
                raise ValueError
            may_end = False
            continue
        digit = digit_value(byte)
        if digit >= base:
            raise ValueError
        if value > most or value * base > LARGEST - digit:
            has_overflown = True
            value = 0
        value = value * base + digit
        may_end = True
    if not may_end:
        raise ValueError
    if has_overflown:
        raise OverflowError
    return value
