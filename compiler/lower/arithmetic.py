"""Arithmetic: what the operators on numbers become, and which of their failures are looked for.

    CHECKED    `int`: fails in every build          WRAPPING   never fails
    FIXED      fails in checked builds              PROVEN     cannot fail, which LLVM is told

Whatever the arithmetic, a divisor of 0 and a shift by the width or more fail, since the machine has
no answer for them. `//` and `%` round toward minus infinity: the machine's quotient rounds toward
zero, so it is one too high where the remainder is not 0 and has another sign than the divisor.

Integers of different types compare by value: where one is signed and the other is not, and no
width holds both, the sign is tested by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import tree
from compiler.ir import I1, I64, Constant, Op, Predicate, Value
from compiler.lower import rotations
from compiler.lower.function import statement_of, value_of
from compiler.lower.memory import load_place, store_place
from compiler.lower.representation import integer_of, machine_type
from compiler.source import CompileError
from compiler.tree import Arithmetic, BinaryOperator, UnaryOperator
from compiler.types import BOOL, FloatType, IntType, Type, is_enum

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering

_OPS = {
    BinaryOperator.ADD: Op.ADD,
    BinaryOperator.SUBTRACT: Op.SUB,
    BinaryOperator.MULTIPLY: Op.MUL,
    BinaryOperator.AND: Op.AND,
    BinaryOperator.OR: Op.OR,
    BinaryOperator.XOR: Op.XOR,
}
_OVERFLOWING = (BinaryOperator.ADD, BinaryOperator.SUBTRACT, BinaryOperator.MULTIPLY)
_FLOAT_OPS = {
    BinaryOperator.ADD: Op.FADD,
    BinaryOperator.SUBTRACT: Op.FSUB,
    BinaryOperator.MULTIPLY: Op.FMUL,
    BinaryOperator.DIVIDE: Op.FDIV,
}


@value_of(tree.Binary)
def lower_binary(f: FunctionLowering, node: tree.Binary) -> Value:
    rotation = rotations.rotation_of(f, node)
    if rotation is not None:
        return rotations.lower(f, rotation, lambda: _by_parts(f, node))
    return _by_parts(f, node)


def _by_parts(f: FunctionLowering, node: tree.Binary) -> Value:
    left = f.value(node.left)
    right = f.value(node.right)
    return combine(f, node.operator, node.type, left, right, node.right.type, node.arithmetic)


@value_of(tree.Unary)
def lower_unary(f: FunctionLowering, node: tree.Unary) -> Value:
    operand = f.value(node.operand)
    match node.operator:
        case UnaryOperator.NOT:
            return f.negate(operand)
        case UnaryOperator.INVERT:
            ones = Constant(operand.type, -1 if operand.type is not I1 else 1)
            return f.binary(Op.XOR, operand, ones)
    if isinstance(node.type, FloatType):
        return f.binary(Op.FSUB, Constant(operand.type, -0.0), operand)
    zero = Constant(operand.type, 0)
    subtract = BinaryOperator.SUBTRACT
    return combine(f, subtract, node.type, zero, operand, node.type, node.arithmetic)


@statement_of(tree.Update)
def lower_update(f: FunctionLowering, node: tree.Update) -> None:
    """Lower `target op= value`: the target's parts once, its value, the right side, the store."""
    place = f.place(node.target)
    old = load_place(f, place)
    right = f.value(node.value)
    type = node.target.type
    new = combine(f, node.operator, type, old, right, node.value.type, node.arithmetic)
    store_place(f, place, new)


