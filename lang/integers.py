"""Integers of a fixed width, as a checked build computes with them.

Each type is a subclass of `int` whose operators keep the type. For an operation on a and b:

    both the same type            the result has that type
    one holds every value of      the result has the wider type (u8 + u32 is u32, u8 + i16 is i16)
        the other
    neither does (u32 + i32)      TypeError: a conversion must be written
    one is a plain int            it is taken for a literal, which takes the other's type

Invariant: a value always lies within its type; whatever would leave it raises OverflowError.

A plain `int` that the other's type cannot hold is an `int` of the program rather than a literal, and
widens the result to `int` where that loses nothing. Comparisons compare the values, whatever the
types, as `int` itself does.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, ClassVar, Self, TypeVar

Number = TypeVar("Number", bound=int)


class FixedInt(int):
    """What the fixed-width types share; `bits`, `signed`, `minimum` and `maximum` describe one."""

    __slots__ = ()

    bits: ClassVar[int]
    signed: ClassVar[bool]
    minimum: ClassVar[int]
    maximum: ClassVar[int]

    def __init_subclass__(cls, bits: int, signed: bool) -> None:
        cls.bits = bits
        cls.signed = signed
        cls.minimum = -(1 << bits - 1) if signed else 0
        cls.maximum = (1 << bits - 1) - 1 if signed else (1 << bits) - 1

    def __new__(cls, value: Any = 0) -> Self:
        """Convert an integer (or truncate a float toward zero).

        Raises:
            OverflowError: the value lies outside the type.
        """
        if isinstance(value, str | bytes):
            raise TypeError(f"{cls.__name__}() takes a number; parse text with int()")
        number = int.__new__(cls, value)
        if not cls.minimum <= number <= cls.maximum:
            raise OverflowError(f"{int(number)} does not fit {cls.__name__}")
        return number

    def __reduce__(self) -> tuple[type, tuple[int]]:
        return type(self), (int(self),)

    def __add__(self, other: Any) -> Any:
        return _combine(operator.add, self, other)

    def __radd__(self, other: Any) -> Any:
        return _combine(operator.add, other, self)

    def __sub__(self, other: Any) -> Any:
        return _combine(operator.sub, self, other)

    def __rsub__(self, other: Any) -> Any:
        return _combine(operator.sub, other, self)

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, int):
            return _combine(operator.mul, self, other)
        return int(self) * other  # repetition of a sequence

    def __rmul__(self, other: Any) -> Any:
        return self.__mul__(other)

    def __floordiv__(self, other: Any) -> Any:
        return _combine(operator.floordiv, self, other)

    def __rfloordiv__(self, other: Any) -> Any:
        return _combine(operator.floordiv, other, self)

    def __mod__(self, other: Any) -> Any:
        return _combine(operator.mod, self, other)

    def __rmod__(self, other: Any) -> Any:
        return _combine(operator.mod, other, self)

    def __divmod__(self, other: Any) -> Any:
        return self // other, self % other

    def __rdivmod__(self, other: Any) -> Any:
        return other // self, other % self

    def __pow__(self, exponent: Any, modulus: Any = None) -> Any:
        if modulus is not None:
            raise TypeError("pow() of a fixed-width integer takes no modulus")
        if exponent < 0:
            raise ValueError("a fixed-width integer has no negative powers")
        return type(self)(int(self) ** int(exponent))

    def __rpow__(self, base: Any, modulus: Any = None) -> Any:
        return pow(base, int(self), modulus)

    def __truediv__(self, other: Any) -> Any:
        if isinstance(other, float):
            return float(self) / other
        raise TypeError("'/' divides floats; write '//' to divide integers")

    def __rtruediv__(self, other: Any) -> Any:
        if isinstance(other, float):
            return other / float(self)
        raise TypeError("'/' divides floats; write '//' to divide integers")

    def __and__(self, other: Any) -> Any:
        return _combine(operator.and_, self, other)

    def __rand__(self, other: Any) -> Any:
        return _combine(operator.and_, other, self)

    def __or__(self, other: Any) -> Any:
        return _combine(operator.or_, self, other)

    def __ror__(self, other: Any) -> Any:
        return _combine(operator.or_, other, self)

    def __xor__(self, other: Any) -> Any:
        return _combine(operator.xor, self, other)

    def __rxor__(self, other: Any) -> Any:
        return _combine(operator.xor, other, self)

    def __lshift__(self, amount: Any) -> Any:
        return type(self)(int(self) << _shift_amount(self, amount))

    def __rlshift__(self, value: Any) -> Any:
        return value << int(self)

    def __rshift__(self, amount: Any) -> Any:
        return type(self)(int(self) >> _shift_amount(self, amount))

    def __rrshift__(self, value: Any) -> Any:
        return value >> int(self)

    def __invert__(self) -> Any:
        return type(self)(~int(self) if self.signed else self.maximum ^ int(self))

    def __neg__(self) -> Any:
        return type(self)(-int(self))

    def __pos__(self) -> Any:
        return self

    def __abs__(self) -> Any:
        return type(self)(abs(int(self)))


class u8(FixedInt, bits=8, signed=False):
    """An unsigned integer of 8 bits."""

    __slots__ = ()


class u16(FixedInt, bits=16, signed=False):
    """An unsigned integer of 16 bits."""

    __slots__ = ()


class u32(FixedInt, bits=32, signed=False):
    """An unsigned integer of 32 bits."""

    __slots__ = ()


class u64(FixedInt, bits=64, signed=False):
    """An unsigned integer of 64 bits."""

    __slots__ = ()


class u128(FixedInt, bits=128, signed=False):
    """An unsigned integer of 128 bits."""

    __slots__ = ()


class i8(FixedInt, bits=8, signed=True):
    """A signed integer of 8 bits."""

    __slots__ = ()


class i16(FixedInt, bits=16, signed=True):
    """A signed integer of 16 bits."""

    __slots__ = ()


class i32(FixedInt, bits=32, signed=True):
    """A signed integer of 32 bits."""

    __slots__ = ()


class i64(FixedInt, bits=64, signed=True):
    """A signed integer of 64 bits."""

    __slots__ = ()


class i128(FixedInt, bits=128, signed=True):
    """A signed integer of 128 bits."""

    __slots__ = ()


usize = u64
isize = i64


def truncate(target: type[Number], value: int) -> Number:
    """Return the low bits of `value` as a `target`."""
    bits = target.bits
    low = int(value) & ((1 << bits) - 1)
    if target.signed and low >> (bits - 1):
        low -= 1 << bits
    return target(low)


def wrapping_add(a: Number, b: int) -> Number:
    """Add modulo two to the width."""
    return truncate(common_type(a, b), int(a) + int(b))


def wrapping_sub(a: Number, b: int) -> Number:
    """Subtract modulo two to the width."""
    return truncate(common_type(a, b), int(a) - int(b))


def wrapping_mul(a: Number, b: int) -> Number:
    """Multiply modulo two to the width."""
    return truncate(common_type(a, b), int(a) * int(b))


def wrapping_neg(a: Number) -> Number:
    """Negate modulo two to the width."""
    return truncate(_fixed_type(a), -int(a))


def wrapping_shl(a: Number, amount: int) -> Number:
    """Shift left and discard the bits that leave the width, which `amount` must not reach."""
    return truncate(_fixed_type(a), int(a) << _shift_amount(a, amount))


def rotate_left(x: Number, amount: int) -> Number:
    """Rotate the bits of `x` toward the high end by `amount` modulo the width."""
    kind = _fixed_type(x)
    amount = int(amount) % kind.bits
    pattern = int(x) & ((1 << kind.bits) - 1)
    return truncate(kind, pattern << amount | pattern >> (kind.bits - amount))


def rotate_right(x: Number, amount: int) -> Number:
    """Rotate the bits of `x` toward the low end by `amount` modulo the width."""
    return rotate_left(x, -int(amount))


def leading_zeros(x: int) -> u32:
    """Count the zero bits above the highest one; the width if there is none."""
    kind = _fixed_type(x)
    return u32(kind.bits - (int(x) & ((1 << kind.bits) - 1)).bit_length())


def trailing_zeros(x: int) -> u32:
    """Count the zero bits below the lowest one; the width if there is none."""
    kind = _fixed_type(x)
    return u32((int(x) & -int(x)).bit_length() - 1 if x else kind.bits)


def popcount(x: int) -> u32:
    """Count the one bits."""
    kind = _fixed_type(x)
    return u32((int(x) & ((1 << kind.bits) - 1)).bit_count())


def byte_swap(x: Number) -> Number:
    """Reverse the order of the bytes."""
    kind = _fixed_type(x)
    size = kind.bits // 8
    low_first = int(x).to_bytes(size, "little", signed=kind.signed)
    return kind.from_bytes(low_first, "big", signed=kind.signed)


def common_type(a: int, b: int) -> type[FixedInt]:
    """Return the one of the operands' types that holds every value of both.

    Raises:
        TypeError: neither does, or no operand has a fixed width.
        OverflowError: one is a plain int that the other's type cannot hold.
    """
    if not isinstance(a, FixedInt):
        kind = _fixed_type(b)
        kind(a)
        return kind
    if not isinstance(b, FixedInt):
        type(a)(b)
        return type(a)
    for one, other in ((type(a), type(b)), (type(b), type(a))):
        if one.minimum <= other.minimum and other.maximum <= one.maximum:
            return one
    raise TypeError(
        f"no value of {type(a).__name__} and {type(b).__name__} may be lost; convert one of them"
    )


def _fixed_type(x: int) -> type[FixedInt]:
    if not isinstance(x, FixedInt):
        raise TypeError(f"{x!r} has no width; write u64({x!r}) or the width that you mean")
    return type(x)


def _combine(operation: Callable[[int, int], int], a: Any, b: Any) -> Any:
    """Apply `operation` in the type that the two operands have in common."""
    if not isinstance(a, int) or not isinstance(b, int):
        return NotImplemented
    result = operation(int(a), int(b))
    if type(a) is type(b):
        return type(a)(result)
    if isinstance(a, FixedInt) and isinstance(b, FixedInt):
        return common_type(a, b)(result)
    fixed, plain = (a, b) if isinstance(a, FixedInt) else (b, a)
    kind = type(fixed)
    is_mask = operation in _BITWISE and kind.minimum <= result <= kind.maximum
    if is_mask or kind.minimum <= int(plain) <= kind.maximum:
        return kind(result)
    if operation in _BITWISE or i64.minimum <= kind.minimum and kind.maximum <= i64.maximum:
        return result
    raise OverflowError(f"{int(plain)} does not fit {kind.__name__}; convert one of the operands")


_BITWISE = (operator.and_, operator.or_, operator.xor)  # x & ~0xFFF: the mask is negative


def _shift_amount(value: FixedInt, amount: int) -> int:
    if amount < 0:
        raise ValueError("negative shift count")
    if amount >= value.bits:
        raise ValueError(f"shift of a {type(value).__name__} by {int(amount)} bits")
    return int(amount)
