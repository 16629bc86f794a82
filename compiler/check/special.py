"""Special methods: what `+`, `==`, `in`, `len` and their like mean for classes and structs."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import alternatives, calls, comparisons, containers, members, values
from compiler.check.conversions import try_convert
from compiler.declare import Member
from compiler.layout import fields_of
from compiler.tree import Comparison, Expression
from compiler.types import BOOL, NamedType, OptionalType, Type, is_place, is_reference

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def find(check: Checker, type: Type, name: str) -> Member | None:
    """Return the special method of a type; None if it has none."""
    return members.find_method(check, type, name)


def call(
    check: Checker, node: ast.AST, receiver: Expression, name: str, arguments: list[Expression]
) -> Expression | None:
    """Return `receiver.name(*arguments)`; None if the receiver's type has no such method."""
    member = find(check, receiver.type, name)
    if member is None:
        return None
    return alternatives.chosen(
        check,
        member.declaration,
        lambda each: calls.method_with_values(
            check, node, receiver, Member(member.owner, each), arguments
        ),
    )


def binary(
    check: Checker, node: ast.AST, name: str, left: Expression, right: Expression
) -> Expression | None:
    """Return `left.__name__(right)`, or else `right.__rname__(left)`."""
    if find(check, left.type, f"__{name}__") is not None:
        return call(check, node, left, f"__{name}__", [right])
    if find(check, right.type, f"__r{name}__") is not None:
        return _reflected(check, node, left, right, f"__r{name}__")
    return None


def _reflected(
    check: Checker, node: ast.AST, left: Expression, right: Expression, name: str
) -> Expression | None:
    """Return `right.name(left)`, the left operand evaluated first."""
    called = call(check, node, right, name, [left])
    if isinstance(called, tree.Call | tree.VirtualCall):
        called.evaluation = [1, 0]
    return called


REFLECTED = {
    "__eq__": "__eq__",
    "__ne__": "__ne__",
    "__lt__": "__gt__",
    "__le__": "__ge__",
    "__gt__": "__lt__",
    "__ge__": "__le__",
}


def comparison(
    check: Checker,
    node: ast.AST,
    operator: Comparison,
    name: str,
    left: Expression,
    right: Expression,
) -> Expression | None:
    """Return `left.__lt__(right)` or `right.__gt__(left)`; `!=` is `not ==` unless defined.

    References without `__eq__` compare by identity, as in Python.
    """
    right = containers.plain_set(check, node, right, ("frozenset",))
    if containers.is_sequence(left.type):
        right = try_convert(check, right, left.type) or right
    if find(check, left.type, name) is not None:
        return call(check, node, left, name, [right])
    if find(check, right.type, REFLECTED[name]) is not None and name != "__ne__":
        return _reflected(check, node, left, right, REFLECTED[name])
    if operator is Comparison.NOT_EQUAL:
        equal = comparison(check, node, Comparison.EQUAL, "__eq__", left, right)
        return equal and comparisons.negated(equal)
    if operator is Comparison.EQUAL:
        same_class = isinstance(left.type, NamedType) and left.type == right.type
        if same_class and left.type.declaration.compares_fields:
            return _by_fields(check, node, left, right)
        return _by_identity(check, node, left, right)
    return None


def _by_fields(check: Checker, node: ast.AST, left: Expression, right: Expression) -> Expression:
    """`a == b` of a dataclass: all fields are equal, in their order."""
    first, second = values.held(check, node, left), values.held(check, node, right)
    tests: list[Expression] = []
    for name in fields_of(left.type):
        a = members.field_ref(check, node, values.again(first) if tests else first, name)
        b = members.field_ref(check, node, values.again(second) if tests else second, name)
        tests.append(comparisons.compare(check, node, Comparison.EQUAL, a, b))
    if not tests:
        return tree.Literal(check.span(node), BOOL, True)
    return tests[0] if len(tests) == 1 else tree.Logical(check.span(node), BOOL, True, tests)


def _by_identity(
    check: Checker, node: ast.AST, left: Expression, right: Expression
) -> Expression | None:
    """`a == b` of references whose class does not define it; None for everything else."""
    for value in (left, right):
        type = value.type.inner if isinstance(value.type, OptionalType) else value.type
        if not isinstance(type, NamedType) or not is_reference(type) or is_place(type):
            return None
        if find(check, type, "__eq__") is not None:
            return None
    return comparisons.compare(check, node, Comparison.IS, left, right)
