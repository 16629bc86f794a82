"""Formats whose parts are computed, and every kind of alignment."""

from __future__ import annotations


class Point:
    def __init__(self, x: float, y: float) -> None:
        self.x = x
        self.y = y

    def __format__(self, spec: str) -> str:
        return f"({self.x:{spec}}, {self.y:{spec}})"

    def __str__(self) -> str:
        return f"{self:.1f}"

    def __repr__(self) -> str:
        return f"Point({self.x}, {self.y})"


def main() -> None:
    width, digits, fill = 12, 3, "*"
    value = 3.14159265
    print(f"{value:{width}.{digits}f}|{value:{fill}^{width}.{digits}}|{value:<{width}}|")
    for align in "<>^=":
        print(f"{-42:{align}8}|{-42:0{align}8}|")
    print(f"{'text':>{width}}|{'text':.2}|{'text':-^10.3}|{True!s:>6}|{None!r:<6}|")
    print(f"{1000000:,} {1000000:_} {0b1010:#b} {255:#X} {255:#06x} {-255:x} {5:+} {5: }")
    print(
        f"{0.000012345:g} {123456789.0:g} {1e20:g} {1.0:g} {0.1:.0%} {1e-10:.2e} {12345.678:,.1f}"
    )
    print(f"{Point(1.0, 2.5):.2f} {Point(1.0, 2.5)} {Point(1.0, 2.5)!r} {[Point(0.0, 1.0)]}")
    print("{1} {0}".format("a", "b"), "{:>5}|{:<5}|{:^5}".format(1, 2, 3))
    print("%5d|%-5d|%05d|%x|%s|%r|%.2f|%5.1f|%%" % (42, 42, 42, 255, "s", "r", 2.345, 9.99))
    print(f"{'nested ' + f'{width + 1}'}", f"{{}}", f"{width=} {value=:.2f}")  # noqa: F541
    print(f"{'a' if width > 3 else 'b'} {[n for n in range(3)]} {len('abc') + 1:03}")


if __name__ == "__main__":
    main()