def combine(
    f: FunctionLowering,
    operator: BinaryOperator,
    type: Type,
    left: Value,
    right: Value,
    right_type: Type,
    arithmetic: Arithmetic,
) -> Value:
    """Return `left operator right`, both of `type` but for the amount of a shift."""
    if isinstance(type, FloatType):
        return _combine_floats(f, operator, left, right)
    if type is BOOL:
        return f.binary(_OPS[operator], left, right)
    number = integer_of(type)
    match operator:
        case BinaryOperator.SHIFT_LEFT:
            return _shift_left(f, number, left, right, integer_of(right_type), arithmetic)
        case BinaryOperator.SHIFT_RIGHT:
            amount = _shift_amount(f, number, right, integer_of(right_type))
            return f.binary(Op.ASHR if number.signed else Op.LSHR, left, amount)
        case BinaryOperator.FLOOR_DIVIDE:
            return _floor_divide(f, number, left, right)
        case BinaryOperator.MODULO:
            return _modulo(f, number, left, right)
        case BinaryOperator.POWER:
            return _power(f, number, left, right, integer_of(right_type), arithmetic)
    if operator not in _OVERFLOWING or is_enum(type):
        return f.binary(_OPS[operator], left, right)
    return _add_or_multiply(f, _OPS[operator], number, left, right, arithmetic)


# Overflow ------------------------------------------------------------------------------------


def fails_on_overflow(f: FunctionLowering, arithmetic: Arithmetic) -> bool:
    return arithmetic is Arithmetic.CHECKED or (
        arithmetic is Arithmetic.FIXED and f.options.checked
    )


def _add_or_multiply(
    f: FunctionLowering, op: Op, type: IntType, left: Value, right: Value, arithmetic: Arithmetic
) -> Value:
    if fails_on_overflow(f, arithmetic):
        return _checked(f, op, type, left, right)
    proven = arithmetic is Arithmetic.PROVEN
    return f.binary(
        op, left, right, signed_fits=proven and type.signed, fits=proven and not type.signed
    )


def _checked(f: FunctionLowering, op: Op, type: IntType, left: Value, right: Value) -> Value:
    if isinstance(left, Constant) and isinstance(right, Constant):
        exact = {Op.ADD: int.__add__, Op.SUB: int.__sub__, Op.MUL: int.__mul__}[op]
        value = exact(left.value, right.value)
        if type.holds(value):
            return Constant(left.type, value)
    pair = f.overflowing(op, type.signed, left, right)
    f.check(f.negate(f.extract(pair, 1)), "OVERFLOW")
    return f.extract(pair, 0)


# Division ------------------------------------------------------------------------------------


def _check_divisor(f: FunctionLowering, right: Value) -> None:
    if not isinstance(right, Constant) or right.value == 0:
        f.check(f.is_not_zero(right), "DIVISION")


def _check_quotient(f: FunctionLowering, type: IntType, left: Value, right: Value) -> None:
    """Fail for the one quotient that does not fit: minimum // -1."""
    if type.signed and (not isinstance(right, Constant) or right.value == -1):
        is_minimum = f.compare(Predicate.EQ, left, Constant(left.type, type.minimum))
        is_minus_one = f.compare(Predicate.EQ, right, Constant(right.type, -1))
        f.check(f.negate(f.binary(Op.AND, is_minimum, is_minus_one)), "OVERFLOW")


def _power_of_two(value: Value) -> int | None:
    """Return n if `value` is the constant 2**n."""
    if isinstance(value, Constant) and value.value > 0 and value.value & (value.value - 1) == 0:
        return value.value.bit_length() - 1
    return None


def _floor_divide(f: FunctionLowering, type: IntType, left: Value, right: Value) -> Value:
    exponent = _power_of_two(right)
    if exponent is not None:
        shift = Op.ASHR if type.signed else Op.LSHR
        return f.binary(shift, left, Constant(left.type, exponent))
    _check_divisor(f, right)
    _check_quotient(f, type, left, right)
    if not type.signed:
        return f.binary(Op.UDIV, left, right)
    quotient = f.binary(Op.SDIV, left, right)
    is_too_high = _rounded_up(f, f.binary(Op.SREM, left, right), right)
    one_less = f.binary(Op.SUB, quotient, Constant(left.type, 1))
    return f.select(is_too_high, one_less, quotient)


