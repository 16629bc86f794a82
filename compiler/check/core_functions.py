"""What the methods and operators of str and bytes have in common: they are functions of core.

`s.name(...)` is the function `name` of a module, whose first parameter is the object. The first argument is checked
already; the others may be, or stand in a call.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import calls
from compiler.check.conversions import LITERAL, convert
from compiler.tree import BinaryOperator, Expression
from compiler.types import FunctionDeclaration, FunctionInstance, IntType, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def named(check: Checker, modules: tuple[str, ...], name: str) -> FunctionDeclaration | None:
    """Return the function of a name that one of some modules has, if it is read; None if none has."""
    for module in modules:
        if module in check.unit.modules:
            found = check.unit.modules[module].scope.get(name)
            if isinstance(found, FunctionDeclaration) and found.module.name == module:
                return found
    return None


def call(
    check: Checker,
    node: ast.AST,
    declaration: FunctionDeclaration,
    values: list[Expression],
    evaluation: list[int] | None = None,
) -> tree.Call:
    """Return the call of a function with arguments of its parameters' types."""
    instance = FunctionInstance(declaration)
    check.unit.request(instance, check.span(node))
    signature = check.unit.signature(instance)
    return tree.Call(check.span(node), signature.result, instance, signature, values, evaluation)


def made(
    check: Checker, node: ast.AST, declaration: FunctionDeclaration, *given: Expression
) -> tree.Call:
    """Return the call of a function with checked arguments, which are converted."""
    values = [
        convert(check, value, parameter.type, node)
        for value, parameter in zip(given, declaration.parameters, strict=True)
    ]
    return call(check, node, declaration, values)


def with_rest(
    check: Checker, node: ast.Call, declaration: FunctionDeclaration, first: Expression
) -> tree.Call:
    """Return the call of a function with one checked argument, and those that a call says."""
    first = convert(check, first, declaration.parameters[0].type, node)
    given, order = calls.arguments_of(check, node, declaration, declaration.parameters[1:], {})
    evaluation = None if order is None else [0, *(index + 1 for index in order)]
    return call(check, node, declaration, [first, *given], evaluation)


def repeated(
    check: Checker,
    node: ast.AST,
    multiply: FunctionDeclaration,
    operator: BinaryOperator,
    left: Expression,
    right: Expression,
    type: Type,
) -> Expression | None:
    """Return `a * n` or `n * a`, where a is of a type; None for everything else."""
    if operator is not BinaryOperator.MULTIPLY:
        return None
    if left.type is type and is_count(right):
        return made(check, node, multiply, left, right)
    if right.type is type and is_count(left):
        product = made(check, node, multiply, right, left)
        product.evaluation = [1, 0]
        return product
    return None


def is_count(value: Expression) -> bool:
    return value.type is LITERAL or isinstance(value.type, IntType)
