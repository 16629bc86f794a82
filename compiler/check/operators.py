"""Operators: arithmetic, comparisons, `and`, `or`, `not`, and what they mean for each type.

Integers. Two operands of different types meet in the wider one if it holds every value of the
other; a literal takes the other operand's type. The result wraps never: it is checked in every
build for `int` and in checked builds for the fixed widths. Comparisons of integers compare their
mathematical values, whatever the types.

A mask that is negative as a literal, such as `~0xFFF`, means in `x & mask` what it means in Python:
all bits above are ones; so it becomes the bits of x's type.

Classes and structs give operators their meaning by Python's methods (`__add__`, `__eq__`, ...).
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    containers,
    exception_objects,
    literals,
    narrowing,
    octets,
    presence,
    special,
    texts,
    tuples,
    union_uses,
    value_unions,
)
from compiler.check.attempts import Snapshot
from compiler.check.checker import expression_of
from compiler.check.conversions import (
    LITERAL,
    described,
    enum_number,
    float_literal,
    length_as,
    literal_as,
    none_hint,
    settle,
    shown,
    try_convert,
    widens,
)
from compiler.read import DIVISION, NUMBERS
from compiler.source import CompileError
from compiler.tree import (
    Arithmetic,
    Binary,
    BinaryOperator,
    Conversion,
    Convert,
    Expression,
    Literal,
    Unary,
    UnaryOperator,
)
from compiler.types import (
    BOOL,
    BYTES,
    F64,
    I64,
    INT,
    NONE,
    STR,
    ClassKind,
    FloatType,
    IntType,
    NamedType,
    OptionalType,
    PointerType,
    Type,
    WrappedType,
    is_enum,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker
    from compiler.source import Span

BINARY: dict[type[ast.operator], BinaryOperator] = {
    ast.Add: BinaryOperator.ADD,
    ast.Sub: BinaryOperator.SUBTRACT,
    ast.Mult: BinaryOperator.MULTIPLY,
    ast.Div: BinaryOperator.DIVIDE,
    ast.FloorDiv: BinaryOperator.FLOOR_DIVIDE,
    ast.Mod: BinaryOperator.MODULO,
    ast.Pow: BinaryOperator.POWER,
    ast.BitAnd: BinaryOperator.AND,
    ast.BitOr: BinaryOperator.OR,
    ast.BitXor: BinaryOperator.XOR,
    ast.LShift: BinaryOperator.SHIFT_LEFT,
    ast.RShift: BinaryOperator.SHIFT_RIGHT,
}
METHODS: dict[BinaryOperator, str] = {
    BinaryOperator.ADD: "add",
    BinaryOperator.SUBTRACT: "sub",
    BinaryOperator.MULTIPLY: "mul",
    BinaryOperator.DIVIDE: "truediv",
    BinaryOperator.FLOOR_DIVIDE: "floordiv",
    BinaryOperator.MODULO: "mod",
    BinaryOperator.POWER: "pow",
    BinaryOperator.AND: "and",
    BinaryOperator.OR: "or",
    BinaryOperator.XOR: "xor",
    BinaryOperator.SHIFT_LEFT: "lshift",
    BinaryOperator.SHIFT_RIGHT: "rshift",
}
BITWISE = frozenset({BinaryOperator.AND, BinaryOperator.OR, BinaryOperator.XOR})
SHIFTS = frozenset({BinaryOperator.SHIFT_LEFT, BinaryOperator.SHIFT_RIGHT})


# Arithmetic ----------------------------------------------------------------------------------


@expression_of(ast.BinOp)
def binary(check: Checker, node: ast.BinOp, hint: Type | None) -> Expression:
    """`left operator right` (Python Language Reference, section 6.7)."""
    operator = BINARY.get(type(node.op))
    if operator is None:
        return _matrix_product(check, node)
    left = check.operand(node.left, hint)
    right = check.operand(node.right, None if operator in SHIFTS else hint)
    return combine(check, node, operator, left, right, hint)


def _matrix_product(check: Checker, node: ast.BinOp) -> Expression:
    """`left @ right`, which only classes define."""
    left, right = check.operand(node.left), check.operand(node.right)
    result = special.binary(check, node, "matmul", left, right)
    if result is None:
        raise check.error(
            node,
            f"'@' is not defined for {described(left.type)} and {described(right.type)}",
            "define '__matmul__' in its class, or call a function instead",
        )
    return result


def combine(
    check: Checker,
    node: ast.AST,
    operator: BinaryOperator,
    left: Expression,
    right: Expression,
    hint: Type | None = None,
) -> Expression:
    """Return `left operator right` by the rules of their types."""
    left, right = presence.operands(check, node, operator.value, left, right)
    left, right = value_unions.as_floats(check, operator, left, right)
    a, b = left.type, right.type
    if a is LITERAL and b is LITERAL:
        both = isinstance(left, Literal) and isinstance(right, Literal)
        divides = operator in _DIVISIONS or operator is BinaryOperator.DIVIDE
        raises = exception_objects.has_messages(check) and divides
        if both and not (raises and right.value == 0):
            return literals.fold_binary(check, node, operator, left, right)
        left = literal_as(check, left, hint if isinstance(hint, IntType) else INT)
    if isinstance(a, IntType) and isinstance(b, IntType):
        return _integers(check, node, operator, left, right)
    if isinstance(a, PointerType) or (
        isinstance(b, PointerType) and operator is BinaryOperator.ADD
    ):
        return _pointers(check, node, operator, left, right)
    if is_flag(a) or is_flag(b):
        flags = _flags(check, node, operator, left, right)
        if flags is not None:
            return flags
    if a is BOOL and b is BOOL and operator in BITWISE:
        return Binary(check.span(node), BOOL, operator, left, right)
    if _is_number(a) and _is_number(b):
        return _numbers(check, node, operator, left, right, hint)

    if operator is BinaryOperator.MULTIPLY and STR in (a, b):  # `"s" * (count > 1)`
        left, right = as_number(left), as_number(right)
    if a is STR or b is STR:
        text = texts.combined(check, node, operator, left, right)
        if text is not None:
            return text
    if a is BYTES or b is BYTES:
        data = octets.combined(check, node, operator, left, right)
        if data is not None:
            return data
    joined = tuples.combined(check, node, operator, left, right)
    if joined is not None:
        return joined
    left, right = (containers.plain_set(check, node, each) for each in (left, right))
    right = containers.plain_set(check, node, right, ("frozenset",))
    if containers.is_sequence(left.type):
        right = try_convert(check, right, left.type) or right
    elif containers.is_sequence(right.type):
        left = try_convert(check, left, right.type) or left
    result = _by_method(check, node, operator, left, right)
    if result is None:
        raise _no_operator(check, node, operator, left, right)
    if operator is BinaryOperator.DIVIDE and value_unions.is_number(check, result):
        return value_unions.to_float(check, result, F64) or result
    return result


def _by_method(
    check: Checker, node: ast.AST, operator: BinaryOperator, left: Expression, right: Expression
) -> Expression | None:
    """Return what the class of an operand says, or the values in a union do."""
    if not (union_uses.is_union(check, left) or union_uses.is_union(check, right)):
        return special.binary(check, node, METHODS[operator], left, right)
    before = Snapshot(check)
    try:
        result = special.binary(check, node, METHODS[operator], left, right)
        if result is not None:
            return result
    except CompileError:
        before.restore()
    return union_uses.operands(
        check,
        node,
        union_uses.unsupported(operator.value, left, right),
        left,
        right,
        lambda first, second: combine(check, node, operator, first, second),
    )


def is_flag(type: Type) -> bool:
    return isinstance(type, NamedType) and type.kind is ClassKind.INT_FLAG


def _is_number(type: Type) -> bool:
    return isinstance(type, IntType | FloatType) or type in (LITERAL, BOOL) or is_enum(type)


def _numbers(
    check: Checker,
    node: ast.AST,
    operator: BinaryOperator,
    left: Expression,
    right: Expression,
    hint: Type | None,
) -> Expression:
    """Numbers of which one is a literal, bool, enum or float."""
    left, right = as_number(left, right.type), as_number(right, left.type)
    a, b = left.type, right.type
    if a is LITERAL and b is LITERAL:
        return combine(check, node, operator, left, right, hint)
    if isinstance(a, FloatType) or isinstance(b, FloatType):
        return _floats(check, node, operator, left, right)
    is_fraction = operator is BinaryOperator.POWER and isinstance(right, Literal)
    if is_fraction and right.value < 0 and NUMBERS in check.module.type_imports:
        return _floats(check, node, operator, as_float(check, left, F64), right)
    if operator in SHIFTS or operator is BinaryOperator.POWER:
        if a is LITERAL:
            left = (
                literal_as(check, left, hint) if isinstance(hint, IntType) else settle(check, left)
            )
        if b is LITERAL:
            right = _amount(check, operator, left.type, right)
    elif a is LITERAL:
        left = _literal_operand(check, operator, left, b)
    elif b is LITERAL:
        right = _literal_operand(check, operator, right, a)
    return _integers(check, node, operator, left, right)


def as_number(value: Expression, other: Type = INT) -> Expression:
    """Return a bool or an enum's value as the integer that it is; a bool as one of type `other`."""
    if value.type is BOOL:
        if isinstance(value, Literal):
            return Literal(value.span, LITERAL, int(value.value))
        type = other if isinstance(other, IntType) else INT
        return Convert(value.span, type, Conversion.BOOL_TO_INT, value)
    if is_enum(value.type):
        if isinstance(value, Literal):
            return Literal(value.span, LITERAL, value.value)
        return enum_number(value)
    return value


