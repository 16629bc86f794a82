"""Arithmetic of floats and ints that is done by functions, and text that becomes numbers."""

from __future__ import annotations

x = 7.5
print(
    x // 2,
    x % 2,
    x**2,
    -7.5 // 2,
    -7.5 % 2,
    round(2.5),
    round(2.567, 2),
    divmod(7, 2),
    abs(-3.5),
    divmod(7.5, 2),
)
print(
    7 // 2,
    -7 // 2,
    -7 % 3,
    2**10,
    divmod(-7, 2),
    pow(2, 5),
    pow(3, 4, 5),
    pow(3, -1, 7),
    round(1234, -2),
    round(25, -1),
)
print(
    float("2.5"),
    int("12"),
    int("ff", 16),
    float("1e-5"),
    float(" inf "),
    int(3.99),
    int(-3.99),
    2.0**0.5,
    x**-1,
)
print(bin(5), hex(255), oct(8), bin(-5), round(2.675, 2), round(1e22, -5), round(-0.5), 1e308 * 10)
for f in ("x y", ""):
    try:
        print(float(f))
    except ValueError as e:
        print(e)
try:
    print(x // 0)
except ZeroDivisionError as e:
    print(e)
try:
    print(x % 0)
except ZeroDivisionError as e:
    print(e)
try:
    print(0.0**-1)
except ZeroDivisionError as e:
    print(e)
try:
    print(int(float("nan")))
except ValueError as e:
    print(e)
total = 0.0
for i in range(10):
    total += i**0.5
    total %= 3
    total //= 0.5
print(total)
