"""Containment: `x in y`, for each kind of y.

(a, b, c)          equal to one of them, which are evaluated first if they call something
b"..."             a byte of the literal: comparisons with its runs
range(a, b)        between the bounds
flags              all bits of x are set
an object          its `__contains__`
an iterable        equal to one of its items, in programs
"""

from __future__ import annotations

import ast
from functools import partial
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    comparisons,
    containers,
    names,
    octets,
    operators,
    special,
    texts,
    values,
)
from compiler.check.conversions import LITERAL, described, none_hint, settle
from compiler.tree import BinaryOperator, Comparison, Expression, Literal
from compiler.types import BOOL, BYTES, STR, ArrayType, IntType, SliceType, TupleType, Word

if TYPE_CHECKING:
    from compiler.check.checker import Checker
    from compiler.source import Span


def contains(check: Checker, node: ast.AST, left: Expression, right: ast.expr) -> Expression:
    """Return `left in right` as a bool."""
    if isinstance(right, ast.Tuple | ast.List | ast.Set):
        return _in_display(check, node, left, right.elts)
    if _is_range(check, right):
        return _in_range(check, node, left, right)
    value = check.operand(right)
    among = octets.contains(check, node, left, value)
    if among is not None:
        return among
    if isinstance(value, tree.StringLiteral) and value.type is BYTES:
        return _in_bytes(check, node, left, value.value)
    if value.type is STR and left.type is STR and texts.has(check):
        call = texts.made(check, node, "contains", value, left)
        call.evaluation = [1, 0]
        return call
    if operators.is_flag(value.type) and left.type == value.type:
        return _in_flags(check, node, left, value)
    if isinstance(value.type, TupleType) and value.type.items:
        return _in_tuple(check, node, left, value)
    member = special.find(check, value.type, "__contains__")
    if member is not None:
        called = special.call(check, node, value, "__contains__", [left])
        called.evaluation = [1, 0]
        return called
    is_iterable = special.find(check, value.type, "__iter__") is not None
    if is_iterable and containers.in_program(check):
        return _in_iterable(check, node, left, value)
    raise _no_containment(check, right, value)


def _no_containment(check: Checker, node: ast.expr, value: Expression):
    hint = none_hint(check, value, node)
    if isinstance(value.type, SliceType | ArrayType) or value.type is BYTES:
        hint = "write a loop over it, or call a function of core that searches"
    elif value.type is STR:
        hint = "search its bytes: see core.text"
    return check.error(node, f"'in' is not defined for {described(value.type)}", hint)


def _in_display(
    check: Checker, node: ast.AST, left: Expression, elements: list[ast.expr]
) -> Expression:
    """`x in (a, b)`: x once, then the elements until one is equal."""
    span = check.span(node)
    if not elements:
        raise check.error(node, "nothing is in an empty group")
    hint = None if left.type is LITERAL else left.type
    others = [check.operand(element, hint) for element in elements]
    if any(isinstance(part, ast.Call) for element in elements for part in ast.walk(element)):
        made = [*map(partial(values.settled, check), others)]
        whole = tree.TupleValue(span, TupleType(tuple(each.type for each in made)), made)
        return _in_tuple(check, node, left, whole)
    first = left if left.type is LITERAL else values.held(check, node, left)
    tests = []
    for number, (element, other) in enumerate(zip(elements, others, strict=True)):
        operand = first if number == 0 else values.again(first)
        tests.append(comparisons.compare(check, element, Comparison.EQUAL, operand, other))
    return _any(span, tests)


def _in_tuple(check: Checker, node: ast.AST, left: Expression, whole: Expression) -> Expression:
    """`x in pair`: x once, then all of the tuple, then comparisons until one is equal."""
    span = check.span(node)
    held = [values.held(check, node, values.settled(check, left)), values.held(check, node, whole)]
    first, again = (values.again(each) for each in held)
    items = [tree.TupleItem(span, type, again, i) for i, type in enumerate(whole.type.items)]
    tests = [comparisons.compare(check, node, Comparison.EQUAL, first, item) for item in items]
    before = [tree.Evaluate(span, each) for each in held if isinstance(each, tree.Walrus)]
    return tree.Steps(span, BOOL, before, _any(span, tests))