def _literal_operand(
    check: Checker, operator: BinaryOperator, literal: Literal, type: Type
) -> Literal:
    """Give a literal the type of the other operand."""
    is_mask = operator is BinaryOperator.AND and not type.signed and isinstance(literal, Literal)
    if is_mask and ~type.maximum <= literal.value < 0:
        return Literal(literal.span, type, literal.value & type.maximum)
    return literal_as(check, literal, type)


def _amount(check: Checker, operator: BinaryOperator, type: IntType, amount: Literal) -> Literal:
    """Give the literal by which `type` is shifted, or to which it is raised, a type."""
    if not isinstance(amount, Literal):
        return settle(check, amount)
    if operator is BinaryOperator.POWER:
        if amount.value < 0:
            raise check.error(amount.span, "a negative exponent makes a float", "divide instead")
    elif not 0 <= amount.value < type.bits:
        raise check.error(
            amount.span,
            f"cannot shift '{type}' by {shown(amount.value)}",
            f"the amount lies between 0 and {type.bits - 1}",
        )
    return settle(check, amount)


def _integers(
    check: Checker, node: ast.AST, operator: BinaryOperator, left: Expression, right: Expression
) -> Expression:
    """Two integers, each with a type."""
    if operator is BinaryOperator.DIVIDE:
        if DIVISION in check.module.type_imports and left.type == right.type == INT:
            return exception_objects.called(
                check, node, "true_quotient", left, right, module=DIVISION
            )
        raise check.error(
            node, "'/' makes a float, and these are integers", "write '//' for the whole quotient"
        )
    if operator in SHIFTS:
        type = left.type
    elif operator is BinaryOperator.POWER:
        type = left.type
        if right.type.signed and not isinstance(right, Literal):
            right = _exponent(check, node, left, right)
    else:
        type = _common(check, node, left, right)
        left, right = _widened(left, type), _widened(right, type)
        is_zero = isinstance(right, Literal) and right.value == 0
        if operator in _DIVISIONS and type == INT and exception_objects.has_messages(check):
            if is_zero or not isinstance(right, Literal):
                right = exception_objects.called(check, node, _DIVISIONS[operator], right)
        elif operator in _DIVISIONS and is_zero:
            raise check.error(node, "this divides by zero")
    arithmetic = Arithmetic.CHECKED if type.always_checked else Arithmetic.FIXED
    return Binary(check.span(node), type, operator, left, right, arithmetic)


