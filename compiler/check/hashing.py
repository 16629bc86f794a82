"""`hash(x)`, by the type of x: what dicts and sets look for keys by.

int, bool, enums        their value, as CPython makes it
str                     core.containers.text, computed once for each object
tuples, and dataclasses that are frozen     of the items
classes                 their `__hash__`; without `__eq__` either, their identity
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import conversions, members, operators, special, values
from compiler.check.conversions import LITERAL, convert, described
from compiler.check.words import arguments, word
from compiler.layout import fields_of
from compiler.tree import Conversion, Convert, Expression, Literal
from compiler.types import (
    BOOL,
    BYTES,
    F64,
    INT,
    STR,
    U64,
    ClassKind,
    FloatType,
    FunctionInstance,
    IntType,
    NamedType,
    OptionalType,
    PointerType,
    TupleType,
    Type,
    is_enum,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker

MODULE = "core.containers.hashes"
OF_NONE = 0xFCA86420


@word("hash")
def hash_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`hash(x)`."""
    (argument,) = arguments(check, node, "hash(x)", 1)
    if MODULE not in check.unit.modules:
        raise check.error(node, "'hash' cannot be called here", "call the hash function: core.hash")
    return of_value(check, node, check.operand(argument))


def of_value(check: Checker, node: ast.AST, value: Expression) -> Expression:
    """Return the hash of a checked value as an int."""
    if value.type is LITERAL:
        value = conversions.settle(check, value)
    type = value.type
    if type is BOOL or isinstance(type, IntType) or is_enum(type):
        return _called(check, node, "of_int", _as_int(check, operators.as_number(value)))
    if isinstance(type, FloatType):
        bits = Convert(value.span, U64, Conversion.BITS, operators.as_float(check, value, F64))
        return _called(check, node, "of_float", bits)
    if type is STR:
        return _called(check, node, "of_text", value)
    if type is BYTES:
        return _called(check, node, "of_octets", value)
    if isinstance(type, TupleType):
        held = values.held(check, node, value)
        items = [
            tree.TupleItem(value.span, item, held if i == 0 else values.again(held), i)
            for i, item in enumerate(type.items)
        ]
        return _of_items(check, node, items)
    if isinstance(type, OptionalType):
        return _of_optional(check, node, value, type)
    if isinstance(type, NamedType) and type.kind is ClassKind.CLASS:
        return _of_object(check, node, value, type)
    raise _unhashable(check, node, type)


def _as_int(check: Checker, number: Expression) -> Expression:
    """Return an integer of any type as an int, which must hold it."""
    if number.type is LITERAL:
        return conversions.settle(check, number)
    if number.type == INT:
        return number
    how = Conversion.WIDEN if conversions.widens(number.type, INT) else Conversion.CHECKED
    return Convert(number.span, INT, how, number)


def _of_items(check: Checker, node: ast.AST, items: list[Expression]) -> Expression:
    state = _called(check, node, "start")
    for item in items:
        state = _called(check, node, "added", state, of_value(check, node, item))
    return _called(check, node, "finished", state, Literal(check.span(node), U64, len(items)))


def _of_optional(
    check: Checker, node: ast.AST, value: Expression, type: OptionalType
) -> Expression:
    held = values.held(check, node, value)
    some = Convert(value.span, type.inner, Conversion.UNWRAP, values.again(held))
    nothing = Literal(value.span, INT, OF_NONE)
    test = tree.IsNone(value.span, BOOL, held)
    return tree.Conditional(value.span, INT, test, nothing, of_value(check, node, some))


def _of_object(check: Checker, node: ast.AST, value: Expression, type: NamedType) -> Expression:
    own = special.call(check, node, value, "__hash__", [])
    if own is not None:
        return convert(check, own, INT, node)
    if type.declaration.compares_fields and type.declaration.is_frozen:
        held = values.held(check, node, value)
        fields = [
            members.field_ref(check, node, held if i == 0 else values.again(held), name)
            for i, name in enumerate(fields_of(type))
        ]
        return _of_items(check, node, fields)
    if type.declaration.compares_fields or special.find(check, type, "__eq__") is not None:
        raise _unhashable(check, node, type)
    pointer = Convert(value.span, PointerType(type), Conversion.BORROW, value)
    address = Convert(value.span, U64, Conversion.POINTER_TO_INT, pointer)
    return _called(check, node, "of_int", Convert(value.span, INT, Conversion.CHECKED, address))


def _unhashable(check: Checker, node: ast.AST, type: Type):
    hint = "define '__hash__' in it" if isinstance(type, NamedType) else ""
    if str(type).partition("[")[0] in ("list", "dict", "set"):
        hint = "use a tuple, which cannot change"
    return check.error(node, f"{described(type)} has no hash", hint)


def _called(check: Checker, node: ast.AST, name: str, *given: Expression) -> Expression:
    declaration = check.unit.core_function(check, node, MODULE, name)
    instance = FunctionInstance(declaration)
    check.unit.request(instance)
    signature = check.unit.signature(instance)
    return tree.Call(check.span(node), signature.result, instance, signature, list(given))
