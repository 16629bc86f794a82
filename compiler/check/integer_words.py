"""Words on numbers: arithmetic that wraps on purpose, operations on bits, and Python's builtins."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    containers,
    iterables,
    number_words,
    operators,
    special,
    texts,
    value_unions,
    values,
)
from compiler.check.conversions import LITERAL, convert, described, literal_as, settle, try_convert
from compiler.check.words import arguments, name_of, word
from compiler.layout import layout_of
from compiler.tree import (
    Arithmetic,
    Binary,
    BinaryOperator,
    Conversion,
    Convert,
    Expression,
    Intrinsic,
    Literal,
)
from compiler.types import (
    BOOL,
    F64,
    INT,
    STR,
    U32,
    CallableType,
    FloatType,
    IntType,
    TupleType,
    Type,
    is_enum,
    is_reference,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@word("truncate")
def truncate(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`truncate(T, x)`: the low bits."""
    type_node, argument = arguments(check, node, "truncate(T, x)", 2)
    to = check.type_of(type_node)
    if not isinstance(to, IntType):
        raise check.error(type_node, f"{described(to)} is no integer type")
    value = operators.as_number(check.operand(argument, to))
    span = check.span(node)
    if isinstance(value, Literal):
        return Literal(span, to, wrapped(value.value, to))
    value = values.settled(check, value)
    if not isinstance(value.type, IntType):
        raise check.error(argument, f"{described(value.type)} is no integer")
    if value.type == to:
        return value
    return Convert(span, to, Conversion.TRUNCATE, value)


def wrapped(value: int, to: IntType) -> int:
    """Return the low bits of a number as a `to`."""
    low = value & ((1 << to.bits) - 1)
    return low - (1 << to.bits) if to.signed and low >> (to.bits - 1) else low


_WRAPPING = {
    "wrapping_add": BinaryOperator.ADD,
    "wrapping_sub": BinaryOperator.SUBTRACT,
    "wrapping_mul": BinaryOperator.MULTIPLY,
    "wrapping_shl": BinaryOperator.SHIFT_LEFT,
}


