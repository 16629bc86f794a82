"""Floor division, modulo, divmod and powers of all signs."""

from __future__ import annotations


def main() -> None:
    for a in (-7, -6, -1, 0, 1, 6, 7):
        for b in (-3, -2, 2, 3):
            print(a, b, a // b, a % b, divmod(a, b), a / b)
    for x in (-7.5, -0.5, 0.5, 7.5):
        for y in (-2.0, 2.0, 0.75):
            print(x // y, x % y, divmod(x, y))
    print(2**10, (-2) ** 3, 2**-1, 0**0, pow(3, 4, 5), pow(2, 62))
    print(-7 >> 1, -1 >> 10, 5 & -2, 5 | -8, 5 ^ -1, ~7)
    print(abs(-5), abs(-2.5), round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234, -2))
    try:
        print(1 // 0)
    except ZeroDivisionError as error:
        print(error)
    try:
        print(1 % 0)
    except ZeroDivisionError as error:
        print(error)
    try:
        print(1.0 / 0.0)
    except ZeroDivisionError as error:
        print(error)
    print(int(-3.9), int("-42"), int("ff", 16), int("0b101", 0), float("1e3"), int(True))
    print(min(3, -2, 7), max(2.5, 1.0), sum([1, 2, 3], 10))


if __name__ == "__main__":
    main()
