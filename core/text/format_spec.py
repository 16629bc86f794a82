"""Format specifications: what stands after the colon in f"{x:>+#08_x}".

    [[fill]align][sign][#][0][width][grouping][.precision][type]

Specifications are constants, so they are parsed while compiling, and refused there for what Python
would refuse at run time. `parse_number_spec`,
`parse_float_spec` and `parse_text_spec` make the struct that a writer in `core.text.format` obeys.

Source: Python Library Reference, "Format Specification Mini-Language".
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from lang import comptime, i32, over, struct, u8, u32

MAX_WIDTH: Final = 0x7FFF_FFFF
MAX_PRECISION: Final = 100  # of floats, whose digits have a place of that size


@over(u8)
class Align(IntEnum):
    """Where the text goes in a field that is wider."""

    DEFAULT = 0
    LEFT = ord("<")
    RIGHT = ord(">")
    CENTRE = ord("^")
    INSIDE = ord("=")  # padding between the sign and the digits
    ZEROS = ord("0")  # a bare `0` before the width: INSIDE for numbers, LEFT for text


@over(u8)
class Kind(IntEnum):
    """The presentation type."""

    DEFAULT = 0
    BINARY = ord("b")
    CHARACTER = ord("c")
    DECIMAL = ord("d")
    OCTAL = ord("o")
    TEXT = ord("s")
    HEX = ord("x")
    UPPER_HEX = ord("X")
    FIXED = ord("f")
    UPPER_FIXED = ord("F")
    EXPONENT = ord("e")
    UPPER_EXPONENT = ord("E")
    GENERAL = ord("g")
    UPPER_GENERAL = ord("G")
    PERCENT = ord("%")


@struct
class FormatSpec:
    """One specification. `sign` and `grouping` are ASCII codes, 0 where they are left out."""

    fill: u32 = 0x20  # a code point
    width: u32  # code points
    precision: i32 = -1  # code points of text; -1 for all
    align: Align = Align.DEFAULT
    sign: u8  # + - space
    grouping: u8  # _ or ,
    kind: Kind = Kind.DEFAULT
    is_alternate: bool  # '#': a prefix that names the base; of floats, all zeros and the point


@comptime
def parse_number_spec(text: str) -> FormatSpec:
    """Return the specification of an integer.

    Raises:
        ValueError: Python refuses it, or it asks for a float.
    """
    spec, code = _parse(text)
    if code not in "bcdnoxX":
        raise ValueError(f"Unknown format code {code!r} for an integer")
    if spec.precision >= 0:
        raise ValueError("Precision not allowed in integer format specifier")
    if code == "c" and (spec.sign or spec.is_alternate):
        raise ValueError("Sign and alternate form (#) not allowed with 'c'")
    if spec.grouping and (
        code in ("c", "n") or spec.grouping == ord(",") and code not in ("d", "")
    ):
        raise ValueError(f"Cannot specify {chr(spec.grouping)!r} with {code!r}.")
    spec.kind = Kind(ord(code)) if code not in ("", "n") else Kind.DEFAULT
    return spec


@comptime
def parse_float_spec(text: str) -> FormatSpec:
    """Return the specification of a float.

    Raises:
        ValueError: Python refuses it, or it asks for more digits than are written here.
    """
    spec, code = _parse(text)
    if code not in "eEfFgG%":
        raise ValueError(f"Unknown format code {code!r} for a float")
    if spec.precision > MAX_PRECISION:
        raise ValueError(f"at most {MAX_PRECISION} digits behind the point")
    spec.kind = Kind(ord(code)) if code else Kind.DEFAULT
    return spec


@comptime
def parse_text_spec(text: str) -> FormatSpec:
    """Return the specification of a text.

    Raises:
        ValueError: Python refuses it.
    """
    spec, code = _parse(text)
    if code not in ("", "s"):
        raise ValueError(f"Unknown format code {code!r} for text")
    if spec.sign or spec.is_alternate or spec.align == Align.INSIDE:
        raise ValueError("Sign, alternate form (#) and '=' not allowed in text format specifier")
    if spec.grouping:
        raise ValueError(f"Cannot specify {chr(spec.grouping)!r} with 's'.")
    spec.kind = Kind.TEXT
    return spec


@comptime
def _parse(text: str) -> tuple[FormatSpec, str]:
    """Return the specification without its type, and the type."""
    spec = FormatSpec()
    rest = text
    has_fill = rest[1:2] in ("<", ">", "=", "^")
    if has_fill:
        spec.fill, rest = ord(rest[0]), rest[1:]
    if rest[:1] in ("<", ">", "=", "^"):
        spec.align, rest = Align(ord(rest[0])), rest[1:]
    if rest[:1] in ("+", "-", " "):
        spec.sign, rest = ord(rest[0]), rest[1:]
    if rest.startswith("#"):
        spec.is_alternate, rest = True, rest[1:]
    if rest.startswith("0") and not has_fill:
        rest = rest[1:]
        spec.fill = ord("0")
        spec.align = spec.align or Align.ZEROS

    digits, rest = _take_digits(rest)
    spec.width = _number(digits)
    while rest[:1] in ("_", ","):
        if spec.grouping:
            raise ValueError("Cannot specify both ',' and '_', or one of them twice.")
        spec.grouping, rest = ord(rest[0]), rest[1:]
    if rest.startswith("."):
        digits, rest = _take_digits(rest[1:])
        if not digits:
            raise ValueError("Format specifier missing precision")
        spec.precision = _number(digits)
    if len(rest) > 1:
        raise ValueError("Invalid format specifier")
    return spec, rest


@comptime
def _take_digits(text: str) -> tuple[str, str]:
    """Split leading decimal digits off."""
    rest = text.lstrip("0123456789")
    return text[: len(text) - len(rest)], rest


@comptime
def _number(digits: str) -> int:
    number = int(digits or "0")
    if number > MAX_WIDTH:
        raise ValueError("Too many decimal digits in format string")
    return number
