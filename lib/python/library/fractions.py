"""Python's module fractions, for programs: whose numerators and denominators fit 64 bits.

Source: Python Library Reference, module fractions.
"""

from __future__ import annotations

import math


class Fraction:
    """A rational number in lowest terms; the denominator is positive."""

    numerator: int
    denominator: int

    def __init__(self, numerator: int = 0, denominator: int = 1) -> None:
        if denominator == 0:
            raise ZeroDivisionError(f"Fraction({numerator}, 0)")
        divisor = math.gcd(numerator, denominator)
        if denominator < 0:
            divisor = -divisor
        self.numerator = numerator // divisor
        self.denominator = denominator // divisor

    def limit_denominator(self, max_denominator: int = 1000000) -> Fraction:
        """Return the nearest fraction whose denominator is no greater.

        Raises:
            ValueError: the limit is less than 1.
        """
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self.denominator <= max_denominator:
            return self
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self.numerator, self.denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        if 2 * d * (q0 + k * q1) <= self.denominator:
            return Fraction(p1, q1)
        return Fraction(p0 + k * p1, q0 + k * q1)

    def as_integer_ratio(self) -> tuple[int, int]:
        return self.numerator, self.denominator

    def is_integer(self) -> bool:
        return self.denominator == 1

    def __add__(self, other: Fraction) -> Fraction:
        common = math.gcd(self.denominator, other.denominator)
        scale = other.denominator // common
        top = self.numerator * scale + other.numerator * (self.denominator // common)
        return Fraction(top, self.denominator * scale)

    def __add____int(self, other: int) -> Fraction:
        return Fraction(self.numerator + other * self.denominator, self.denominator)

    def __radd__(self, other: int) -> Fraction:
        return self + Fraction(other)

    def __sub__(self, other: Fraction) -> Fraction:
        return self + -other

    def __sub____int(self, other: int) -> Fraction:
        return self + Fraction(-other)

    def __rsub__(self, other: int) -> Fraction:
        return Fraction(other) - self

    def __mul__(self, other: Fraction) -> Fraction:
        a = Fraction(self.numerator, other.denominator)
        b = Fraction(other.numerator, self.denominator)
        return Fraction(a.numerator * b.numerator, a.denominator * b.denominator)

    def __mul____int(self, other: int) -> Fraction:
        return self * Fraction(other)

    def __rmul__(self, other: int) -> Fraction:
        return self * Fraction(other)

    def __truediv__(self, other: Fraction) -> Fraction:
        if other.numerator == 0:
            raise ZeroDivisionError(f"Fraction({self.numerator}, 0)")
        return self * Fraction(other.denominator, other.numerator)

    def __truediv____int(self, other: int) -> Fraction:
        return self / Fraction(other)

    def __rtruediv__(self, other: int) -> Fraction:
        return Fraction(other) / self

    def __floordiv__(self, other: Fraction) -> int:
        return (self.numerator * other.denominator) // (self.denominator * other.numerator)

    def __floordiv____int(self, other: int) -> int:
        return self.numerator // (self.denominator * other)

    def __mod__(self, other: Fraction) -> Fraction:
        return self - other * Fraction(self // other)

    def __mod____int(self, other: int) -> Fraction:
        return self % Fraction(other)

    def __pow__(self, exponent: int) -> Fraction:
        if exponent >= 0:
            return Fraction(self.numerator**exponent, self.denominator**exponent)
        if self.numerator == 0:
            raise ZeroDivisionError(f"Fraction({self.denominator**-exponent}, 0)")
        return Fraction(self.denominator**-exponent, self.numerator**-exponent)

    def __neg__(self) -> Fraction:
        return Fraction(-self.numerator, self.denominator)

    def __pos__(self) -> Fraction:
        return self

    def __abs__(self) -> Fraction:
        return Fraction(abs(self.numerator), self.denominator)

    def __float__(self) -> float:
        return self.numerator / self.denominator

    def __int__(self) -> int:
        return -(-self.numerator // self.denominator) if self.numerator < 0 else self.__floor__()

    def __trunc__(self) -> int:
        return int(self)

    def __floor__(self) -> int:
        return self.numerator // self.denominator

    def __ceil__(self) -> int:
        return -(-self.numerator // self.denominator)

    def __bool__(self) -> bool:
        return self.numerator != 0

    def __eq__(self, other: Fraction) -> bool:
        return self.numerator == other.numerator and self.denominator == other.denominator

    def __eq____int(self, other: int) -> bool:
        return self.denominator == 1 and self.numerator == other

    def __lt__(self, other: Fraction) -> bool:
        return self.numerator * other.denominator < other.numerator * self.denominator

    def __lt____int(self, other: int) -> bool:
        return self.numerator < other * self.denominator

    def __le__(self, other: Fraction) -> bool:
        return self.numerator * other.denominator <= other.numerator * self.denominator

    def __le____int(self, other: int) -> bool:
        return self.numerator <= other * self.denominator

    def __gt__(self, other: Fraction) -> bool:
        return self.numerator * other.denominator > other.numerator * self.denominator

    def __gt____int(self, other: int) -> bool:
        return self.numerator > other * self.denominator

    def __ge__(self, other: Fraction) -> bool:
        return self.numerator * other.denominator >= other.numerator * self.denominator

    def __ge____int(self, other: int) -> bool:
        return self.numerator >= other * self.denominator

    def __hash__(self) -> int:
        if self.denominator == 1:
            return hash(self.numerator)
        return hash((self.numerator, self.denominator))

    def __str__(self) -> str:
        if self.denominator == 1:
            return str(self.numerator)
        return f"{self.numerator}/{self.denominator}"

    def __repr__(self) -> str:
        return f"Fraction({self.numerator}, {self.denominator})"


def Fraction__text(text: str) -> Fraction:
    """Return the fraction that is written as 3, 3/4 or 0.75.

    Raises:
        ValueError: it is none.
    """
    plain = text.strip()
    top, slash, bottom = plain.partition("/")
    if slash != "":
        if not (top.lstrip("+-").isdecimal() and bottom.isdecimal()):
            raise ValueError(f"Invalid literal for Fraction: {text!r}")
        return Fraction(int(top), int(bottom))
    whole, _, fraction = plain.partition(".")
    if not (whole.lstrip("+-") + fraction).isdecimal():
        raise ValueError(f"Invalid literal for Fraction: {text!r}")
    return Fraction(int(whole + fraction), 10 ** len(fraction))


def Fraction__float(number: float) -> Fraction:
    """Return the fraction that a float is exactly."""
    mantissa, exponent = math.frexp(number)
    bits = 0
    while mantissa != float(int(mantissa)) and bits < 62:
        mantissa *= 2.0
        exponent -= 1
        bits += 1
    if exponent >= 0:
        return Fraction(int(mantissa) * 2**exponent)
    return Fraction(int(mantissa), 2**-exponent)