def _in_iterable(
    check: Checker, node: ast.AST, left: Expression, iterable: Expression
) -> Expression:
    """`x in items`: any(each == x for each in items), which stops at the first."""
    span = check.span(node)
    around, check.out = check.out, []
    sought = values.named(check, node, values.settled(check, left))
    among = values.named(check, node, iterable)
    each = f"{among.id}.each"
    test = ast.Compare(ast.Name(each, ast.Load()), [ast.Eq()], [sought])
    loop = ast.comprehension(ast.Name(each, ast.Store()), among, [], 0)
    found = ast.Call(ast.Name("any", ast.Load()), [ast.GeneratorExp(test, [loop])], [])
    for part in ast.walk(found):
        ast.copy_location(part, node)
    result = check.operand(found)
    steps, check.out = check.out, around
    return tree.Steps(span, BOOL, steps, result)


def _any(span: Span, tests: list[Expression]) -> Expression:
    return tests[0] if len(tests) == 1 else tree.Logical(span, BOOL, False, tests)


def _is_range(check: Checker, node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "range"
        and names.meaning(check, node.func) == Word("range")
    )


def _in_range(check: Checker, node: ast.AST, left: Expression, call: ast.Call) -> Expression:
    """`x in range(start, stop)`: `start <= x < stop`."""
    if call.keywords or not 1 <= len(call.args) <= 2:
        raise check.error(call, "'in range' takes start and stop", "write range(start, stop)")
    span = check.span(node)
    value = values.settled(check, operators.as_number(left))
    if not isinstance(value.type, IntType):
        raise check.error(node, f"a range holds integers, not {described(value.type)}")
    bounds = [operators.as_number(check.operand(each, value.type)) for each in call.args]
    bounds = [settle(check, each) if each.type is LITERAL else each for each in bounds]
    for bound, argument in zip(bounds, call.args, strict=True):
        if not isinstance(bound.type, IntType):
            raise check.error(argument, f"range takes integers, not {described(bound.type)}")
    first = values.held(check, node, value)
    start = bounds[0] if len(bounds) == 2 else Literal(span, value.type, 0)
    above = tree.Compare(span, BOOL, Comparison.GREATER_EQUAL, first, start)
    below = tree.Compare(span, BOOL, Comparison.LESS, values.again(first), bounds[-1])
    return tree.Logical(span, BOOL, True, [above, below])


def _in_bytes(check: Checker, node: ast.AST, left: Expression, members: bytes) -> Expression:
    """`x in b"..."` of an integer: it lies in one of the literal's runs of bytes."""
    span = check.span(node)
    value = values.settled(check, operators.as_number(left))
    if not isinstance(value.type, IntType):
        raise check.error(node, f"bytes hold integers, not {described(left.type)}")
    if not members:
        return Literal(span, BOOL, False)
    first = values.held(check, node, value)
    tests: list[Expression] = []
    for low, high in _runs(members):
        operand = values.again(first) if tests else first
        if low == high:
            tests.append(_compared(check, node, Comparison.EQUAL, operand, low))
            continue
        above = _compared(check, node, Comparison.GREATER_EQUAL, operand, low)
        below = _compared(check, node, Comparison.LESS_EQUAL, values.again(first), high)
        tests.append(tree.Logical(span, BOOL, True, [above, below]))
    return _any(span, tests)


def _compared(
    check: Checker, node: ast.AST, comparison: Comparison, value: Expression, number: int
) -> Expression:
    literal = Literal(value.span, LITERAL, number)
    return comparisons.compare(check, node, comparison, value, literal)


def _runs(members: bytes) -> list[tuple[int, int]]:
    """Return the runs of consecutive values among some bytes."""
    runs: list[tuple[int, int]] = []
    for value in sorted(set(members)):
        if runs and runs[-1][1] == value - 1:
            runs[-1] = runs[-1][0], value
        else:
            runs.append((value, value))
    return runs


def _in_flags(check: Checker, node: ast.AST, left: Expression, flags: Expression) -> Expression:
    """`member in flags`: all bits of the member are set."""
    first = values.held(check, node, left)
    common = operators.combine(check, node, BinaryOperator.AND, first, flags)
    return tree.Compare(check.span(node), BOOL, Comparison.EQUAL, common, values.again(first))
