"""Which texts are ints, in which base, and what is said of the others."""

from __future__ import annotations


def tried(text: str, base: int = 10) -> None:
    try:
        print(repr(text), base, int(text, base))
    except ValueError as error:
        print(error)


def main() -> None:
    for text in (
        "12",
        " 12\n",
        "-7",
        "+7",
        "0012",
        "1_000",
        "",
        " ",
        "1 2",
        "1__0",
        "_1",
        "1_",
        "0x10",
        "1.0",
        "--1",
    ):
        tried(text)
    for text, base in (
        ("ff", 16),
        ("0xFF", 16),
        ("0b101", 2),
        ("777", 8),
        ("0o17", 8),
        ("zz", 36),
        ("12", 2),
        ("0x10", 0),
        ("0b11", 0),
        ("10", 0),
        ("010", 0),
    ):
        tried(text, base)
    print(
        hex(255),
        hex(-255),
        oct(8),
        bin(10),
        bin(-5),
        f"{255:x} {255:X} {255:#x} {255:08b} {255:#o}",
    )
    print(f"{42:5d}|{42:<5}|{42:^5}|{42:05}|{-42:05}|{42:+d}|{1234567:_}|{1000:,}")
    print(str(-0), repr(10**18), 9223372036854775807, -9223372036854775808)
    try:
        print(9223372036854775807 + int("1") * 0)
        print(int("9223372036854775807"))
    except OverflowError:
        print("too large")
    print(int(True), True + True, sum([True, False, True]), int("1") if "1".isdigit() else 0)
    print((255).bit_length(), (0).bit_length(), (-1).bit_length(), (10).bit_count())


if __name__ == "__main__":
    main()