@word(*_WRAPPING)
def wrapping(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`wrapping_add(a, b)` and the like: machine arithmetic, in the type where both meet."""
    name = name_of(node)
    left_node, right_node = arguments(check, node, f"{name}(a, b)", 2)
    operator = _WRAPPING[name]
    left = operators.as_number(check.operand(left_node, hint))
    right = operators.as_number(check.operand(right_node, hint))
    if (
        isinstance(left, Literal)
        and left.type is LITERAL
        and (right.type is LITERAL or name == "wrapping_shl")
    ):
        type = hint if isinstance(hint, IntType) else INT
        left = Literal(left.span, type, wrapped(left.value, type))
    combined = operators.combine(check, node, operator, left, right)
    if not isinstance(combined, Binary) or not isinstance(combined.type, IntType):
        raise check.error(node, f"'{name}' takes integers, not {described(left.type)}")
    combined.arithmetic = Arithmetic.WRAPPING
    return combined


@word("wrapping_neg")
def wrapping_neg(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`wrapping_neg(x)`: the two's complement."""
    value = _integer_argument(check, node, "wrapping_neg(x)", hint)
    negate = tree.UnaryOperator.NEGATE
    return tree.Unary(check.span(node), value.type, negate, value, Arithmetic.WRAPPING)


def _integer_argument(
    check: Checker, node: ast.Call, form: str, hint: Type | None = None
) -> Expression:
    (argument,) = arguments(check, node, form, 1)
    return _as_integer_operand(check, argument, hint)


def _as_integer_operand(check: Checker, node: ast.expr, hint: Type | None) -> Expression:
    value = operators.as_number(check.operand(node, hint))
    if value.type is LITERAL:
        return literal_as(check, value, hint) if isinstance(hint, IntType) else settle(check, value)
    if not isinstance(value.type, IntType):
        raise check.error(node, f"{described(value.type)} is no integer")
    return value


@word("rotate_left", "rotate_right")
def rotate(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`rotate_left(x, n)`: the bits that leave on one side enter on the other."""
    name = name_of(node)
    value_node, amount_node = arguments(check, node, f"{name}(x, n)", 2)
    value = _as_integer_operand(check, value_node, hint)
    amount = _as_integer_operand(check, amount_node, value.type)
    amount = convert(check, amount, value.type, amount_node)
    return Intrinsic(check.span(node), value.type, name, [value, amount])


@word("leading_zeros", "trailing_zeros", "popcount")
def count_bits(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """A count of bits: a small number, of the type that the context wants."""
    name = name_of(node)
    value = _integer_argument(check, node, f"{name}(x)")
    return Intrinsic(check.span(node), U32, name, [value])


@word("square_root")
def square_root(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`square_root(x)` of a float: the nearest float; no number where x is below 0."""
    (argument,) = arguments(check, node, "square_root(x)", 1)
    value = check.operand(argument, hint)
    if not isinstance(value.type, FloatType):
        raise check.error(argument, f"{described(value.type)} is no float", "write float(x)")
    return Intrinsic(check.span(node), value.type, "square_root", [value])


@word("byte_swap")
def byte_swap(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`byte_swap(x)`: the bytes in the other order."""
    value = _integer_argument(check, node, "byte_swap(x)", hint)
    return Intrinsic(check.span(node), value.type, "byte_swap", [value])


@word("bit_cast")
def bit_cast(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`bit_cast(T, x)`: the same bits as another type of the same size."""
    type_node, argument = arguments(check, node, "bit_cast(T, x)", 2)
    to = check.type_of(type_node)
    value = check.expression(argument)
    for type in (to, value.type):
        if is_reference(type) or isinstance(type, CallableType):
            raise check.error(node, f"{described(type)} is more than its bits")
    sizes = layout_of(value.type).size, layout_of(to).size
    if sizes[0] != sizes[1]:
        raise check.error(
            node,
            f"{described(value.type)} has {sizes[0]} bytes and {described(to)} has {sizes[1]}",
        )
    return Convert(check.span(node), to, Conversion.BITS, value)


@word("min", "max")
def least_or_greatest(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`min(a, b, ...)`, `max(a, b, ...)` of numbers: `b if b < a else a`, each evaluated once."""
    name = name_of(node)
    if len(node.args) > 1 and node.keywords and containers.has(check, "list"):
        listed = ast.copy_location(ast.List(node.args, ast.Load()), node)
        node = ast.copy_location(ast.Call(node.func, [listed], node.keywords), node)
    if len(node.args) < 2 or node.keywords:
        if containers.has(check, "list") and len(node.args) == 1:
            return iterables.extreme(check, node, hint)
        raise check.error(node, f"'{name}' takes two or more numbers", f"write {name}(a, b)")
    operands = [check.operand(each, hint) for each in node.args]
    own = operands[0].type
    if is_enum(own) and all(each.type == own for each in operands):
        best = _best(check, node, [operators.as_number(each) for each in operands], hint)
        if best.type is LITERAL:
            best = literal_as(check, best, own.declaration.representation)
        return Convert(check.span(node), own, Conversion.INT_TO_ENUM, best)
    best = _best(check, node, [operators.as_number(each) for each in operands], hint)
    if all(each.type is BOOL for each in operands):
        return values.truth(check, best, node)
    return best


def _best(
    check: Checker, node: ast.Call, operands: list[Expression], hint: Type | None
) -> Expression:
    name = name_of(node)
    operands = value_unions.as_python_has_them(check, node, operands, hint)
    is_number = operands[0].type is LITERAL or isinstance(operands[0].type, IntType | FloatType)
    if not is_number and containers.has(check, "list"):
        return iterables.extreme_of(check, node, operands)
    best = operands[0]
    for other, argument in zip(operands[1:], node.args[1:], strict=True):
        first, second = _same_type(check, node, best, other, argument)
        first, second = _both_literal(check, first, second)
        if first.type is LITERAL:
            pick = min if name == "min" else max
            best = Literal(check.span(node), LITERAL, pick(first.value, second.value))
            continue
        best = _pick(check, node, name, first, second)
    return best


def _both_literal(
    check: Checker, first: Expression, second: Expression
) -> tuple[Expression, Expression]:
    """Give two literals a type unless they can be compared now."""
    if first.type is not LITERAL or isinstance(first, Literal) and isinstance(second, Literal):
        return first, second
    return settle(check, first), settle(check, second)


def _same_type(
    check: Checker, node: ast.Call, first: Expression, second: Expression, argument: ast.expr
) -> tuple[Expression, Expression]:
    converted = try_convert(check, second, first.type) if first.type is not LITERAL else None
    if converted is not None:
        return first, converted
    if second.type is LITERAL:
        return first, second
    converted = try_convert(check, first, second.type)
    if converted is None:
        raise check.error(
            argument, f"{described(first.type)} and {described(second.type)} have no common type"
        )
    return converted, second


def _pick(
    check: Checker, node: ast.Call, name: str, first: Expression, second: Expression
) -> Expression:
    if not isinstance(first.type, IntType | FloatType):
        raise check.error(node, f"'{name}' takes numbers, not {described(first.type)}")
    span = check.span(node)
    a, b = values.held(check, node, first), values.held(check, node, second)
    better = tree.Comparison.GREATER if name == "min" else tree.Comparison.LESS
    test = tree.Compare(span, BOOL, better, a, b)
    return tree.Conditional(span, first.type, test, values.again(b), values.again(a))


def _absolute_float(held: Expression, again: Expression) -> Expression:
    """Return `0.0 - x if x <= 0.0 else x`, by which -0.0 loses its sign, too."""
    span, type, zero = held.span, held.type, Literal(held.span, held.type, 0.0)
    test = tree.Compare(span, BOOL, tree.Comparison.LESS_EQUAL, held, zero)
    negated = tree.Binary(span, type, BinaryOperator.SUBTRACT, zero, values.again(held))
    return tree.Conditional(span, type, test, negated, again)


@word("abs")
def absolute(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`abs(x)` of a number: `-x if x < 0 else x`; of an object, its `__abs__`."""
    (argument,) = arguments(check, node, "abs(x)", 1)
    value = operators.as_number(check.operand(argument, hint))
    span = check.span(node)
    own = special.call(check, node, value, "__abs__", [])
    if own is not None:
        return own
    if isinstance(value, Literal) and value.type is LITERAL:
        return Literal(span, LITERAL, abs(value.value))
    value = values.settled(check, value)
    if not isinstance(value.type, IntType | FloatType):
        raise check.error(argument, f"'abs' takes a number, not {described(value.type)}")
    if isinstance(value.type, IntType) and not value.type.signed:
        return value
    held = values.held(check, node, value)
    again = values.again(held)
    zero = Literal(span, value.type, 0)
    if isinstance(value.type, FloatType):
        return _absolute_float(held, again)
    negative = tree.Compare(span, BOOL, tree.Comparison.LESS, held, zero)
    arithmetic = (
        Arithmetic.CHECKED if getattr(value.type, "always_checked", True) else Arithmetic.FIXED
    )
    negated = tree.Unary(
        span, value.type, tree.UnaryOperator.NEGATE, values.again(held), arithmetic
    )
    return tree.Conditional(span, value.type, negative, negated, again)


@word("divmod")
def divide(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`divmod(a, b)`: the pair (a // b, a % b)."""
    first, second = arguments(check, node, "divmod(a, b)", 2)
    left, right = check.operand(first), check.operand(second)
    if left.type is LITERAL and right.type is LITERAL:
        left = settle(check, left)
    if number_words.has(check) and any(isinstance(e.type, FloatType) for e in (left, right)):
        floats = [operators.as_float(check, operators.as_number(e), F64) for e in (left, right)]
        return number_words.made(check, node, "float_divmod", *floats)
    a, b = values.held(check, node, left), values.held(check, node, right)
    quotient = operators.combine(check, node, BinaryOperator.FLOOR_DIVIDE, a, b)
    quotient = values.settled(check, quotient)
    rest = operators.combine(check, node, BinaryOperator.MODULO, values.again(a), values.again(b))
    rest = values.settled(check, rest)
    type = TupleType((quotient.type, rest.type))
    return tree.TupleValue(check.span(node), type, [quotient, rest])


@word("ord")
def code_point(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`ord("x")` of a literal: a constant of the context's type."""
    (argument,) = arguments(check, node, 'ord("x")', 1)
    value = check.operand(argument)
    if isinstance(value, tree.StringLiteral) and len(value.value) == 1:
        return Literal(check.span(node), LITERAL, ord(value.value))
    if value.type is STR and texts.has(check):
        return texts.code_point(check, value) or texts.made(check, node, "ord_of", value)
    raise check.error(argument, "'ord' takes one character, written out", 'write ord("x")')
