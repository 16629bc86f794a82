"""Literals: constants in the source, and the arithmetic on them that check does itself.

An integer literal has no type until its context gives one, and arithmetic of literals and of
constants without a type is done here, exactly, as Python does it. `1 << 40` is a literal, too.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from compiler import tree
from compiler.check.checker import expression_of
from compiler.check.conversions import LITERAL, settle, shown
from compiler.source import Span
from compiler.tree import BinaryOperator, Expression, Literal, StringLiteral, UnaryOperator
from compiler.types import BOOL, BYTES, F64, NONE, STR, FloatType, TupleType, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker

MAX_BITS = 4096  # of a literal's value: far beyond every type, and quick to compute with


@expression_of(ast.Constant)
def constant(check: Checker, node: ast.Constant, hint: Type | None) -> Expression:
    """A literal number, bool, None, str or bytes."""
    return plain_value(check, node, node.value, hint)


def plain_value(check: Checker, node: ast.AST, value: Any, hint: Type | None = None) -> Expression:
    """Return the literal of a plain Python value."""
    span = check.span(node)
    kind = type(value)
    if kind is int:
        if value.bit_length() > MAX_BITS:
            raise check.error(node, "this number is too large for any type")
        return Literal(span, LITERAL, value)
    if kind is bool:
        return Literal(span, BOOL, value)
    if value is None:
        return Literal(span, NONE, None)
    if kind is str:
        encoded(check, node, value)
        return StringLiteral(span, STR, value)
    if kind is bytes:
        return StringLiteral(span, BYTES, value)
    if kind is float:
        type_ = hint if isinstance(hint, FloatType) else F64
        check.unit.allow_floats(check, node)
        return Literal(span, type_, value)
    if kind is tuple:
        items = [_item(check, node, item) for item in value]
        return tree.TupleValue(span, TupleType(tuple(item.type for item in items)), items)
    if value is Ellipsis:
        raise check.error(node, "'...' is not a value here", "write the value")
    raise check.error(node, f"a value of type '{kind.__name__}' is not part of the language")


def encoded(check: Checker, node: ast.AST | Span, text: str) -> bytes:
    """Return text as UTF-8."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise check.error(node, "half of a surrogate pair is no text") from error


def _item(check: Checker, node: ast.AST, value: Any) -> Expression:
    item = plain_value(check, node, value)
    return settle(check, item) if item.type is LITERAL else item


def fold_unary(check: Checker, node: ast.AST, operator: UnaryOperator, operand: Literal) -> Literal:
    """Return `-literal` or `~literal`."""
    value = -operand.value if operator is UnaryOperator.NEGATE else ~operand.value
    return Literal(check.span(node), LITERAL, value)


def fold_binary(
    check: Checker, node: ast.AST, operator: BinaryOperator, left: Literal, right: Literal
) -> Literal:
    """Return `literal operator literal`, exactly."""
    a, b = left.value, right.value
    match operator:
        case BinaryOperator.FLOOR_DIVIDE | BinaryOperator.MODULO | BinaryOperator.DIVIDE if b == 0:
            raise check.error(node, "this divides by zero")
        case BinaryOperator.DIVIDE:
            check.unit.allow_floats(check, node)
            return Literal(check.span(node), F64, _quotient(check, node, a, b))
        case BinaryOperator.SHIFT_LEFT | BinaryOperator.SHIFT_RIGHT if not 0 <= b <= MAX_BITS:
            raise check.error(node, f"cannot shift by {shown(b)}")
        case BinaryOperator.POWER if b < 0 and a == 0:
            raise check.error(node, "this divides by zero")
        case BinaryOperator.POWER if b < 0:
            check.unit.allow_floats(check, node)
            return Literal(check.span(node), F64, float(a) ** b)
        case BinaryOperator.POWER if abs(a) > 1 and b * a.bit_length() > MAX_BITS:
            raise check.error(node, "this number is too large for any type")
    value = FOLD[operator](a, b)
    if value.bit_length() > MAX_BITS:
        raise check.error(node, "this number is too large for any type")
    return Literal(check.span(node), LITERAL, value)


def _quotient(check: Checker, node: ast.AST, a: int, b: int) -> float:
    try:
        return a / b
    except OverflowError:
        raise check.error(node, "the quotient is too large for a float") from None


FOLD = {
    BinaryOperator.ADD: int.__add__,
    BinaryOperator.SUBTRACT: int.__sub__,
    BinaryOperator.MULTIPLY: int.__mul__,
    BinaryOperator.FLOOR_DIVIDE: int.__floordiv__,
    BinaryOperator.MODULO: int.__mod__,
    BinaryOperator.POWER: int.__pow__,
    BinaryOperator.AND: int.__and__,
    BinaryOperator.OR: int.__or__,
    BinaryOperator.XOR: int.__xor__,
    BinaryOperator.SHIFT_LEFT: int.__lshift__,
    BinaryOperator.SHIFT_RIGHT: int.__rshift__,
}
