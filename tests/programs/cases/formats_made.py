"""Format specifications that are made while the program runs, and all kinds of them."""

from __future__ import annotations

ROW = "{:<10}|{:>6.2f}|{:{}}"
PAIR = "%s=%d"
SPECS = """ q d .3 é>9 ,.2f 015,.2f #x x + > % 10s =8 ,_ . qq c +c .2% _ ,x n #.3g #.0f __ é^+12.1f 08 <08 =+9d"""


class Shown:
    def __format__(self, spec: str) -> str:
        return f"<{spec}>"


def cell(value: float, width: int) -> str:
    return f"{value:>{width}.1f}"


def try_all(n: int, x: float, s: str) -> None:
    for spec in SPECS.split(" "):
        for kind in range(4):
            try:
                match kind:
                    case 0:
                        print(spec, f"{n:{spec}}")
                    case 1:
                        print(spec, f"{x:{spec}}")
                    case 2:
                        print(spec, format(-x, spec))
                    case _:
                        print(spec, f"{s:{spec}}")
            except ValueError as error:
                print(error)


def main() -> None:
    n, x, s = 5, 1234.5, "héllo"
    w, p = 12, 3
    print(f"{n:.2f} {n:e} {n:%} {True:.1f} {n:8.1f}|{n:g}")
    print(
        f"{x:{w}.{p}f}|{n:0{w}}|{s:{'*'}^{w}}|{s:>{w}.{p}}|{n:{w},}|{True:{w}}|{s!r:>{w}}|{s!r:>10}|{n!s:<5}|"
    )
    try_all(n, x, s)
    print(f"{Shown():abc}|{Shown()}|{Shown():{s}}")
    print(f"{x:.3} {3.0:.3} {1e20:.3} {x:.6} {100.0:.3} {0.0:.3} {1e-5:.2} {123456.0:,.5}")
    print(f"{x:012,.2f} {-x:012,.1f} {x:#.3g} {x:#.0f} {1e6:015,}")
    print(ROW.format("a", 2.5, "x", 5), PAIR % ("a", 1), cell(2.25, 9))
    pair = (1, "x")
    found = {"a": 1, "b": 2}
    print(
        "%d-%s" % pair, "%(name)s is %(age)d%%" % {"name": "Bob", "age": 3}, "%(b)d %(a)d" % found
    )
    print("{a:>{w}}".format(a=1, w=4), format("x", ">" + "5"), format(3.5, "08.2f"))