# The function of core.containers.failures through which a program's divisor goes, for the message.
_DIVISIONS = {BinaryOperator.FLOOR_DIVIDE: "divisor", BinaryOperator.MODULO: "modulus"}


def _exponent(check: Checker, node: ast.AST, left: Expression, right: Expression) -> Expression:
    if left.type == INT:
        return right
    raise check.error(
        node,
        f"an exponent that is not constant makes this a float when it is negative, and "
        f"{described(left.type)} cannot be one",
        "make the exponent unsigned, or multiply in a loop",
    )


def _common(check: Checker, node: ast.AST, left: Expression, right: Expression) -> IntType:
    """Return the type in which two integers meet."""
    a, b = left.type, right.type
    if a is b or a == b:
        return a
    if isinstance(left, tree.Length) and b.bits == 64:
        return b
    if isinstance(right, tree.Length) and a.bits == 64:
        return a
    if widens(a, b):
        return a if a.always_checked and a.bits == b.bits else b
    if widens(b, a):
        return a
    wider, text, side = (a, "right", node) if a.bits >= b.bits else (b, "left", node)
    part = getattr(side, text, None)
    shown_part = check.text(part) if part is not None else "..."
    raise check.error(
        node,
        f"'{a}' and '{b}' have no common type: neither holds every value of the other",
        f"convert one of them, such as {wider}({shown_part}), which is checked",
    )


