"""Narrowing: what a test tells about the values that it tests.

After `if x is not None:` x is no longer `T | None` but T; after `isinstance(x, C)` it is a C; after
`if x:` it is not None. This holds for locals until they are assigned, and for fields
(`self.next`), constant paths of them, until a store or call that could change one.

A condition is checked by `condition`, which gives its tree and two flows: what is known where it is
true, and what is known where it is false. `and`, `or` and `not` compose these.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import comparisons, value_unions, values
from compiler.check.conversions import is_subclass
from compiler.check.flow import Flow, Path, join, path_of
from compiler.source import Note
from compiler.tree import Conversion, Convert, Expression, Literal
from compiler.types import BOOL, ClassDeclaration, NamedType, OptionalType, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker

Condition = tuple[Expression, Flow, Flow]  # the test; where it is true; where it is false


def condition(check: Checker, node: ast.expr) -> Condition:
    """Check a test: return its tree as a bool, and the flows where it holds and where it does not.

    `check.flow` is one of them afterwards; the caller sets the one that it goes on with.
    """
    from compiler.check import pattern_tests

    match node:
        case ast.BoolOp(op=ast.And()):
            return _conjunction(check, node)
        case ast.BoolOp():
            return _disjunction(check, node)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            test, when_true, when_false = condition(check, operand)
            return comparisons.negated(test), when_false, when_true
        case ast.Compare(ops=[ast.Is() | ast.IsNot()]):
            return _identity(check, node)
        case ast.Call(func=ast.Name(id="isinstance")):
            return _isinstance(check, node)
        case pattern_tests.Delayed():
            return condition(check, pattern_tests.made(check, node))
        case pattern_tests.Capture():
            test, when_true, when_false = _truth(check, node)
            when_false.reachable = False
            return test, when_true, when_false
    return _truth(check, node)


def value_of_condition(check: Checker, node: ast.expr) -> Expression:
    """Check a test whose value is used as a bool: afterwards both ways are possible."""
    test, when_true, when_false = condition(check, node)
    check.flow = join(when_true, when_false)
    return test


def _conjunction(check: Checker, node: ast.BoolOp) -> Condition:
    """`a and b`: b is evaluated where a is true."""
    tests, when_false = [], None
    for value in node.values:
        test, when_true, falsified = condition(check, value)
        tests.append(test)
        when_false = falsified if when_false is None else join(when_false, falsified)
        check.flow = when_true
    return tree.Logical(check.span(node), BOOL, True, tests), check.flow, when_false


def _disjunction(check: Checker, node: ast.BoolOp) -> Condition:
    """`a or b`: b is evaluated where a is false."""
    tests, when_true = [], None
    for value in node.values:
        test, verified, when_false = condition(check, value)
        tests.append(test)
        when_true = verified if when_true is None else join(when_true, verified)
        check.flow = when_false
    return tree.Logical(check.span(node), BOOL, False, tests), when_true, check.flow


def _truth(check: Checker, node: ast.expr) -> Condition:
    value = check.operand(node)
    test = values.truth(check, value, node)
    when_true, when_false = _parted(check, test)
    if isinstance(value.type, OptionalType):
        narrow(check, when_true, value, value.type.inner)
    return test, when_true, when_false


def _parted(check: Checker, test: Expression) -> tuple[Flow, Flow]:
    """Return the flows after a test; a constant one has only one way out."""
    when_true = check.flow
    when_false = when_true.copy()
    if isinstance(test, Literal):
        (when_false if test.value else when_true).reachable = False
    return when_true, when_false


def _identity(check: Checker, node: ast.Compare) -> Condition:
    """`x is None`, `x is not None`, and identity of other things, which tells nothing."""
    test = check.operand(node)
    when_true, when_false = _parted(check, test)
    inner = test.operand if isinstance(test, tree.Unary) else test
    if isinstance(inner, tree.IsNone):
        present = when_true if isinstance(node.ops[0], ast.IsNot) else when_false
        narrow(check, present, inner.operand, inner.operand.type.inner)
    return test, when_true, when_false


def _isinstance(check: Checker, node: ast.Call) -> Condition:
    if len(node.args) == 2 and not node.keywords:
        value = check.operand(node.args[0])
        asked = value_unions.of_test(check, value, node)
        if asked is not None:
            test = value_unions.test(check, node, value, asked)
            when_true, when_false = _parted(check, test)
            value_unions.narrow(check, value, asked, when_true, when_false)
            return test, when_true, when_false
    test = check.operand(node)
    when_true, when_false = _parted(check, test)
    if isinstance(test, tree.IsInstance):
        narrow(check, when_true, test.operand, test.of)
        others = members_of_union(test.operand.type) - {test.of.declaration.name}
        if len(others) == 1:
            (other,) = others
            found = check.module.scope.get(other)
            if isinstance(found, ClassDeclaration):
                narrow(check, when_false, test.operand, NamedType(found))
    return test, when_true, when_false


def members_of_union(type: Type) -> set[str]:
    """Return the classes of a union, by the base that stands for it; none for every other type."""
    if not isinstance(type, NamedType):
        return set()
    return set(getattr(type.declaration.node, "union_members", ()))


# Facts ---------------------------------------------------------------------------------------


def narrow(check: Checker, flow: Flow, value: Expression, type: Type) -> None:
    """Note in `flow` that what `value` was read from has this narrower type."""
    if isinstance(value, tree.Walrus):
        flow.narrow(value.local, type)
        value = value.value
    path = path_of(value)
    if path is not None and path not in check.addressed:
        flow.narrow(path, type)


def narrowed(check: Checker, value: Expression) -> Expression:
    """Return a value just read with the type that tests before it have proved."""
    facts = check.flow.narrowed
    if not facts:
        return value
    path = path_of(value)
    type = facts.get(path) if path is not None else None
    return value if type is None else as_proved(value, type)


def as_proved(value: Expression, type: Type) -> Expression:
    """Return `value`, of which a test has proved that it is a `type`."""
    own = value.type
    if isinstance(type, value_unions.Part):
        type = type.of
    if own == type:
        return value
    if isinstance(own, OptionalType):
        value = Convert(value.span, own.inner, Conversion.UNWRAP, value)
        if own.inner == type:
            return value
    if is_subclass(type, value.type):
        return value_unions.value_in(Convert(value.span, type, Conversion.DOWNCAST, value))
    return value


def assigned(check: Checker, path: Path, value: Expression) -> None:
    """Note what an assignment tells about a place: of what may be None that it is not, of a union the
    type of its value."""
    if path in check.addressed:
        return
    box = value_unions.box_of(value)
    if box is not None:
        check.flow.narrow(path, box)
    elif isinstance(value, Convert) and value.conversion is Conversion.SOME:
        check.flow.narrow(path, value.type.inner)


def forget_memory(check: Checker, node: ast.AST) -> None:
    """A call stands here: whatever is known of fields and module variables may have changed."""
    flow = check.flow
    if flow.has_paths:
        lost = flow.forget_memory()
        if lost:
            check.losses += 1
            check.lost_facts.update(dict.fromkeys(lost, check.span(node)))


def note_of_narrowing(check: Checker, value: Expression) -> tuple[Note, ...]:
    """Say where a local got the type that makes a test needless."""
    if isinstance(value, tree.LocalRef):
        return (Note(value.local.span, f"'{value.local.name}' got its type here"),)
    return ()
