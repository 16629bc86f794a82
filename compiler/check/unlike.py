"""Equality of values of unlike types in programs: never true, as in Python, and no error.

    point == (1, 2)     False, if the class of the point has no `__eq__`, or one that first asks what it is given
    "a" != 3            True
    x == None           whether it is None

Both operands are evaluated. Where an `__eq__` would look into whatever it is given, the comparison stays an error.

Source: Python Language Reference, section 6.10.1.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import containers, special, value_unions, values
from compiler.check.conversions import LITERAL, is_subclass, try_convert
from compiler.read import ARGUMENTS, is_program
from compiler.tree import Expression
from compiler.types import (
    BOOL,
    BYTES,
    NONE,
    STR,
    ClassKind,
    FloatType,
    IntType,
    NamedType,
    OptionalType,
    TupleType,
    Type,
    is_enum,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def equal(check: Checker, node: ast.AST, left: Expression, right: Expression) -> Expression | None:
    """Return `left == right` of values that cannot be equal, or one of which is None; None for others."""
    if left.type is NONE or right.type is NONE:
        return _is_none(check, node, left if right.type is NONE else right)
    kinds = _kind(left.type), _kind(right.type)
    if None in kinds or kinds[0] == kinds[1]:
        return None
    for one, other in ((left.type, right.type), (right.type, left.type)):
        if isinstance(one, NamedType) and isinstance(other, NamedType) and is_subclass(one, other):
            return None
    if not (_takes_anything(check, left.type, right) and _takes_anything(check, right.type, left)):
        return None
    for each in (left, right):
        if _is_argument(each):
            raise check.error(
                node,
                "what an exception was made with is text here",
                "compare it with text, or give the exception a field",
            )
    return _false(check, node, left, right)


def _is_argument(value: Expression) -> bool:
    """True for an item of the `args` of an exception, whose text may be that of a number."""
    return isinstance(value, tree.Call) and value.function.declaration.module.name == ARGUMENTS


def _is_none(check: Checker, node: ast.AST, value: Expression) -> Expression | None:
    inner = value.type.inner if isinstance(value.type, OptionalType) else value.type
    none = tree.Literal(value.span, NONE, None)
    if inner is not NONE and not (_kind(inner) and _takes_anything(check, inner, none)):
        return None
    if isinstance(value.type, OptionalType):
        return tree.IsNone(check.span(node), BOOL, value)
    return _false(check, node, value)


def _false(check: Checker, node: ast.AST, *operands: Expression) -> Expression:
    span = check.span(node)
    steps = [
        tree.Evaluate(span, values.settled(check, each))
        for each in operands
        if each.type is not NONE
    ]
    return tree.Steps(span, BOOL, steps, tree.Literal(span, BOOL, False))


def _kind(type: Type) -> str | None:
    """Return what values of a type can be equal to; None where nothing is known of that."""
    if isinstance(type, IntType | FloatType) or type in (LITERAL, BOOL) or is_enum(type):
        return "number"
    if type in (STR, BYTES):
        return str(type)
    if isinstance(type, TupleType):
        return "tuple"
    if not isinstance(type, NamedType):
        return None
    if containers.is_any(type):
        name = type.declaration.name
        return {"frozenset": "set", "list": "list", "set": "set", "dict": "dict"}.get(name)
    is_own = is_program(type.declaration.module.name) and type.kind is ClassKind.CLASS
    return f"class {type}" if is_own and not value_unions.members(type) else None


def _takes_anything(check: Checker, type: Type, other: Expression) -> bool:
    """True if comparing a value of this type with another one is false, as they are unlike."""
    if not isinstance(type, NamedType) or not str(_kind(type)).startswith("class "):
        return True
    if special.find(check, type, "__tuple__") is not None:
        return False
    method = special.find(check, type, "__eq__")
    if method is None or type.declaration.compares_fields:
        return True
    wanted = method.declaration.parameters[1].type
    if try_convert(check, other, wanted) is not None:
        return False
    body = [
        each
        for each in method.declaration.node.body
        if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
    ]
    return bool(body) and "isinstance(" in ast.unparse(body[0])
