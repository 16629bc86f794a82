"""The kinds of failed checks: their numbers, messages and exceptions.

A Check in the IR names its kind. Where failed checks trap, the number and up to two values reach
`__pw_trap`, and whoever reports the trap (a panic, a native test) words it by `message`. Where they
raise, the check becomes a branch that raises `exception`.

Numbers are part of the interface between images and reporters: add at the end.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Self


class TrapKind(IntEnum):
    """A kind of failed check. `message` may refer to the values as {a} and {b}, as i64, or as {text}
    to the {b} bytes of UTF-8 at the address {a}."""

    message: str
    exception: str

    def __new__(cls, number: int, exception: str, message: str) -> Self:
        kind = int.__new__(cls, number)
        kind._value_ = number
        kind.exception = exception
        kind.message = message
        return kind

    ASSERT = 1, "AssertionError", "assertion failed"
    BOUNDS = 2, "IndexError", "index {a} is out of range for length {b}"
    OVERFLOW = 3, "OverflowError", "the result does not fit its type"
    CONVERSION = 4, "OverflowError", "{a} does not fit the type it is converted to"
    DIVISION = 5, "ZeroDivisionError", "division by zero"
    SHIFT = 6, "ValueError", "a shift by {a} in a type of {b} bits"
    NULL = 7, "ValueError", "a Ptr cannot hold the address 0"
    LENGTH = 8, "ValueError", "lengths differ: {a} and {b}"
    MEMBER = 9, "ValueError", "{a} is not a member of the enumeration"
    BUFFER = 10, "BufferError", "the container was resized while a view of it is alive"
    UNREACHABLE = 11, "AssertionError", "unreachable code was reached"
    UNCAUGHT = 12, "RuntimeError", "an exception left code that must not raise"
    FREED = 13, "RuntimeError", "an object was used after it was freed"
    STACK = 14, "RecursionError", "the stack is used up"
    ADDRESS = 15, "RuntimeError", "access to an address that holds nothing: {a:#x}"
    NONE = 16, "TypeError", "the value is None"
    STEP = 17, "ValueError", "the step of a range is 0"
    POWER = 18, "ValueError", "an integer to the power {a} is no integer"
    CLOSED = 19, "RuntimeError", "a generator that was being closed went on to another yield"
    EXPECTATION = 20, "AssertionError", "{text}"
