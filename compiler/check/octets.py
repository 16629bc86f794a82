"""bytes and bytearray in programs: their methods and operators are functions of core.containers.octets and its neighbours.

A method `data.name(...)` is the function `name` there, whose first parameter is `data`, a view. Only modules that
say `bytes` in some way, and take no words of lang, have them (compiler/read.py): in all others bytes are what
lies in memory, elements are `u8`, and `text.encode()` is a view.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import containers, core_functions, special
from compiler.check.conversions import LITERAL, convert
from compiler.check.words import arguments
from compiler.read import BYTEARRAYS, OCTETS
from compiler.tree import BinaryOperator, Expression
from compiler.types import (
    BYTES,
    INT,
    STR,
    FunctionDeclaration,
    FunctionInstance,
    IntType,
    NamedType,
    Type,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def has(check: Checker) -> bool:
    """True in a module whose bytes are Python's."""
    return OCTETS[0] in check.module.type_imports


def is_bytearray(type: Type) -> bool:
    return isinstance(type, NamedType) and type.declaration.symbol == f"{BYTEARRAYS}.bytearray"


def is_octets(type: Type) -> bool:
    """True for bytes and bytearray."""
    return type is BYTES or is_bytearray(type)


def _function(check: Checker, name: str) -> FunctionDeclaration:
    """Return a function that a module with bytes has read."""
    found = core_functions.named(check, OCTETS, name)
    assert found is not None, name
    return found


def made(check: Checker, node: ast.AST, name: str, *given: Expression) -> Expression:
    """Return the call of a function with checked arguments."""
    return core_functions.made(check, node, _function(check, name), *given)


def _with_rest(check: Checker, node: ast.Call, name: str, first: Expression) -> Expression:
    """Return the call of a function with one checked argument, and those that the call says."""
    return core_functions.with_rest(check, node, _function(check, name), first)


def viewed(check: Checker, array: Expression) -> Expression:
    """Return a view of a bytearray."""
    instance = FunctionInstance(check.unit.modules[BYTEARRAYS].scope["viewed"])
    check.unit.request(instance, array.span)
    signature = check.unit.signature(instance)
    return tree.Call(array.span, signature.result, instance, signature, [array])


# Methods -----------------------------------------------------------------------------------------


def method_call(
    check: Checker, node: ast.Call, callee: ast.Attribute, object: Expression
) -> Expression | None:
    """`data.name(arguments)` of bytes; None if they have no such method here."""
    name = callee.attr
    if not hasattr(bytes, name) or core_functions.named(check, OCTETS, name) is None:
        return None
    if name == "join":
        (items,) = arguments(check, node, "separator.join(items)", 1)
        return made(check, node, "join", object, containers.as_list(check, items, BYTES))
    return _with_rest(check, node, name, object)


def array_method_call(
    check: Checker, node: ast.Call, callee: ast.Attribute, object: Expression
) -> Expression | None:
    """`array.name(arguments)` of what bytes have and bytearray does not; what would be new bytes is refused."""
    if callee.attr == "extend":
        (items,) = arguments(check, node, "array.extend(items)", 1)
        return special.call(check, node, object, "extend", [of_value(check, items)])
    if not hasattr(bytearray, callee.attr) or callee.attr in object.type.declaration.methods:
        return None
    found = method_call(check, node, callee, object)
    if found is not None and "bytes" in str(found.type):
        raise check.error(
            node,
            f"'{callee.attr}' of a bytearray makes no bytearray here",
            f"write bytearray(bytes({check.text(callee.value)}).{callee.attr}(...))",
        )
    return found


def encoded(check: Checker, node: ast.Call, text: Expression) -> Expression:
    """`text.encode(...)`."""
    return _with_rest(check, node, "encode", text)


def int_method_call(
    check: Checker, node: ast.Call, callee: ast.Attribute, number: Expression
) -> Expression | None:
    """`number.to_bytes(...)`; None for anything else."""
    if callee.attr != "to_bytes" or not has(check):
        return None
    return _with_rest(check, node, "to_bytes", number)


def on_class(check: Checker, node: ast.Call, base: object, name: str) -> Expression | None:
    """`bytes.fromhex(text)` and `int.from_bytes(data, ...)`; None for anything else."""
    if not has(check):
        return None
    if base is BYTES and name == "fromhex":
        (text,) = arguments(check, node, "bytes.fromhex(text)", 1)
        return made(check, node, "fromhex", check.expression(text, STR))
    if base == INT and name == "from_bytes" and node.args:
        data = of_value(check, node.args[0])
        rest = ast.copy_location(ast.Call(node.func, node.args[1:], node.keywords), node)
        return _with_rest(check, rest, "from_bytes", data)
    return None


# Operators ---------------------------------------------------------------------------------------


def combined(
    check: Checker, node: ast.AST, operator: BinaryOperator, left: Expression, right: Expression
) -> Expression | None:
    """`a + b` and `a * n` of bytes; None for everything else."""
    if not has(check):
        return None
    if operator is BinaryOperator.ADD and left.type is BYTES and is_octets(right.type):
        return made(check, node, "add", left, right)
    multiply = _function(check, "multiply")
    return core_functions.repeated(check, node, multiply, operator, left, right, BYTES)


def subscript(check: Checker, node: ast.Subscript, data: Expression) -> Expression:
    """`data[index]` and `data[start:stop:step]`."""
    if isinstance(node.slice, ast.Slice):
        return made(check, node, "get_slice", data, *containers.bounds_of(check, node))
    index = check.operand(node.slice, INT)
    return made(check, node, "item", data, convert(check, index, INT, node.slice))


def iterated(check: Checker, node: ast.expr, value: Expression) -> Expression:
    """Return what a loop over a value goes over: the numbers of bytes."""
    return made(check, node, "numbers", value) if value.type is BYTES and has(check) else value


def contains(
    check: Checker, node: ast.AST, left: Expression, right: Expression
) -> Expression | None:
    """`x in data`; None where data is neither bytes nor bytearray."""
    if not (has(check) and is_octets(right.type)):
        return None
    name = "holds" if core_functions.is_count(left) else "contains"
    call = made(check, node, name, right, left)
    call.evaluation = [1, 0]
    return call


# Making them -------------------------------------------------------------------------------------


def bytes_call(check: Checker, node: ast.Call) -> Expression:
    """`bytes()`, `bytes(count)`, `bytes(numbers)`, `bytes(data)`, `bytes(text, encoding)`."""
    if not node.args and not node.keywords:
        return tree.StringLiteral(check.span(node), BYTES, b"")
    if len(node.args) > 1 or node.keywords:
        rest = ast.copy_location(ast.Call(node.func, node.args[1:], node.keywords), node)
        return _with_rest(check, rest, "encode", check.expression(node.args[0], STR))
    return of_value(check, node.args[0])


def of_value(check: Checker, node: ast.expr) -> Expression:
    """Return bytes(x) of an expression."""
    is_display = isinstance(node, ast.List | ast.Tuple | ast.ListComp | ast.GeneratorExp)
    if is_display or containers.is_lazy(check, node):
        return made(check, node, "of_numbers", containers.as_list(check, node, INT))
    before = len(check.out)
    value = check.operand(node)
    if value.type is BYTES:
        return value
    if is_bytearray(value.type):
        return made(check, node, "copied", value)
    if value.type is LITERAL or isinstance(value.type, IntType):
        return made(check, node, "zeros", convert(check, value, INT, node))
    if value.type is STR:
        raise check.error(node, "string argument without an encoding", "write text.encode()")
    del check.out[before:]
    return made(check, node, "of_numbers", containers.as_list(check, node, INT))
