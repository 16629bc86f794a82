"""Floats and ints as text: what is read, what is shown, and what is refused."""

from __future__ import annotations


def tried(function, text):
    try:
        return repr(function(text))
    except ValueError as e:
        return f"{type(e).__name__}: {e}"


def main() -> None:
    for text in [
        "1",
        " 2.50 ",
        "1e3",
        "-0.0",
        ".5",
        "5.",
        "1_000.5",
        "inf",
        "-Infinity",
        "nan",
        "",
        "1..2",
        "abc",
        "1e",
        "0x10",
    ]:
        print(repr(text), tried(float, text))
    for text in ["12", " -7\n", "+5", "1_000", "", "1.5", "0b1", "- 3", "12a", "__1"]:
        print(repr(text), tried(int, text))
    print(int("ff", 16), int("0b101", 0), int("z", 36), int("-0o17", 8))
    for x in (0.1, 1e16, 123456789012345680.0, 1e-5, 0.0001, 1 / 3, 2.5e-310, 1e22, 100.0, -0.0):
        print(x, repr(x), f"{x:.3f}", f"{x:g}", f"{x:e}")
    for x in (0.5, 1.5, 2.5, -0.5, 2.675, 1e15 + 0.5):
        print(round(x), round(x, 2), f"{x:.0f}", int(x))
    print(f"{1234567.891:,.2f}|{1234567:_}|{255:#x}|{5:+d}|{-5:05d}|{3.14159:10.3f}|{0.256:.1%}")


if __name__ == "__main__":
    main()
