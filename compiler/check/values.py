"""Values: holding one for a second use, and asking whether it is true."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import special
from compiler.check.conversions import LITERAL, described, settle
from compiler.tree import Comparison, Conversion, Convert, Expression, Literal, LocalRef
from compiler.types import (
    BOOL,
    BYTES,
    INT,
    NEVER,
    NONE,
    STR,
    ArrayType,
    FloatType,
    IntType,
    NamedType,
    OptionalType,
    SliceType,
    Type,
    WrappedType,
    is_enum,
    is_place,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def held(check: Checker, node: ast.AST, value: Expression) -> Expression:
    """Return `value` so that `again` can use it once more: in a hidden local unless it is one."""
    if isinstance(value, LocalRef | Literal | tree.StringLiteral):
        return value
    if value.type is LITERAL:  # `1 if test else 2`
        value = settle(check, value)
    owns = not is_place(value.type) or tree.is_fresh(value)
    local = check.hidden_local("held", value.type, node, owns=owns)
    return tree.Walrus(value.span, value.type, local, value)


def again(first: Expression) -> Expression:
    """Return what `held` holds once more."""
    if isinstance(first, tree.Walrus | LocalRef):
        return LocalRef(first.span, first.type, first.local)
    return first


def named(check: Checker, node: ast.AST, value: Expression) -> ast.Name:
    """Emit what keeps a value in a hidden local, and return a name for that in new syntax."""
    local = check.hidden_local("named", value.type, node)
    check.emit(tree.SetLocal(check.span(node), local, value))
    check.names[local.name] = local
    return ast.copy_location(ast.Name(local.name, ast.Load()), node)


def truth(check: Checker, value: Expression, node: ast.AST) -> Expression:
    """Return the truth of a value as a bool (Python Language Reference, section 6.11)."""
    from compiler.check import containers

    type, span = value.type, value.span
    if type is BOOL:
        return value
    if isinstance(value, Literal):
        return Literal(span, BOOL, bool(value.value))
    if isinstance(value, tree.StringLiteral):
        return Literal(span, BOOL, bool(value.value))
    if isinstance(type, OptionalType):
        return _truth_of_optional(check, value, node)
    if isinstance(type, IntType | FloatType | SliceType) or type in (STR, BYTES) or is_enum(type):
        return tree.Truth(span, BOOL, value)
    if isinstance(type, ArrayType) or isinstance(type, WrappedType) and type.word == "UserSlice":
        return tree.Truth(span, BOOL, value)
    if isinstance(type, NamedType):
        asked = truth_by_method(check, value, node)
        if asked is not None:
            return asked
    if type is NONE and containers.in_program(check):
        evaluated = [tree.Evaluate(span, value)]
        return tree.Steps(span, BOOL, evaluated, Literal(span, BOOL, False))
    if type is NONE or type is NEVER:
        raise check.error(node, "this gives nothing that could be true or false")
    raise check.error(
        node,
        f"this is {described(type)}, which is always true",
        "drop the test, or annotate what may be None with '| None'",
    )


def _truth_of_optional(check: Checker, value: Expression, node: ast.AST) -> Expression:
    """None is false; anything else is asked itself, if it can be false."""
    inner, span = value.type.inner, value.span
    if not can_be_false(check, inner):
        return tree.Truth(span, BOOL, value)
    first = held(check, node, value)
    present = tree.Unary(span, BOOL, tree.UnaryOperator.NOT, tree.IsNone(span, BOOL, first))
    itself = truth(check, Convert(span, inner, Conversion.UNWRAP, again(first)), node)
    return tree.Logical(span, BOOL, True, [present, itself])


def can_be_false(check: Checker, type: Type) -> bool:
    """True if some value of the type other than None is false."""
    if isinstance(type, IntType | FloatType | SliceType | ArrayType):
        return True
    if type in (BOOL, STR, BYTES) or is_enum(type):
        return True
    return isinstance(type, NamedType) and any(
        special.find(check, type, name) for name in ("__bool__", "__len__")
    )


def truth_by_method(check: Checker, value: Expression, node: ast.AST) -> Expression | None:
    """Return `value.__bool__()`, or `value.__len__() != 0`, or None if it has neither."""
    asked = special.call(check, node, value, "__bool__", [])
    if asked is not None:
        if asked.type is not BOOL:
            raise check.error(node, "'__bool__' of its class does not return a bool")
        return asked
    length = special.call(check, node, value, "__len__", [])
    if length is None:
        return None
    zero = Literal(value.span, length.type if isinstance(length.type, IntType) else INT, 0)
    return tree.Compare(value.span, BOOL, Comparison.NOT_EQUAL, length, zero)


def settled(check: Checker, value: Expression) -> Expression:
    """Return a value of a concrete type: a literal becomes an 'int'."""
    from compiler.check.conversions import settle

    return settle(check, value) if value.type is LITERAL else value
