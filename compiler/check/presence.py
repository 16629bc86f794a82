"""Uses of what may be None, in programs: Python's exception where it is.

    node.next.value         .held = node.next
                            if .held is None: raise AttributeError("'NoneType' object has no attribute 'value'")
                            .held.value

The kernel and its like have to test first. A program may leave the test out where Python would raise for
None, and only there: such a value is still no argument for a parameter that may not be None.

Source: Python Language Reference, sections 6.3 and 6.7.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import exception_objects, narrowing, values
from compiler.tree import Conversion, Convert, Expression
from compiler.types import BOOL, STR, OptionalType, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def attribute(check: Checker, node: ast.AST, value: Expression, name: str) -> Expression:
    """Return the object whose attribute is asked for."""
    return _present(check, node, value, "none_has_no_attribute", name)


def operand(check: Checker, node: ast.AST, value: Expression, message: str) -> Expression:
    """Return the operand of something that raises TypeError with `message` for None."""
    return _present(check, node, value, "refuse_none", message)


def operands(
    check: Checker, node: ast.AST, operator: str, left: Expression, right: Expression
) -> tuple[Expression, Expression]:
    """Return the operands of arithmetic, neither of which is None."""
    names = [_name(each.type) for each in (left, right)]
    symbol = {"**": "** or pow()"}.get(operator, operator)
    message = f"unsupported operand type(s) for {symbol}: {' and '.join(map(repr, names))}"
    return operand(check, node, left, message), operand(check, node, right, message)


def compared(
    check: Checker, node: ast.AST, operator: str, left: Expression, right: Expression
) -> tuple[Expression, Expression]:
    """Return the operands of a comparison for order, neither of which is None."""
    names = [_name(each.type) for each in (left, right)]
    message = f"'{operator}' not supported between instances of {' and '.join(map(repr, names))}"
    return operand(check, node, left, message), operand(check, node, right, message)


def _name(type: Type) -> str:
    return "NoneType" if isinstance(type, OptionalType) else str(type).partition("[")[0]


def _present(
    check: Checker, node: ast.AST, value: Expression, refusal: str, text: str
) -> Expression:
    if not isinstance(value.type, OptionalType) or not exception_objects.has_messages(check):
        return value
    span, inner = check.span(node), value.type.inner
    held = values.held(check, node, value)
    again = values.again(held)
    refused = exception_objects.called(check, node, refusal, tree.StringLiteral(span, STR, text))
    test = tree.IsNone(span, BOOL, held)
    narrowing.narrow(check, check.flow, value, inner)
    steps: tree.Block = [tree.If(span, test, [tree.Evaluate(span, refused)], [])]
    return tree.Steps(span, inner, steps, Convert(span, inner, Conversion.UNWRAP, again))
