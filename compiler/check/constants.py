"""Constants: values that compile-time Python computed, as expressions."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from compiler import tree
from compiler.check import literals
from compiler.check.checker import Poisoned
from compiler.check.conversions import LITERAL
from compiler.tree import Conversion, Convert, Expression, Literal
from compiler.types import (
    BROKEN,
    BYTES,
    NONE,
    U8,
    U64,
    CallableType,
    ConstantDeclaration,
    FloatType,
    FunctionDeclaration,
    FunctionInstance,
    IntType,
    OptionalType,
    PointerType,
    SliceType,
    Static,
    StaticAddress,
    StaticSlice,
    TupleType,
    Type,
    VariableDeclaration,
    is_enum,
    is_place,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker
    from compiler.source import Span


def value_of_constant(
    check: Checker, node: ast.expr, constant: ConstantDeclaration, hint: Type | None
) -> Expression:
    """Return the value of a named constant; an integer without a type is a literal."""
    if constant.type is BROKEN:
        raise Poisoned(check.span(node), "")
    return value_of_type(check, node, constant.value, constant.type, hint)


def value_of_type(
    check: Checker, node: ast.AST, value: Any, type: Type | None, hint: Type | None = None
) -> Expression:
    """Return a compile-time value as an expression of `type`, or of its own type."""
    span = check.span(node)
    own = getattr(value, "type", None)
    if type is None and isinstance(own, Type):
        type = own
    match value:
        case Static() if isinstance(type, SliceType):
            place = tree.StaticRef(span, value.type, value)
            return Convert(span, type, Conversion.ARRAY_TO_SLICE, place)
        case Static():
            return tree.StaticRef(span, value.type, value)
        case FunctionDeclaration():
            instance = FunctionInstance(value)
            check.unit.request(instance)
            return tree.FunctionRef(span, type or check.unit.callable_of(instance), instance)
        case VariableDeclaration():
            place = tree.VariableRef(span, value.type, value)
            if isinstance(type, PointerType):
                return tree.AddressOf(span, type, place)
            return place
        case StaticAddress() if isinstance(type, PointerType):
            return _address(span, value, type)
        case StaticSlice() if isinstance(type, SliceType):
            length = Literal(span, U64, value.length)
            return tree.SliceValue(
                span, type, _address(span, value.start, value.start.type), length
            )

    match type:
        case None:
            return literals.plain_value(check, node, value, hint)
        case IntType() | FloatType():
            return Literal(span, type, value if isinstance(type, FloatType) else int(value))
        case OptionalType(inner) if value is None:
            return Convert(span, type, Conversion.NONE_TO_OPTIONAL, Literal(span, NONE, None))
        case OptionalType(inner):
            inside = value_of_type(check, node, value, inner)
            return Convert(span, type, Conversion.SOME, inside)
        case TupleType(items):
            parts = [value_of_type(check, node, v, t) for v, t in zip(value, items, strict=True)]
            return tree.TupleValue(span, type, parts)
        case PointerType():
            address = Literal(span, U64, int(value))
            return Convert(span, type, Conversion.INT_TO_POINTER, address)
        case SliceType() if isinstance(value, bytes):
            return Convert(
                span, type, Conversion.BYTES_TO_SLICE, tree.StringLiteral(span, BYTES, value)
            )
        case CallableType():
            raise check.error(node, f"a constant of type '{type}' is not part of the language")
    if is_enum(type):
        return Literal(span, type, int(value))
    result = literals.plain_value(check, node, value, hint)
    if result.type is not LITERAL and result.type == type:
        return result
    raise check.error(node, f"a constant of type '{type}' is not part of the language")


def _address(span: Span, address: StaticAddress, type: PointerType) -> Expression:
    """Return a compile-time pointer: the address of an object or variable, and bytes beyond it."""
    target = address.target
    whole = PointerType(target.type)
    if isinstance(target, VariableDeclaration):
        start = tree.AddressOf(span, whole, tree.VariableRef(span, target.type, target))
    elif is_place(target.type):
        start = tree.AddressOf(span, whole, tree.StaticRef(span, target.type, target))
    else:
        start = Convert(span, whole, Conversion.BORROW, tree.StaticRef(span, target.type, target))
    if address.offset:
        first = Convert(span, PointerType(U8), Conversion.POINTER, start)
        offset = Literal(span, U64, address.offset)
        start = tree.PointerOffset(span, first.type, first, offset, False)
    return start if start.type == type else Convert(span, type, Conversion.POINTER, start)
