"""Exceptions: a parser of arithmetic, three calls deep, given text with mistakes in it.

Each level may raise and each call is checked; one expression in eight raises, and the handler
skips to the next.
"""

from __future__ import annotations

from lang import export, noinline, struct, u8, u64, usize, wrapping_add, wrapping_mul

TEXT = (
    b"1+2*3;(4+5)*(6+7);8*(9+1)+(2*(3+4));17*23+42;((((5))));99+(1*2;"
    b"3*4*5*6;12345+67890;(1+1)*(2+2)*(3+3);7;31+41*59;2**6;"
    b"100*(200+300*(400+500));8+7+6+5+4+3+2+1;(9*9)+(8*8)+(7*7);1234567;"
)
PLUS = ord("+")
TIMES = ord("*")
OPEN = ord("(")
CLOSE = ord(")")
SEMICOLON = ord(";")
ZERO = ord("0")
NINE = ord("9")


@struct(pinned=True)
class Reader:
    """A position in TEXT."""

    at: usize

    def peek(self) -> u8:
        """Return the next byte, 0 at the end."""
        return TEXT[self.at] if self.at < len(TEXT) else 0

    def skip_past(self, wanted: u8) -> None:
        while self.at < len(TEXT) and TEXT[self.at] != wanted:
            self.at += 1
        self.at += 1


@export("run")
def run(rounds: u64) -> u64:
    """Evaluate every expression of the text."""
    total = u64(0)
    for _ in range(rounds):
        reader = Reader(0)
        while reader.at < len(TEXT):
            try:
                total = wrapping_add(wrapping_mul(total, 31), statement(reader))
            except ValueError:
                total ^= reader.at
                reader.skip_past(SEMICOLON)
    return total


@noinline
def statement(reader: Reader) -> u64:
    """Evaluate `sum ;`."""
    value = sum_of(reader)
    expect(reader, SEMICOLON)
    return value


@noinline
def sum_of(reader: Reader) -> u64:
    """Evaluate `product { + product }`."""
    value = product_of(reader)
    while reader.peek() == PLUS:
        reader.at += 1
        value = wrapping_add(value, product_of(reader))
    return value


@noinline
def product_of(reader: Reader) -> u64:
    """Evaluate `factor { * factor }`."""
    value = factor(reader)
    while reader.peek() == TIMES:
        reader.at += 1
        value = wrapping_mul(value, factor(reader))
    return value


@noinline
def factor(reader: Reader) -> u64:
    """Evaluate `number` or `( sum )`."""
    if reader.peek() != OPEN:
        return number(reader)
    reader.at += 1
    value = sum_of(reader)
    expect(reader, CLOSE)
    return value


@noinline
def number(reader: Reader) -> u64:
    """Evaluate one digit or more.

    Raises:
        ValueError: the next byte is no digit.
    """
    value = digit(reader)
    while ZERO <= reader.peek() <= NINE:
        value = wrapping_add(wrapping_mul(value, 10), digit(reader))
    return value


@noinline
def digit(reader: Reader) -> u64:
    byte = reader.peek()
    if not ZERO <= byte <= NINE:
        raise ValueError
    reader.at += 1
    return u64(byte - ZERO)


@noinline
def expect(reader: Reader, wanted: u8) -> None:
    if reader.peek() != wanted:
        raise ValueError
    reader.at += 1
