"""Choices and groups: `a if test else b`, `a and b`, `(a, b)`, `name := value`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    aliasing,
    bindings,
    containers,
    narrowing,
    operators,
    starred,
    value_unions,
    values,
)
from compiler.check.checker import expression_of
from compiler.check.conversions import LITERAL, described, settle, try_convert
from compiler.check.flow import Flow, join
from compiler.tree import Conversion, Convert, Expression
from compiler.types import BOOL, NEVER, NONE, OptionalType, TupleType, Type, is_place

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@expression_of(ast.IfExp)
def conditional(check: Checker, node: ast.IfExp, hint: Type | None) -> Expression:
    """`then if test else other` (Python Language Reference, section 6.13)."""
    test, when_true, when_false = narrowing.condition(check, node.test)
    check.flow = when_true
    then = check.operand(node.body, hint)
    after_then = check.flow
    check.flow = when_false
    is_empty = isinstance(node.orelse, ast.List | ast.Dict) and hint is None
    other = check.operand(node.orelse, then.type if is_empty else hint)
    check.flow = join(after_then, check.flow)
    then, other = _meet(check, node, then, other, hint)
    return tree.Conditional(check.span(node), then.type, test, then, other)


def _meet(
    check: Checker, node: ast.AST, first: Expression, second: Expression, hint: Type | None
) -> tuple[Expression, Expression]:
    """Return two values as one type: the one expected, else the one to which both convert."""
    if hint is not None:
        a, b = try_convert(check, first, hint), try_convert(check, second, hint)
        if a is not None and b is not None:
            return _as_one(a, hint), _as_one(b, hint)
    if first.type is LITERAL and second.type is LITERAL:
        return first, second
    first, second = value_unions.as_python_has_them(check, node, [first, second], hint)
    for wanted in (first.type, second.type):
        if wanted is LITERAL or wanted is NONE or wanted is NEVER:
            continue
        for type in (wanted, wanted if isinstance(wanted, OptionalType) else _optional(wanted)):
            if type is None:
                continue
            a, b = try_convert(check, first, type), try_convert(check, second, type)
            if a is not None and b is not None:
                return _as_one(a, type), _as_one(b, type)
    if first.type is NONE and second.type is NONE:
        return first, second
    numbers = operators.as_number(first), operators.as_number(second)
    if numbers != (first, second):  # enums and bools are integers where they meet others
        return _meet(check, node, *numbers, hint)
    raise check.error(
        node,
        f"this is {described(first.type)} or {described(second.type)}, which have no common type",
        "convert one of them",
    )


def _as_one(value: Expression, type: Type) -> Expression:
    if value.type is NEVER:
        value.type = type
    return value


def _optional(type: Type) -> OptionalType | None:
    return None if is_place(type) else OptionalType(type)


# and, or -------------------------------------------------------------------------------------


@expression_of(ast.BoolOp)
def logical(check: Checker, node: ast.BoolOp, hint: Type | None) -> Expression:
    """`a and b`, `a or b` (section 6.11): the operand that decides."""
    if all(map(_is_test, node.values)):
        return narrowing.value_of_condition(check, node)
    return _deciding(check, node, node.values, isinstance(node.op, ast.And), hint)


def _is_test(node: ast.expr) -> bool:
    """True if an expression is a bool by its form."""
    match node:
        case ast.Compare() | ast.UnaryOp(op=ast.Not()) | ast.Constant(value=True | False):
            return True
        case ast.Call(func=ast.Name(id="isinstance" | "bool")):
            return True
        case ast.BoolOp(values=operands):
            return all(map(_is_test, operands))
    return False


def _deciding(
    check: Checker, node: ast.BoolOp, operands: list[ast.expr], is_and: bool, hint: Type | None
) -> Expression:
    """The value of `a and b and ...`: `b if a else a`, and so on to the right."""
    first_node, rest_nodes = operands[0], operands[1:]
    if not rest_nodes:
        return check.operand(first_node, hint)
    first, test, when_true, when_false = _tested(check, first_node, hint)
    check.flow = when_true if is_and else when_false
    if (
        hint is None
        and isinstance(first.type, OptionalType)
        and containers.is_any(first.type.inner)
    ):
        hint = first.type.inner  # what an empty display behind it is to hold
    elif hint is None and containers.is_any(first.type):
        hint = first.type
    rest = _deciding(check, node, rest_nodes, is_and, hint)
    check.flow = join(when_false if is_and else when_true, check.flow)

    if first.type is BOOL and rest.type is BOOL:
        return _flattened(check, node, is_and, first, rest)
    decided = _known(check, values.again(first), is_and)
    decided, rest = _meet(check, node, decided, rest, hint)
    then, other = (rest, decided) if is_and else (decided, rest)
    if is_place(then.type):
        raise check.error(node, f"'{then.type}' lies in place", "write 'a if test else b', or 'if'")
    return tree.Conditional(check.span(node), then.type, test, then, other)


def _tested(
    check: Checker, node: ast.expr, hint: Type | None
) -> tuple[Expression, Expression, Flow, Flow]:
    """Return an operand, its truth, and the flows where it is true and where it is false."""
    if _is_test(node):
        test, when_true, when_false = narrowing.condition(check, node)
        return test, test, when_true, when_false
    value = check.operand(node, hint)
    if value.type is BOOL:
        return value, value, check.flow, check.flow.copy()
    value = settle(check, value) if value.type is LITERAL else value
    first = values.held(check, node, value)
    test = values.truth(check, first, node)
    when_true = check.flow
    when_false = when_true.copy()
    if isinstance(value.type, OptionalType):
        narrowing.narrow(check, when_true, value, value.type.inner)
    return first, test, when_true, when_false


def _flattened(
    check: Checker, node: ast.BoolOp, is_and: bool, first: Expression, rest: Expression
) -> Expression:
    operands = [first]
    if isinstance(rest, tree.Logical) and rest.is_and == is_and:
        operands += rest.operands
    else:
        operands.append(rest)
    return tree.Logical(check.span(node), BOOL, is_and, operands)


def _known(check: Checker, value: Expression, is_and: bool) -> Expression:
    """Return the first operand where it decides: as what its truth says it is."""
    type = value.type
    if not isinstance(type, OptionalType):
        return value
    if not is_and:
        return Convert(value.span, type.inner, Conversion.UNWRAP, value)
    if not values.can_be_false(check, type.inner):
        return tree.Literal(value.span, NONE, None)
    return value


# Groups --------------------------------------------------------------------------------------


@expression_of(ast.Tuple)
def group(check: Checker, node: ast.Tuple, hint: Type | None) -> Expression:
    """`(a, b)`: a value of several values."""
    if any(isinstance(each, ast.Starred) for each in node.elts) and containers.in_program(check):
        return check.operand(starred.display(check, node), hint)
    expected: tuple[Type | None, ...] = (None,) * len(node.elts)
    if isinstance(hint, OptionalType):
        hint = hint.inner
    if isinstance(hint, TupleType) and len(hint.items) == len(node.elts):
        expected = hint.items
    elif containers.is_sequence(hint):
        expected = hint.arguments * len(node.elts)
    items = []
    for element, wanted in zip(node.elts, expected, strict=True):
        item = check.expression(element, wanted)
        if item.type is NONE or item.type is NEVER:
            raise check.error(element, "None alone is no item of a tuple")
        items.append(aliasing.stored(check, element, item, "a tuple"))
    return tree.TupleValue(check.span(node), TupleType(tuple(i.type for i in items)), items)


@expression_of(ast.NamedExpr)
def walrus(check: Checker, node: ast.NamedExpr, hint: Type | None) -> Expression:
    """`(name := value)` (section 6.12)."""
    target = node.target
    known = check.names.get(target.id)
    value = check.operand(node.value, known.type if known is not None else hint)
    local, value = bindings.bound_local(check, target, value, node.value)
    bindings.note_bound(check, local, value)
    return tree.Walrus(check.span(node), local.type, local, value)
