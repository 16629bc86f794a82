"""Floats as text: the shortest that reads back, and every form of specification."""

from __future__ import annotations


def show(x: float) -> None:
    print(x, repr(x), f"{x}", str(-x))
    print(f"{x:f}|{x:.0f}|{x:.1f}|{x:.3f}|{x:e}|{x:.0e}|{x:.12E}|{x:g}|{x:.3g}|{x:.17g}|{x:G}")
    print(f"{x:10.2f}|{x:<10.2f}|{x:^+12.1f}|{x:012.3f}|{x:*>+14.2e}|{x: .1f}|{x:%}|{x:.1%}")
    print(f"{x:,.2f}|{x:_.1f}|{x:20}|{x:,}")


values = [0.0, 1.0, 0.1, 0.5, 1.5, 2.5, 0.25, 0.125, 3.14159, 100.0, 123456789.125, 0.0001]
values += [0.00001, 1e15, 1e16, 1e17, 123456789012345680.0, 9.999999, 99.95, 0.05, 0.15, 2.675]
values += [1e22, 1e23, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e100, 1e-7]
values += [9007199254740993.0, 4503599627370496.5, 0.3, 2.0 / 3.0, 1e21, 5e-5, 999999.5, 9999995.0]
for value in values:
    show(value)

infinity = 1e308 * 10.0
print(infinity, -infinity, infinity - infinity, f"{infinity:8.1f}|{-infinity:F}|{infinity:08.1f}")

x = 1.0
for _ in range(60):
    x = x * 1.7 + 0.1
    print(x, 1.0 / x, f"{x:.5f} {1.0 / x:.8g}")

print([1.5, 2.0], {"a": 0.1}, (1.0, 2))


def distance(a: float, b: float = -1.0) -> float:
    return a - b


print(distance(1.0), distance(1.0, 2.0))
