"""Operators on integers, within the bits that integers have.

Source: ACPI 6.5, section 19.6; tables 19.16 and 19.17.
"""

from __future__ import annotations

from lang import (
    leading_zeros,
    no_raise,
    trailing_zeros,
    u16,
    u64,
    wrapping_add,
    wrapping_mul,
    wrapping_shl,
    wrapping_sub,
)
from modules.acpi.aml.errors import BadOpcode, DividedByZero, OutOfRange
from modules.acpi.aml.opcodes import Op


def binary(opcode: u16, left: u64, right: u64) -> u64:
    """Return what an operator of two operands gives, with bits beyond those of integers."""
    match opcode:
        case Op.ADD:
            return wrapping_add(left, right)
        case Op.SUBTRACT:
            return wrapping_sub(left, right)
        case Op.MULTIPLY:
            return wrapping_mul(left, right)
        case Op.SHIFT_LEFT:
            return wrapping_shl(left, right) if right < 64 else 0
        case Op.SHIFT_RIGHT:
            return left >> right if right < 64 else 0
        case Op.AND:
            return left & right
        case Op.NAND:
            return ~(left & right)
        case Op.OR:
            return left | right
        case Op.NOR:
            return ~(left | right)
        case Op.XOR:
            return left ^ right
        case Op.MOD:
            if right == 0:
                raise DividedByZero
            return left % right
        case _:
            raise BadOpcode


def unary(opcode: u16, value: u64, mask: u64) -> u64:
    """Return what an operator of one operand gives."""
    match opcode:
        case Op.NOT:
            return ~value
        case Op.FIND_SET_LEFT_BIT:
            return 0 if value == 0 else u64(64) - leading_zeros(value)
        case Op.FIND_SET_RIGHT_BIT:
            return 0 if value == 0 else u64(1) + trailing_zeros(value)
        case Op.TO_BCD:
            return to_bcd(value, mask)
        case Op.FROM_BCD:
            return from_bcd(value)
        case _:
            raise BadOpcode


def to_bcd(value: u64, mask: u64) -> u64:
    """Return a number with its decimal digits as hexadecimal ones.

    Raises:
        OutOfRange: it has too many.
    """
    result: u64 = 0
    rest = value
    place: u64 = 0
    while rest > 0:
        if place >= 64:
            raise OutOfRange
        result |= wrapping_shl(rest % 10, place)
        rest //= 10
        place += 4
    if result & ~mask != 0:
        raise OutOfRange
    return result


def from_bcd(value: u64) -> u64:
    """Return a number whose hexadecimal digits are decimal ones.

    Raises:
        OutOfRange: a digit is none.
    """
    result: u64 = 0
    for place in range(u64(0), u64(64), u64(4)):
        digit = value >> (60 - place) & 15
        if digit > 9:
            raise OutOfRange
        result = result * 10 + digit
    return result


@no_raise
def truth(value: bool) -> u64:
    """Return what a comparison gives: all bits, or none."""
    return 0xFFFF_FFFF_FFFF_FFFF if value else 0
