"""Floor division and modulo of negatives, ints and floats."""

from __future__ import annotations


def main() -> None:
    for a in (-7, -1, 0, 1, 7):
        for b in (-3, -2, 2, 3):
            print(a, b, a // b, a % b, divmod(a, b), (a // b) * b + a % b == a)
    for x in (-7.5, -0.5, 0.0, 0.5, 7.5):
        for y in (-2.0, 2.0, 0.75):
            print(x // y, x % y, divmod(x, y))
    print(-7 >> 1, -1 >> 10, 7 >> 1, -8 << 2)
    print(-7 & 3, -7 | 3, -7 ^ 3, ~7, ~-7)
    print(2**10, (-2) ** 3, -(2**2), 2**-1, 0**0)
    print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234, -2))
    print(int(-3.9), int(3.9), abs(-5), abs(-5.5))
    for wrong in (0,):
        try:
            print(1 // wrong)
        except ZeroDivisionError as error:
            print(error)
        try:
            print(1 % wrong)
        except ZeroDivisionError as error:
            print(error)
        try:
            print(1.5 // wrong)
        except ZeroDivisionError as error:
            print(error)
        try:
            print(1 / wrong)
        except ZeroDivisionError as error:
            print(error)


if __name__ == "__main__":
    main()
