"""Objects with `__call__` where a Callable is wanted: their method, which holds the object."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import generator_values, special
from compiler.tree import Expression
from compiler.types import CallableType

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def to_callable(check: Checker, value: Expression, to: CallableType) -> Expression | None:
    """Return `value.__call__`; None if there is none of that type."""
    from compiler.check import conversions

    if special.find(check, value.type, "__call__") is None:
        return None

    def method(node: ast.expr) -> Expression:
        attribute = ast.copy_location(ast.Attribute(node, "__call__", ast.Load()), node)
        return check.operand(attribute, to)

    made = generator_values.over(check, value, to, method)
    assert isinstance(made, tree.Steps)
    converted = conversions.try_convert(check, made.value, to)
    if converted is None:
        return None
    made.value = converted
    return made