def _modulo(f: FunctionLowering, type: IntType, left: Value, right: Value) -> Value:
    exponent = _power_of_two(right)
    if exponent is not None:
        return f.binary(Op.AND, left, Constant(left.type, (1 << exponent) - 1))
    _check_divisor(f, right)
    if not type.signed:
        return f.binary(Op.UREM, left, right)
    # minimum % -1 is 0, but the machine fails: it computes the quotient, too, which does not fit.
    is_minus_one = f.compare(Predicate.EQ, right, Constant(right.type, -1))
    divisor = f.select(is_minus_one, Constant(right.type, 1), right)
    remainder = f.binary(Op.SREM, left, divisor)
    is_too_low = _rounded_up(f, remainder, right)
    return f.select(is_too_low, f.binary(Op.ADD, remainder, right), remainder)


def _rounded_up(f: FunctionLowering, remainder: Value, divisor: Value) -> Value:
    """Return whether the machine's quotient is above the exact one."""
    zero = Constant(remainder.type, 0)
    if isinstance(divisor, Constant):
        return f.compare(Predicate.SLT if divisor.value > 0 else Predicate.SGT, remainder, zero)
    signs_differ = f.compare(Predicate.SLT, f.binary(Op.XOR, remainder, divisor), zero)
    return f.binary(Op.AND, f.is_not_zero(remainder), signs_differ)


# Shifts --------------------------------------------------------------------------------------


def _shift_amount(f: FunctionLowering, type: IntType, amount: Value, amount_type: IntType) -> Value:
    """Return the amount in the type of what is shifted; it fails unless it is below the width."""
    is_known = isinstance(amount, Constant) and 0 <= amount.value < type.bits
    if not is_known and amount_type.maximum >= type.bits:
        fits = f.compare(Predicate.ULT, amount, Constant(amount.type, type.bits))
        shown = f.resize(amount, I64, amount_type.signed)
        f.check(fits, "SHIFT", shown, Constant(I64, type.bits))
    return f.resize(amount, machine_type(type), signed=False)


def _shift_left(
    f: FunctionLowering,
    type: IntType,
    left: Value,
    right: Value,
    right_type: IntType,
    arithmetic: Arithmetic,
) -> Value:
    amount = _shift_amount(f, type, right, right_type)
    shifted = f.binary(Op.SHL, left, amount)
    if fails_on_overflow(f, arithmetic):
        back = f.binary(Op.ASHR if type.signed else Op.LSHR, shifted, amount)
        f.check(f.compare(Predicate.EQ, back, left), "OVERFLOW")
    return shifted


# Powers --------------------------------------------------------------------------------------


def _power(
    f: FunctionLowering,
    type: IntType,
    base: Value,
    exponent: Value,
    exponent_type: IntType,
    arithmetic: Arithmetic,
) -> Value:
    """Raise to a power by squaring: one multiplication per bit of the exponent, one more per 1.

    A constant exponent unrolls. Otherwise, with `rest` the bits not yet used:

    before:  check 0 <= exponent; br head
    head:    br rest != 0, odd, done
    odd:     br rest & 1, multiply, even
    multiply: result *= square; br even
    even:    rest >>= 1; br rest != 0, again, done
    again:   square *= square; br odd
    done:
    """
    if isinstance(exponent, Constant):
        return _constant_power(f, type, base, exponent.value, arithmetic)
    held = machine_type(type)
    if exponent_type.signed:
        is_natural = f.compare(Predicate.SGE, exponent, Constant(exponent.type, 0))
        f.check(is_natural, "POWER", f.resize(exponent, I64, exponent_type.signed))
    result, square = f.new_local("power", held), f.new_local("square", held)
    rest = f.new_local("rest", exponent.type)
    f.set(result, Constant(held, 1))
    f.set(square, base)
    f.set(rest, exponent)

    odd, multiply, even, again, done = f.new_blocks("odd", "multiply", "even", "again", "done")
    f.branch_if(f.is_not_zero(f.get(rest)), odd, done)
    f.start(odd)
    bit = f.binary(Op.AND, f.get(rest), Constant(exponent.type, 1))
    f.branch_if(f.is_not_zero(bit), multiply, even)
    f.start(multiply)
    f.set(result, _add_or_multiply(f, Op.MUL, type, f.get(result), f.get(square), arithmetic))
    f.continue_at(even)
    f.set(rest, f.binary(Op.LSHR, f.get(rest), Constant(exponent.type, 1)))
    f.branch_if(f.is_not_zero(f.get(rest)), again, done)
    f.start(again)
    f.set(square, _add_or_multiply(f, Op.MUL, type, f.get(square), f.get(square), arithmetic))
    f.jump(odd)
    f.start(done)
    return f.get(result)