def _widened(value: Expression, type: IntType) -> Expression:
    if value.type == type:
        return value
    if isinstance(value, Literal):
        return Literal(value.span, type, value.value)
    if isinstance(value, tree.Length):
        return length_as(value, type)
    return Convert(value.span, type, Conversion.WIDEN, value)


def _floats(
    check: Checker, node: ast.AST, operator: BinaryOperator, left: Expression, right: Expression
) -> Expression:
    """Numbers of which at least one is a float; an integer becomes one, as in Python."""
    floats = [e.type for e in (left, right) if isinstance(e.type, FloatType)]
    type = max(floats, key=lambda each: each.bits)
    if operator in BITWISE or operator in SHIFTS:
        raise _no_operator(check, node, operator, left, right)
    left, right = as_float(check, left, type), as_float(check, right, type)
    if operator in FLOAT_FUNCTIONS and NUMBERS in check.module.type_imports and type.bits == 64:
        name = FLOAT_FUNCTIONS[operator]
        return exception_objects.called(check, node, name, left, right, module=NUMBERS)
    is_known = isinstance(right, Literal) and right.value != 0
    if operator is BinaryOperator.DIVIDE and exception_objects.has_messages(check) and not is_known:
        right = exception_objects.called(check, node, "float_divisor", right)
    return Binary(check.span(node), type, operator, left, right, Arithmetic.CHECKED)


# The functions of core.containers.numbers that do what no instruction does.
FLOAT_FUNCTIONS = {
    BinaryOperator.FLOOR_DIVIDE: "float_quotient",
    BinaryOperator.MODULO: "float_modulo",
    BinaryOperator.POWER: "float_power",
}


def as_float(check: Checker, value: Expression, type: FloatType) -> Expression:
    if value.type == type:
        return value
    if isinstance(value, Literal):
        return float_literal(check, value, type)
    widen = isinstance(value.type, FloatType)
    return Convert(value.span, type, Conversion.WIDEN if widen else Conversion.INT_TO_FLOAT, value)


def _flags(
    check: Checker, node: ast.AST, operator: BinaryOperator, left: Expression, right: Expression
) -> Expression | None:
    """Bit operations of an IntFlag with its class or an integer give that class, as in Python."""
    if operator not in BITWISE:
        return None
    type = left.type if is_flag(left.type) else right.type
    if is_enum(left.type) and is_enum(right.type) and left.type != right.type:
        return None
    representation = type.declaration.representation
    sides = []
    for side in (left, right):
        if side.type == type:
            number = enum_number(side)
        elif side.type is LITERAL:
            number = _literal_operand(check, operator, side, representation)
        else:
            number = try_convert(check, side, representation)
        if number is None:
            return None
        sides.append(number)
    span = check.span(node)
    if all(isinstance(side, Literal) for side in sides):
        value = literals.FOLD[operator](sides[0].value, sides[1].value)
        return Literal(span, type, value)
    result = Binary(span, representation, operator, *sides)
    return Convert(span, type, Conversion.INT_TO_ENUM, result)


# Pointers ------------------------------------------------------------------------------------


def _pointers(
    check: Checker, node: ast.AST, operator: BinaryOperator, left: Expression, right: Expression
) -> Expression:
    """`p + n`, `p - n` by elements and `p - q` in elements."""
    span = check.span(node)
    if not isinstance(left.type, PointerType):
        raise check.error(node, "a pointer stands on the left of '+'", "write 'pointer + count'")
    if left.type.target is NONE:
        raise check.error(
            node, "Ptr[None] points at nothing of a known size", "cast it first: p.cast(u8)"
        )
    if isinstance(right.type, PointerType):
        if operator is not BinaryOperator.SUBTRACT or left.type != right.type:
            raise _no_operator(check, node, operator, left, right)
        return tree.PointerDifference(span, I64, left, right)
    if operator not in (BinaryOperator.ADD, BinaryOperator.SUBTRACT):
        raise _no_operator(check, node, operator, left, right)

    count = as_number(right)
    if count.type is LITERAL:
        count = settle(check, count)
    if not isinstance(count.type, IntType):
        raise _no_operator(check, node, operator, left, right)
    return tree.PointerOffset(span, left.type, left, count, operator is BinaryOperator.SUBTRACT)


_LOADED = ("Atomic", "Volatile", "PerCpu", "Rcu")


