"""Tuples of programs: parts of them, and new ones made of the items of others."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import containers, exception_objects, special, values
from compiler.check.conversions import LITERAL
from compiler.tree import BinaryOperator, Expression, Literal, LocalRef
from compiler.types import BOOL, INT, NamedType, TupleType

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compiler.check.checker import Checker


def of_record(check: Checker, node: ast.AST, value: Expression) -> Expression:
    """Return an object of a class derived from NamedTuple as the tuple that it is; all else as it is."""
    if not isinstance(value.type, NamedType):
        return value
    made = special.call(check, node, value, "__tuple__", [])
    return value if made is None else made


def item_of_equals(
    check: Checker, node: ast.Subscript, base: Expression, index: Expression
) -> Expression:
    """`tuple[index]` where all items are of one type: `t[0] if i == 0 else t[1] if i == 1 ...`."""
    span, type, length = check.span(node), base.type.items[0], len(base.type.items)
    held = values.held(check, node, base)
    count = Literal(span, INT, length)
    at = exception_objects.called(check, node, "position_in_tuple", index, count)
    position = check.hidden_local("position", INT, node)
    first = [*_held_first(held), tree.SetLocal(span, position, at)]
    items = [tree.TupleItem(span, type, values.again(held), i) for i in range(length)]
    result: Expression = items[-1]
    for i in range(length - 2, -1, -1):
        test = tree.Compare(
            span,
            BOOL,
            tree.Comparison.EQUAL,
            LocalRef(span, INT, position),
            Literal(span, INT, i),
        )
        result = tree.Conditional(span, type, test, items[i], result)
    return tree.Steps(span, type, first, result)


def of_any_length(
    check: Checker, node: ast.Call, callee: ast.Attribute, value: Expression
) -> Expression:
    """`pair.index(x)`, `pair.count(x)`: as of a tuple whose length is not known."""
    items = containers.listed(check, value, callee.value)
    word = ast.copy_location(ast.Name("tuple", ast.Load()), node)
    whole = ast.Call(word, [values.named(check, callee.value, items)], [])
    method = ast.Attribute(whole, callee.attr, ast.Load())
    called = ast.Call(method, node.args, node.keywords)
    for each in (whole, method, called):
        ast.copy_location(each, node)
    return check.operand(called)


def part(check: Checker, node: ast.Subscript, base: Expression) -> Expression:
    """`tuple[start:stop:step]`.

    Raises:
        CompileError: a bound is no constant, so that the result would have no type.
    """
    bounds = [
        None if each is None else check.operand(each)
        for each in (node.slice.lower, node.slice.upper, node.slice.step)
    ]
    if not all(each is None or isinstance(each, Literal) for each in bounds):
        raise check.error(
            node.slice, "the bounds of a slice of a tuple are constants", "use a list"
        )
    chosen = slice(*(None if each is None else each.value for each in bounds))
    if chosen.step == 0:
        raise check.error(node.slice, "the step of a slice is not 0")
    return _of_items(check, node, [base], [(0, i) for i in range(len(base.type.items))[chosen]])


def combined(
    check: Checker, node: ast.AST, operator: BinaryOperator, left: Expression, right: Expression
) -> Expression | None:
    """`a + b` and `a * 3` of tuples; None for everything else."""
    if not containers.in_program(check) or not isinstance(left.type, TupleType):
        return None
    length = len(left.type.items)
    if operator is BinaryOperator.ADD and isinstance(right.type, TupleType):
        numbers = [(0, i) for i in range(length)]
        numbers += [(1, i) for i in range(len(right.type.items))]
        return _of_items(check, node, [left, right], numbers)
    is_count = isinstance(right, Literal) and right.type is LITERAL
    if operator is BinaryOperator.MULTIPLY and is_count:
        return _of_items(check, node, [left], [(0, i) for i in range(length)] * right.value)
    return None


def _of_items(
    check: Checker, node: ast.AST, tuples: list[Expression], numbers: Iterable[tuple[int, int]]
) -> Expression:
    """Return a new tuple of items, each given by which tuple it is of and where."""
    span = check.span(node)
    held = [values.held(check, node, each) for each in tuples]
    items: list[Expression] = []
    for which, i in numbers:
        whole = values.again(held[which])
        items.append(tree.TupleItem(span, whole.type.items[i], whole, i))
    made = tree.TupleValue(span, TupleType(tuple(each.type for each in items)), items)
    first = [statement for each in held for statement in _held_first(each)]
    return tree.Steps(span, made.type, first, made) if first else made


def _held_first(held: Expression) -> tree.Block:
    return [tree.Evaluate(held.span, held)] if isinstance(held, tree.Walrus) else []