def _constant_power(
    f: FunctionLowering, type: IntType, base: Value, exponent: int, arithmetic: Arithmetic
) -> Value:
    result, square = None, base
    while exponent:
        if exponent & 1:
            result = (
                square
                if result is None
                else _add_or_multiply(f, Op.MUL, type, result, square, arithmetic)
            )
        exponent >>= 1
        if exponent:
            square = _add_or_multiply(f, Op.MUL, type, square, square, arithmetic)
    return Constant(machine_type(type), 1) if result is None else result


# Floats --------------------------------------------------------------------------------------


def _combine_floats(
    f: FunctionLowering, operator: BinaryOperator, left: Value, right: Value
) -> Value:
    op = _FLOAT_OPS.get(operator)
    if op is None:
        raise CompileError(f.span, f"`{operator.value}` on floats has no machine operation")
    if op is Op.FDIV:
        f.check(f.compare(Predicate.FNE, right, Constant(right.type, 0.0)), "DIVISION")
    return f.binary(op, left, right)


# Comparison ----------------------------------------------------------------------------------

_SIGNED = {"==": "eq", "!=": "ne", "<": "slt", "<=": "sle", ">": "sgt", ">=": "sge"}
_UNSIGNED = {"==": "eq", "!=": "ne", "<": "ult", "<=": "ule", ">": "ugt", ">=": "uge"}
_FLOAT = {"==": "oeq", "!=": "une", "<": "olt", "<=": "ole", ">": "ogt", ">=": "oge"}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def compare_integers(
    f: FunctionLowering, text: str, left: Value, first: IntType, right: Value, second: IntType
) -> Value:
    """Return `left text right` by mathematical value."""
    if first.signed == second.signed:
        wide = max(first.bits, second.bits)
        table = _SIGNED if first.signed else _UNSIGNED
        held = machine_type(IntType("", wide, first.signed))
        left, right = f.resize(left, held, first.signed), f.resize(right, held, first.signed)
        return f.compare(Predicate(table[text]), left, right)
    if not first.signed:
        return compare_integers(f, _MIRRORED[text], right, second, left, first)
    if first.bits > second.bits:
        return f.compare(Predicate(_SIGNED[text]), left, f.resize(right, left.type, signed=False))
    return _compare_with_unsigned(f, text, left, f.resize(left, right.type, signed=True), right)


def _compare_with_unsigned(
    f: FunctionLowering, text: str, signed: Value, widened: Value, unsigned: Value
) -> Value:
    """A negative number is below every unsigned one; any other compares as unsigned, too."""
    as_unsigned = f.compare(Predicate(_UNSIGNED[text]), widened, unsigned)
    zero = Constant(signed.type, 0)
    if text in ("<", "<=", "!="):
        is_negative = f.compare(Predicate.SLT, signed, zero)
        return _either(f, Op.OR, is_negative, as_unsigned)
    return _either(f, Op.AND, f.compare(Predicate.SGE, signed, zero), as_unsigned)


def _either(f: FunctionLowering, op: Op, first: Value, second: Value) -> Value:
    if isinstance(first, Constant):
        decides = bool(first.value) == (op is Op.OR)
        return first if decides else second
    return f.binary(op, first, second)


def compare_floats(f: FunctionLowering, text: str, left: Value, right: Value) -> Value:
    return f.compare(Predicate(_FLOAT[text]), left, right)


def compare_unsigned(f: FunctionLowering, text: str, left: Value, right: Value) -> Value:
    return f.compare(Predicate(_UNSIGNED[text]), left, right)
