"""Format specifications that are made while a program runs: f"{x:{width}}", format(x, specification).

Errors and their messages are CPython's.

Source: Python Library Reference, "Format Specification Mini-Language"; CPython 3.11,
Python/formatter_unicode.c.
"""

from __future__ import annotations

from core.containers.text import from_bytes
from core.text import floats, format, utf8
from core.text.buffer import TextBuffer
from core.text.format_spec import MAX_PRECISION, MAX_WIDTH, Align, FormatSpec, Kind
from lang import Slice, bit_cast, i32, u8, u32, u64

NOTHING = u8(0)


def format_int(out: TextBuffer, value: int, text: Slice[u8]) -> None:
    """Write an integer, as a float where the specification has a letter of floats.

    Raises:
        ValueError: Python refuses the specification.
    """
    spec = FormatSpec()
    code = read(text, spec, b"int")
    if code == NOTHING or is_one_of(code, b"bcdnoxX"):
        check_int(spec, code)
        if code == ord("c"):
            format.format_character(out, format.code_point(value), spec)
            return
        spec.kind = Kind.DEFAULT if code == ord("n") else Kind(code)
        format.format_i64(out, value, spec)
    elif is_one_of(code, b"eEfFgG%"):
        write_float(out, float(value), spec, code)
    else:
        raise ValueError(f"Unknown format code {letter(code)} for object of type 'int'")


def format_float(out: TextBuffer, value: float, text: Slice[u8]) -> None:
    """Write a float.

    Raises:
        ValueError: Python refuses the specification.
    """
    spec = FormatSpec()
    code = read(text, spec, b"float")
    if code != NOTHING and not is_one_of(code, b"eEfFgGn%"):
        raise ValueError(f"Unknown format code {letter(code)} for object of type 'float'")
    write_float(out, value, spec, u8(ord("g")) if code == ord("n") else code)


def format_text(out: TextBuffer, value: Slice[u8], text: Slice[u8]) -> None:
    """Write text.

    Raises:
        ValueError: Python refuses the specification.
    """
    spec = FormatSpec()
    code = read(text, spec, b"str")
    if code != NOTHING and code != ord("s"):
        raise ValueError(f"Unknown format code {letter(code)} for object of type 'str'")
    if spec.sign != 0:
        raise ValueError("Sign not allowed in string format specifier")
    if spec.is_alternate:
        raise ValueError("Alternate form (#) not allowed in string format specifier")
    if spec.align == Align.INSIDE:
        raise ValueError("'=' alignment not allowed in string format specifier")
    check_grouping(spec, u8(ord("s")))
    spec.kind = Kind.TEXT
    format.format_text(out, value, spec)


def write_float(out: TextBuffer, value: float, spec: FormatSpec, code: u8) -> None:
    if spec.precision > MAX_PRECISION:
        raise ValueError(f"at most {MAX_PRECISION} digits behind the point")
    spec.kind = Kind(code)
    shown = value * 100.0 if code == ord("%") else value
    floats.format_float(out, bit_cast(u64, shown), spec)


def check_int(spec: FormatSpec, code: u8) -> None:
    """Raise what Python has against a specification of an integer."""
    if spec.precision >= 0:
        raise ValueError("Precision not allowed in integer format specifier")
    if code == ord("c"):
        if spec.sign != 0:
            raise ValueError("Sign not allowed with integer format specifier 'c'")
        if spec.is_alternate:
            raise ValueError("Alternate form (#) not allowed with integer format specifier 'c'")


def check_grouping(spec: FormatSpec, code: u8) -> None:
    """Raise if numbers with this letter are not grouped so."""
    if spec.grouping == 0 or code == NOTHING or is_one_of(code, b"deEfFgG%"):
        return
    if spec.grouping == ord(",") or not is_one_of(code, b"boxX"):
        raise ValueError(f"Cannot specify {letter(spec.grouping)} with {letter(code)}.")


def letter(code: u8) -> str:
    """Return the repr of an ASCII character."""
    return f"'{chr(int(code))}'"


def read(text: Slice[u8], spec: FormatSpec, type: Slice[u8]) -> u8:
    """Read a specification, of a value whose type has this name; return the letter at its end, 0
    without one."""
    rest = text
    size = utf8.sequence_size(rest) if len(rest) > 0 else u64(0)
    has_fill = size < len(rest) and is_one_of(rest[size], b"<>=^")
    if has_fill:
        spec.fill, _ = utf8.decode(rest)
        rest = rest[size:]
    if starts(rest, b"<>=^"):
        spec.align = Align(rest[0])
        rest = rest[1:]
    if starts(rest, b"+- "):
        spec.sign = rest[0]
        rest = rest[1:]
    if starts(rest, b"#"):
        spec.is_alternate = True
        rest = rest[1:]
    if starts(rest, b"0") and not has_fill:
        rest = rest[1:]
        spec.fill = u32(ord("0"))
        if spec.align == Align.DEFAULT:
            spec.align = Align.ZEROS

    count = digit_count(rest)
    spec.width = u32(number(rest[:count]))
    rest = rest[count:]
    while starts(rest, b"_,"):
        if spec.grouping != 0:
            is_twice = spec.grouping == rest[0]
            same = letter(rest[0])
            both = "Cannot specify both ',' and '_'."
            raise ValueError(f"Cannot specify {same} with {same}." if is_twice else both)
        spec.grouping = rest[0]
        rest = rest[1:]
    if starts(rest, b"."):
        rest = rest[1:]
        count = digit_count(rest)
        if count == 0:
            raise ValueError("Format specifier missing precision")
        spec.precision = i32(number(rest[:count]))
        rest = rest[count:]
    if len(rest) > 1:
        raise ValueError(
            f"Invalid format specifier '{from_bytes(text)}' for object of type '{from_bytes(type)}'"
        )
    code = rest[0] if len(rest) == 1 else NOTHING
    check_grouping(spec, code)
    return code


def starts(text: Slice[u8], with_one_of: Slice[u8]) -> bool:
    return len(text) > 0 and is_one_of(text[0], with_one_of)


def is_one_of(byte: u8, some: Slice[u8]) -> bool:
    for each in some:
        if each == byte:
            return True
    return False


def digit_count(text: Slice[u8]) -> u64:
    """Return how many decimal digits stand first."""
    count: u64 = 0
    while count < len(text) and ord("0") <= text[count] <= ord("9"):
        count += 1
    return count


def number(digits: Slice[u8]) -> u64:
    result: u64 = 0
    for digit in digits:
        result = result * 10 + (digit - ord("0"))
        if result > MAX_WIDTH:
            raise ValueError("Too many decimal digits in format string")
    return result
