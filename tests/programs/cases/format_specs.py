"""Format specifications of all kinds."""

from __future__ import annotations


def main() -> None:
    n, x, s = 1234567, 3.14159265, "text"
    print(f"{n:,} {n:_} {n:+d} {n:012d} {-n:>12} {n:<12}| {n:^12}")
    print(f"{255:x} {255:X} {255:#x} {255:b} {255:#b} {255:o} {255:#o} {255:08b} {65:c}")
    print(f"{x:.2f} {x:8.3f} {x:<8.1f}| {x:+.0f} {x:e} {x:.3e} {x:g} {1e20:g} {x:%} {0.256:.1%}")
    print(f"{s:>10} {s:*^10} {s:-<10} {s:.2} {s!r:>8} {s!s}")
    width, digits = 10, 3
    print(f"{x:{width}.2f}|{s:>{width}}")
    print(f"{True} {True:d} {None} {[1, 2]} {(1,)} { {'a': 1} } {{literal}}")
    print(f"{n=} {x=:.2f} {s=} {s = }")
    print(1e16, 1e15, 1.0, 0.1 + 0.2, 1e-5, 0.0001, 1 / 3, 2.0**70, -0.0, 1e100)
    print(float("inf"), float("-inf"), float("nan"), 5e-324, 1.7976931348623157e308)
    print(
        "{} {} {}".format(1, "a", 2.5),
        "{1} {0}".format("x", "y"),
        "%5.1f|%-5s|%05d|%x" % (2.25, "ab", 42, 255),
    )
    print(str(1.5), repr("q"), str(None), str([1.0, 2.5]), hex(255), bin(5), oct(8))
    print(f"{0:.1f} {-0.04:.1f} {2.5:.0f} {3.5:.0f} {1e6:,.2f} {123.456:10,.1f}")


if __name__ == "__main__":
    main()