def _no_operator(
    check: Checker, node: ast.AST, operator: BinaryOperator, left: Expression, right: Expression
):
    """Return the error that two types have no such operator."""
    a, b = left.type, right.type
    hint = ""
    for part, value in zip(_parts(node), (left, right), strict=True):
        if isinstance(value.type, OptionalType):
            hint = none_hint(check, value, part)
        elif isinstance(value.type, WrappedType) and value.type.word in _LOADED:
            hint = f"write {check.text(part)}.load() for its value"
    if a in (STR, BYTES) and b in (STR, BYTES, LITERAL, INT):
        hint = hint or "joining text allocates; write it into a TextBuffer, or use an f-string"
    if is_enum(a) and is_enum(b) and a != b:
        hint = hint or "these are different enums; convert one with int(...)"
    return check.error(
        node, f"'{operator.value}' is not defined for {described(a)} and {described(b)}", hint
    )


def _parts(node: ast.AST) -> tuple[ast.AST, ast.AST]:
    """Return where the operands of an operator stand."""
    match node:
        case ast.BinOp(left=left, right=right):
            return left, right
        case ast.AugAssign(target=left, value=right):
            return left, right
    return node, node


# Unary ---------------------------------------------------------------------------------------


@expression_of(ast.UnaryOp)
def unary(check: Checker, node: ast.UnaryOp, hint: Type | None) -> Expression:
    """`-x`, `~x`, `+x`, `not x` (section 6.6)."""
    if isinstance(node.op, ast.Not):
        return narrowing.value_of_condition(check, node)

    operand = check.operand(node.operand, hint)
    if union_uses.is_union(check, operand) and not value_unions.is_number(check, operand):
        message = f"bad operand type for unary {_SIGNS[type(node.op)]}: '{{}}'"
        used = union_uses.operand(
            check, node, operand, message, lambda each: _signed(check, node, each, hint)
        )
        if used is not None:
            return used
    return _signed(check, node, operand, hint)


def _signed(
    check: Checker, node: ast.UnaryOp, operand: Expression, hint: Type | None
) -> Expression:
    """`-x`, `~x` and `+x` of a value."""
    operator = UnaryOperator.INVERT if isinstance(node.op, ast.Invert) else UnaryOperator.NEGATE
    span = check.span(node)
    method = _UNARY_METHODS[type(node.op)]
    called = special.call(check, node, operand, method, [])
    if called is not None:
        return called
    if is_flag(operand.type) and operator is UnaryOperator.INVERT:
        return _inverted_flags(check, span, operand)
    operand = as_number(operand)
    if isinstance(node.op, ast.UAdd) and _is_number(operand.type):
        return operand
    if operand.type is LITERAL and not isinstance(operand, Literal):
        operand = literal_as(check, operand, hint if isinstance(hint, IntType) else INT)
    if operand.type is LITERAL:
        return literals.fold_unary(check, node, operator, operand)
    if isinstance(operand.type, FloatType) and operator is UnaryOperator.NEGATE:
        return Unary(span, operand.type, operator, operand)
    if not isinstance(operand.type, IntType):
        raise check.error(node, f"'{operator.value}' is not defined for {described(operand.type)}")
    return _negated_or_inverted(check, node, operator, operand)


_SIGNS = {ast.USub: "-", ast.Invert: "~", ast.UAdd: "+"}
_UNARY_METHODS = {ast.USub: "__neg__", ast.Invert: "__invert__", ast.UAdd: "__pos__"}


def _negated_or_inverted(
    check: Checker, node: ast.UnaryOp, operator: UnaryOperator, operand: Expression
) -> Expression:
    type = operand.type
    if operator is UnaryOperator.NEGATE and not type.signed:
        text = check.text(node.operand)
        raise check.error(
            node,
            f"the negative of a '{type}' is no '{type}'",
            f"write wrapping_neg({text}) for its two's complement, or convert it to a signed type",
        )
    arithmetic = Arithmetic.CHECKED if type.always_checked else Arithmetic.FIXED
    return Unary(check.span(node), type, operator, operand, arithmetic)


def _inverted_flags(check: Checker, span: Span, operand: Expression) -> Expression:
    """`~flags`: every other bit of its representation."""
    type = operand.type
    representation = type.declaration.representation
    if isinstance(operand, Literal):
        value = ~operand.value
        return Literal(
            span, type, value if representation.signed else value & representation.maximum
        )
    inverted = Unary(span, representation, UnaryOperator.INVERT, enum_number(operand))
    return Convert(span, type, Conversion.INT_TO_ENUM, inverted)
