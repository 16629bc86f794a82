"""textwrap, io.StringIO and fractions."""

from __future__ import annotations

import io
import textwrap
from fractions import Fraction

LONG = "The quick brown fox, which is well-known and long-legged, jumps over the lazy dog.  Twice\tin a row.\nAnd incomprehensibilities."
for width in (5, 10, 20, 33, 200):
    print(textwrap.wrap(LONG, width), textwrap.fill(LONG, width))
print(
    textwrap.wrap(""),
    textwrap.wrap("  lead and trail  ", 8),
    textwrap.shorten("hello  world foo", 12),
    textwrap.shorten("a b", 9),
)
print(
    repr(textwrap.dedent("  a\n    b\n\n  c\n")),
    repr(textwrap.indent("a\n\nb\n", "> ")),
    textwrap.wrap("x yy zzz", 4, initial_indent="* "),
)
out = io.StringIO()
out.write("abc\n")
print("x", 1, file=out)
out.writelines(["l1\n", "l2"])
print(repr(out.getvalue()), out.tell())
source = io.StringIO("one\ntwo\n\nlast")
print(repr(source.readline()), source.read(2), [line for line in source], repr(source.read()))
source.seek(0)
print(source.readlines(), source.getvalue() == "one\ntwo\n\nlast")
f = Fraction(1, 3) + Fraction(1, 6)
print(
    f,
    repr(f),
    f * 2,
    f.numerator,
    float(f),
    Fraction("3/4"),
    Fraction(0.5),
    f < 1,
    f == Fraction(1, 2),
    1 - f,
    f / 3,
    f**2,
    -f,
    abs(-f),
)
print(
    sum([Fraction(1, n) for n in range(1, 6)], Fraction(0)),
    Fraction(6, -4),
    Fraction("0.125"),
    Fraction(7, 2) // 1,
    Fraction(7, 2) % 2,
)
print(
    max(Fraction(1, 2), Fraction(2, 3)),
    sorted([Fraction(3, 4), Fraction(1, 2)]),
    int(Fraction(-7, 2)),
    f"{Fraction(1, 2)}",
    2 * f,
    Fraction(3),
)
try:
    print(Fraction(1, 0))
except ZeroDivisionError as error:
    print(error)
