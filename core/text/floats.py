"""Floats as text, exactly as Python writes them.

The digits come from exact arithmetic on long integers. For a float v = r / s, with half the distance
to its neighbours below and above as low / s and high / s,

    shortest    digits are taken from r / s until what is left is closer to v than a neighbour could be
    rounded     a stated number of digits is taken, and the rest rounds the last, half to even

A float is handed in as its bits, so that this file needs no floats itself.

Source: Steele and White, "How to Print Floating-Point Numbers Accurately", PLDI 1990, algorithm FPP2;
IEEE 754-2019, section 3.4; Python Library Reference, "Format Specification Mini-Language".
"""

from __future__ import annotations

from typing import Final

from core.long_integer import Long
from core.text import format
from core.text.buffer import TextBuffer
from core.text.format_spec import FormatSpec, Kind
from lang import Array, copy, struct, u8, u64, usize

HIDDEN_BIT: Final = u64(1 << 52)
EXPONENT_BIAS: Final = 1075
MAGNITUDE: Final = u64((1 << 63) - 1)  # of a float's bits, all but the sign
INFINITY: Final = u64(0x7FF << 52)


@struct
class Digits:
    """A number 0.d1 d2 d3... * 10 ** point; no digits for zero."""

    values: Array[u8, 800]  # 0 to 9
    count: usize
    point: int

    def push(self, digit: u8) -> None:
        self.values[self.count] = digit
        self.count += 1

    def digit(self, position: int) -> u8:
        """Return the character of a digit, counted from the first; those outside are zeros."""
        if position < 0 or position >= int(self.count):
            return u8(ord("0"))
        return u8(ord("0")) + self.values[u64(position)]

    def round_up(self) -> None:
        """Add one to the last digit."""
        at = self.count
        while at > 0 and self.values[at - 1] == 9:
            at -= 1
            self.values[at] = 0
        if at > 0:
            self.values[at - 1] += 1
            return
        if self.count > 0:
            self.values[0] = 1
        else:
            self.push(1)
        self.point += 1


@struct
class Fraction:
    """A positive float as r / s, with the halves of the distances to its neighbours."""

    r: Long
    s: Long
    low: Long
    high: Long
    is_even: bool

    def load(self, bits: u64) -> None:
        fraction = bits & (HIDDEN_BIT - 1)
        biased = int(bits >> 52 & 0x7FF)
        mantissa = fraction | HIDDEN_BIT if biased > 0 else fraction
        exponent = max(biased, 1) - EXPONENT_BIAS
        closer_below = fraction == 0 and biased > 1
        extra: u64 = 2 if closer_below else 1
        self.is_even = mantissa % 2 == 0
        self.r.set(mantissa)
        self.s.set(1)
        self.low.set(1)
        self.high.set(1)
        self.r.shift(extra)
        self.s.shift(extra)
        if closer_below:
            self.high.shift(1)
        if exponent >= 0:
            self.r.shift(u64(exponent))
            self.low.shift(u64(exponent))
            self.high.shift(u64(exponent))
        else:
            self.s.shift(u64(-exponent))

    def times_ten(self) -> None:
        self.r.multiply(10)
        self.low.multiply(10)
        self.high.multiply(10)

    def scale(self, digits: Digits, is_shortest: bool) -> None:
        """Bring the value, or what may still be taken for it, into 1/10 <= v < 1; set the point."""
        digits.point = 0
        while self.reaches(is_shortest):
            self.s.multiply(10)
            digits.point += 1
        while True:
            self.times_ten()
            if self.reaches(is_shortest):
                break
            digits.point -= 1
        # r / s is now ten times the value, as take_digit wants it.

    def reaches(self, is_shortest: bool) -> bool:
        """True if the value, or its upper end, is 1 or more."""
        if not is_shortest:
            return self.r.compare(self.s) >= 0
        order = self.top_order()
        return order > 0 or (order == 0 and self.is_even)

    def top_order(self) -> int:
        top = copy(self.r)
        top.add(self.high)
        return top.compare(self.s)

    def take_digit(self) -> u8:
        """Take r // s, below 10, out of the value."""
        digit: u8 = 0
        while self.r.compare(self.s) >= 0:
            self.r.subtract(self.s)
            digit += 1
        return digit

    def half_order(self) -> int:
        """Return how what is left compares with a half."""
        twice = copy(self.r)
        twice.multiply(2)
        return twice.compare(self.s)


def shortest(bits: u64, digits: Digits) -> None:
    """Find the fewest digits that read back as this float."""
    value = Fraction()
    value.load(bits)
    value.scale(digits, True)
    while True:
        digit = value.take_digit()
        below = value.r.compare(value.low)
        above = value.top_order()
        is_low = below < 0 or (below == 0 and value.is_even)
        is_high = above > 0 or (above == 0 and value.is_even)
        if is_low or is_high:
            break
        digits.push(digit)
        value.times_ten()
    half = value.half_order()
    is_up = is_high and (not is_low or half > 0 or (half == 0 and digit % 2 == 1))
    digits.push(digit + 1 if is_up else digit)


def rounded(bits: u64, digits: Digits, count: int, is_after_point: bool) -> None:
    """Find `count` digits, after the decimal point or in all."""
    value = Fraction()
    value.load(bits)
    value.scale(digits, False)
    wanted = count + digits.point if is_after_point else count
    if wanted < 0:
        return
    last: u8 = 0
    for _ in range(wanted):
        last = value.take_digit()
        digits.push(last)
        value.r.multiply(10)
    # What is left has been multiplied by ten once more than taken: compare it with five.
    five = copy(value.s)
    five.multiply(5)
    order = value.r.compare(five)
    if order > 0 or (order == 0 and last % 2 == 1):
        digits.round_up()


