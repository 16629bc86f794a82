"""Rational numbers with all comparisons."""

from __future__ import annotations


def gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


class Rational:
    def __init__(self, top: int, bottom: int = 1) -> None:
        if bottom == 0:
            raise ZeroDivisionError("bottom is 0")
        if bottom < 0:
            top, bottom = -top, -bottom
        common = gcd(abs(top), bottom)
        self.top = top // common
        self.bottom = bottom // common

    def __add__(self, other: Rational) -> Rational:
        return Rational(
            self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom
        )

    def __sub__(self, other: Rational) -> Rational:
        return self + Rational(-other.top, other.bottom)

    def __mul__(self, other: Rational) -> Rational:
        return Rational(self.top * other.top, self.bottom * other.bottom)

    def __truediv__(self, other: Rational) -> Rational:
        return Rational(self.top * other.bottom, self.bottom * other.top)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rational) and self.top == other.top and self.bottom == other.bottom

    def __lt__(self, other: Rational) -> bool:
        return self.top * other.bottom < other.top * self.bottom

    def value(self) -> float:
        return self.top / self.bottom

    def __repr__(self) -> str:
        return f"{self.top}/{self.bottom}" if self.bottom != 1 else str(self.top)


def main() -> None:
    half, third = Rational(1, 2), Rational(-2, -6)
    print(half + third, half - third, half * third, half / third)
    print(half > third, half != third, half == Rational(3, 6))
    print(sorted([Rational(3, 4), Rational(-1, 3), Rational(2), Rational(5, 8)]))
    print(third.value())
    total = Rational(0)
    for n in range(1, 11):
        total = total + Rational(1, n * (n + 1))
    print(total)
    try:
        print(half / Rational(0))
    except ZeroDivisionError as error:
        print(error)


if __name__ == "__main__":
    main()
