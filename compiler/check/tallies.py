"""Sums kept in a dict, brought up to date with one look-up of the key.

    counts[word] += 1                               counts.add_to(word, 1)
    counts[word] = counts.get(word, 0) + 1          counts.add_or(word, 0, 1)

So for values that are numbers, where it makes no difference that the amount is evaluated before the look-up: a name
or a constant.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import calls, members
from compiler.check.conversions import LITERAL, convert
from compiler.tree import BinaryOperator, Expression, LocalRef
from compiler.types import F64, INT, NamedType, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker

_DICT = "core.containers.dict.dict"


def add_to(
    check: Checker,
    node: ast.AugAssign,
    operator: BinaryOperator,
    dict: Expression,
    index: Expression,
) -> bool:
    """Emit `dict[index] += amount`, or `-= 1`; return False if it is not such a statement."""
    if not _is_tally(dict) or not isinstance(node.value, ast.Name | ast.Constant):
        return False
    amount = node.value
    if operator is BinaryOperator.SUBTRACT and isinstance(amount, ast.Constant):
        amount = ast.copy_location(ast.UnaryOp(ast.USub(), amount), amount)
    elif operator is not BinaryOperator.ADD:
        return False
    return _call(check, node, dict, "add_to", index, [amount])


def assign(check: Checker, node: ast.Assign) -> bool:
    """Emit `dict[key] = dict.get(key, default) + amount`; return False if it is not such a statement."""
    match node:
        case ast.Assign(
            targets=[ast.Subscript(value=target, slice=key)],
            value=ast.BinOp(
                left=ast.Call(
                    func=ast.Attribute(value=source, attr="get"), args=[asked, default], keywords=[]
                ),
                op=ast.Add(),
                right=amount,
            ),
        ) if ast.unparse(target) == ast.unparse(source) and ast.unparse(key) == ast.unparse(asked):
            pass
        case _:
            return False
    if not all(isinstance(each, ast.Name | ast.Constant) for each in (key, default, amount)):
        return False
    if not isinstance(target, ast.Name | ast.Attribute):
        return False
    dict = check.operand(target)
    if not isinstance(dict, LocalRef | tree.FieldRef | tree.VariableRef) or not _is_tally(dict):
        return False
    index = check.expression(key, dict.type.arguments[0])
    return _call(check, node, dict, "add_or", index, [default, amount])


def _is_tally(dict: Expression) -> bool:
    """True for a dict of numbers, as programs have them."""
    type = dict.type
    is_dict = isinstance(type, NamedType) and type.declaration.symbol == _DICT
    return is_dict and type.arguments[1] in (INT, F64)


def _call(
    check: Checker,
    node: ast.stmt,
    dict: Expression,
    name: str,
    index: Expression,
    numbers: list[ast.expr],
) -> bool:
    """Emit a call of the dict's method, if the numbers are of its values' type."""
    type = dict.type.arguments[1]
    values = [check.operand(each, type) for each in numbers]
    if not all(_is_of(each, type) for each in values):
        return False
    amounts = [
        convert(check, value, type, each) for value, each in zip(values, numbers, strict=True)
    ]
    member = members.find_method(check, dict.type, name)
    call = calls.method_with_values(check, node, dict, member, [index, *amounts])
    check.emit(tree.Evaluate(check.span(node), call))
    return True


def _is_of(value: Expression, type: Type) -> bool:
    """True for a number of the type, or a literal that can be."""
    if value.type is LITERAL:
        return isinstance(value, tree.Literal) and (type is F64 or isinstance(value.value, int))
    return value.type == type