def write_float(out: TextBuffer, bits: u64) -> None:
    """Write repr(x)."""
    if write_special(out, bits, False):
        return
    if bits >> 63 != 0:
        out.write_byte(u8(ord("-")))
    write_magnitude(out, bits & MAGNITUDE, FormatSpec())


def format_float(out: TextBuffer, bits: u64, spec: FormatSpec) -> None:
    """Write what a specification says; for '%', of a hundred times the value."""
    storage = Array[u8, 1024]()
    body = TextBuffer(storage[:])
    is_upper = spec.kind in (Kind.UPPER_FIXED, Kind.UPPER_EXPONENT, Kind.UPPER_GENERAL)
    if not write_special(body, bits & MAGNITUDE, is_upper):
        write_magnitude(body, bits & MAGNITUDE, spec)
    if spec.kind == Kind.PERCENT:
        body.write_byte(u8(ord("%")))
    is_negative = bits >> 63 != 0 and bits & MAGNITUDE <= INFINITY  # what is no number has no sign
    format.lay_out(out, body.text(), is_negative, spec)


def write_special(out: TextBuffer, bits: u64, is_upper: bool) -> bool:
    """Write an infinity or what is not a number; False if it is a number."""
    if bits >> 52 & 0x7FF != 0x7FF:
        return False
    if bits & (HIDDEN_BIT - 1) != 0:
        out.write(b"NAN" if is_upper else b"nan")
        return True
    if bits >> 63 != 0:
        out.write_byte(u8(ord("-")))
    out.write(b"INF" if is_upper else b"inf")
    return True


def write_magnitude(out: TextBuffer, bits: u64, spec: FormatSpec) -> None:
    """Write a number that is not negative."""
    digits = Digits()
    precision = int(spec.precision) if spec.precision >= 0 else 6
    match spec.kind:
        case Kind.FIXED | Kind.UPPER_FIXED | Kind.PERCENT:
            if bits != 0:
                rounded(bits, digits, precision, True)
            write_fixed(out, digits, precision, spec.is_alternate)
        case Kind.EXPONENT | Kind.UPPER_EXPONENT:
            find(bits, digits, precision + 1)
            letter = ord("e") if spec.kind == Kind.EXPONENT else ord("E")
            write_exponent(out, digits, precision, u8(letter), spec.is_alternate)
        case Kind.GENERAL | Kind.UPPER_GENERAL:
            precision = max(precision, 1)
            find(bits, digits, precision)
            write_general(out, digits, precision, spec)
        case _ if spec.precision >= 0:
            precision = max(precision, 1)
            find(bits, digits, precision)
            write_general(out, digits, precision, spec)
        case _:
            if bits != 0:
                shortest(bits, digits)
            else:
                digits.point = 1
            if -4 < digits.point <= 16:
                after = max(int(digits.count) - digits.point, 1)
                write_fixed(out, digits, after, False)
            else:
                write_exponent(out, digits, int(digits.count) - 1, u8(ord("e")), spec.is_alternate)


def find(bits: u64, digits: Digits, count: int) -> None:
    """Find `count` digits of a number that may be zero."""
    if bits != 0:
        rounded(bits, digits, count, False)
    else:
        digits.point = 1


def write_general(out: TextBuffer, digits: Digits, precision: int, spec: FormatSpec) -> None:
    """Write so many digits, without the zeros at the end, in the shorter of the two forms.

    Without a letter, a number has a digit behind the point or an exponent.
    """
    is_plain = spec.kind == Kind.DEFAULT
    is_upper = spec.kind == Kind.UPPER_GENERAL
    count = precision
    if not spec.is_alternate:
        count = int(min(digits.count, u64(precision)))
        while count > 0 and digits.digit(count - 1) == u8(ord("0")):
            count -= 1
    if -4 < digits.point <= (precision - 1 if is_plain else precision):
        least = 1 if is_plain else 0
        write_fixed(out, digits, max(count - digits.point, least), spec.is_alternate)
    else:
        letter = u8(ord("E")) if is_upper else u8(ord("e"))
        write_exponent(out, digits, max(count - 1, 0), letter, spec.is_alternate)


def write_fixed(out: TextBuffer, digits: Digits, after: int, has_point: bool) -> None:
    """Write without an exponent, with `after` digits behind the point."""
    before = max(digits.point, 1)
    for place in range(before):
        out.write_byte(digits.digit(digits.point - before + place))
    if after > 0 or has_point:
        out.write_byte(u8(ord(".")))
    for place in range(after):
        out.write_byte(digits.digit(digits.point + place))


def write_exponent(
    out: TextBuffer, digits: Digits, after: int, letter: u8, has_point: bool
) -> None:
    """Write one digit, a point, `after` digits and an exponent of at least two digits."""
    out.write_byte(digits.digit(0))
    if after > 0 or has_point:
        out.write_byte(u8(ord(".")))
    for place in range(1, after + 1):
        out.write_byte(digits.digit(place))
    exponent = digits.point - 1
    out.write_byte(letter)
    out.write_byte(u8(ord("-")) if exponent < 0 else u8(ord("+")))
    size = u64(abs(exponent))
    if size < 10:
        out.write_byte(u8(ord("0")))
    format.write_u64(out, size)
