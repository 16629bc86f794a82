"""Failed checks, in words: what a world prints before it stops.

The compiler calls the world's `__pw_trap` with the kind of the check (`compiler/trap.py` numbers
them), where it stands, and up to two values. `describe` words it as Python words the exception, and
`report` adds the place:

    kernel/mem/bitmap.py:42 in Bitmap.set: IndexError: index 9 is out of range for length 8
"""

from __future__ import annotations

from core.text import format
from core.text.buffer import TextBuffer
from lang import (
    Ptr,
    Slice,
    bit_cast,
    i64,
    irq_safe,
    no_raise,
    struct,
    u8,
    u32,
    u64,
    usize,
)


@struct
class Location:
    """A place in the source, as the compiler leaves it in the image. Texts end with a 0."""

    file: Ptr[u8]
    function: Ptr[u8]
    line: u32
    column: u32


@irq_safe
@no_raise
def report(out: TextBuffer, kind: u32, location: Ptr[Location], a: i64, b: i64) -> None:
    """Write where a check failed, and why."""
    out.write(text_at(location.file))
    out.write(b":")
    format.write_u64(out, location.line)
    out.write(b" in ")
    out.write(text_at(location.function))
    out.write(b": ")
    describe(out, kind, a, b)


@irq_safe
@no_raise
def describe(out: TextBuffer, kind: u32, a: i64, b: i64) -> None:
    """Write the exception that Python would raise, with its message."""
    match kind:
        case 1:
            out.write(b"AssertionError: assertion failed")
        case 2:
            _with_two(out, b"IndexError: index ", a, b" is out of range for length ", b)
        case 3:
            out.write(b"OverflowError: the result does not fit its type")
        case 4:
            out.write(b"OverflowError: ")
            format.write_i64(out, a)
            out.write(b" does not fit the type it is converted to")
        case 5:
            out.write(b"ZeroDivisionError: division by zero")
        case 6:
            _with_two(out, b"ValueError: a shift by ", a, b" in a type of ", b)
            out.write(b" bits")
        case 7:
            out.write(b"ValueError: a Ptr cannot hold the address 0")
        case 8:
            _with_two(out, b"ValueError: lengths differ: ", a, b" and ", b)
        case 9:
            out.write(b"ValueError: ")
            format.write_i64(out, a)
            out.write(b" is not a member of the enumeration")
        case 10:
            out.write(b"BufferError: the container was resized while a view of it is alive")
        case 11:
            out.write(b"AssertionError: unreachable code was reached")
        case 12:
            out.write(b"RuntimeError: an exception left code that must not raise")
        case 13:
            out.write(b"RuntimeError: an object was used after it was freed")
        case 14:
            out.write(b"RecursionError: the stack is used up")
        case 15:
            out.write(b"RuntimeError: access to an address that holds nothing: ")
            format.write_address(out, bit_cast(u64, a))
        case 16:
            out.write(b"TypeError: the value is None")
        case 17:
            out.write(b"ValueError: the step of a range is 0")
        case 18:
            out.write(b"ValueError: an integer to the power ")
            format.write_i64(out, a)
            out.write(b" is no integer")
        case 19:
            out.write(b"RuntimeError: a generator that was being closed went on to another yield")
        case 20:
            out.write(b"AssertionError: ")
            out.write(Slice[u8](Ptr[u8](bit_cast(u64, a)), bit_cast(u64, b)))
        case _:
            out.write(b"a check failed, of kind ")
            format.write_u64(out, kind)


@irq_safe
@no_raise
def write_place(out: TextBuffer, location: Ptr[Location]) -> None:
    """Write a line of a traceback as Python words it."""
    out.write(b'  File "')
    out.write(text_at(location.file))
    out.write(b'", line ')
    format.write_u64(out, location.line)
    out.write(b", in ")
    out.write(text_at(location.function))
    out.write(b"\n")


@irq_safe
@no_raise
def text_at(start: Ptr[u8]) -> Slice[u8]:
    """Return the text that ends before the first 0."""
    length: usize = 0
    while start[length] != 0:
        length += 1
    return Slice[u8](start, length)


def _with_two(out: TextBuffer, before: Slice[u8], a: i64, between: Slice[u8], b: i64) -> None:
    out.write(before)
    format.write_i64(out, a)
    out.write(between)
    format.write_i64(out, b)
