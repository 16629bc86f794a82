"""How floats are shown and read."""

from __future__ import annotations


def main() -> None:
    for x in (0.1, 1 / 3, 1e16, 1e15, 123456789.123, 1e-5, 0.0001, -0.0, 1e300, 5e-324, 2.5, 100.0):
        print(x, repr(x), f"{x:.3f}", f"{x:e}", f"{x:g}", f"{x:10.2e}|", f"{x:%}"[:20])
    inf = float("inf")
    nan = float("nan")
    print(inf, -inf, nan, inf - inf, inf > 1e308, nan == nan, nan != nan, inf == inf)
    print(f"{inf:8.2f}|{nan:<6}|{-inf:+}|{1.5:+.1f}|{-1.5: .1f}|{1.5: }")
    print(f"{1234567.891:,.2f} {1234567:,} {0.5:.0%} {1e10:.0f} {12.0:g} {1e-7:g}")
    print(f"{3.14159:08.3f} {-3.14159:08.3f} {3.14159:^12.2f}| {3.14159:*>10.1f}")
    print(0.1 + 0.2, 0.1 + 0.2 == 0.3, 1e16 + 1, 2**53 + 1.0)
    for text in (
        "1.5",
        " 2e3 ",
        "-.5",
        "1_000.5",
        "inf",
        "-Infinity",
        "nan",
        "1e400",
        "0x1p3",
        "",
        "1.2.3",
        "e5",
    ):
        try:
            print(repr(text), float(text))
        except ValueError as error:
            print(error)
    print((1.0).is_integer(), (1.5).is_integer(), int(1e18))
    print(round(0.5), round(1.5), round(-0.5), round(2.345, 2), round(1e20) if False else 0)
    print(7.0 == 7, hash(7.0) == hash(7), {7.0: "a"}[7], 1.0 in [1, 2])
    print(sum([0.1] * 10), min(0.0, -0.0), max(-0.0, 0.0), abs(-0.0))
    try:
        int(nan)
    except ValueError as error:
        print(error)
    try:
        int(inf)
    except OverflowError as error:
        print(error)


if __name__ == "__main__":
    main()
