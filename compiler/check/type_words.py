"""`type(x)` in programs: the name of the class, and whether it is a certain class or that of another value.

    type(x).__name__                text
    print(type(x)), f"{type(x)}"    <class 'int'>, <class '__main__.Point'>
    type(x) is C, ==, is not, !=    for an object: its type information is compared
    type(x) is type(y)              the same, of two objects

What is no object has a class that is known here; of a union of values, `__kind__` tells it.

Source: Python Library Reference, "Built-in Functions", type.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import read, tree
from compiler.check import comparisons, exception_objects, names, special, value_unions, values
from compiler.check.conversions import described
from compiler.read import FAILURES
from compiler.tree import Conversion, Convert, Expression, Literal, StringLiteral
from compiler.types import (
    BOOL,
    BYTES,
    NONE,
    STR,
    ClassDeclaration,
    ClassKind,
    NamedType,
    OptionalType,
    PointerType,
    Type,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker

_OPERATORS = (ast.Is, ast.IsNot, ast.Eq, ast.NotEq)


def is_call(check: Checker, node: ast.expr) -> bool:
    """True for `type(x)` in a program."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "type"
        and "type" not in check.names
        and len(node.args) == 1
        and not node.keywords
        and exception_objects.are_here(check)
    )


# Names ---------------------------------------------------------------------------------------


def name(check: Checker, node: ast.Call) -> Expression:
    """`type(x).__name__`."""
    value = values.settled(check, check.operand(node.args[0]))
    if not isinstance(value.type, OptionalType):
        return _name_of(check, node, value)
    span = check.span(node)
    first = values.held(check, node, value)
    inside = Convert(span, value.type.inner, Conversion.UNWRAP, values.again(first))
    test, none = tree.IsNone(span, BOOL, first), StringLiteral(span, STR, "NoneType")
    return tree.Conditional(span, STR, test, none, _name_of(check, node, inside))


def _name_of(check: Checker, node: ast.Call, value: Expression) -> Expression:
    if value_unions.names_of(value.type):
        return special.call(check, node, value, "__kind__", [])
    known = _known_name(value.type)
    if known:
        return _after(check, node, value, StringLiteral(check.span(node), STR, known))
    return exception_objects.called(check, node, "name_of", _header(check, node, value))


def shown(check: Checker, node: ast.Call) -> Expression:
    """Return what `str(type(x))` is."""
    value = values.settled(check, check.operand(node.args[0]))
    known = _known_name(value.type)
    if known:
        text = StringLiteral(check.span(node), STR, f"<class '{known}'>")
        return _after(check, node, value, text)
    if value_unions.names_of(value.type):
        raise check.error(node, "this may be of several classes", "show type(x).__name__")
    return exception_objects.called(check, node, "class_shown", _header(check, node, value))


def _known_name(type: Type) -> str:
    """Return the name of the class of all values of a type; nothing for objects of the program's classes, but
    of generic ones that no class derives from."""
    is_known = isinstance(type, NamedType) and type.arguments and type.declaration.is_final
    if is_known and read.is_program(type.declaration.module.name):
        return type.declaration.name
    return "NoneType" if type is NONE else value_unions.plain_name(type)


def _after(check: Checker, node: ast.AST, value: Expression, result: Expression) -> Expression:
    """Return a result that is known, behind the evaluation of a value."""
    if isinstance(value, Literal | StringLiteral | tree.LocalRef):
        return result
    first = [tree.Evaluate(check.span(node), value)]
    return tree.Steps(check.span(node), result.type, first, result)


def _header(check: Checker, node: ast.AST, value: Expression) -> Expression:
    """Return the address of an object.

    Raises:
        CompileError: it is none, or an instance of a generic class.
    """
    type, span = value.type, check.span(node)
    kinds = (ClassKind.CLASS, ClassKind.EXCEPTION)
    if not isinstance(type, NamedType) or type.kind not in kinds or type.arguments:
        raise check.error(node, f"the type of {described(type)} has no name here", "use isinstance")
    wanted = check.unit.core_function(check, node, FAILURES, "name_of").parameters[0].type
    pointer = Convert(span, PointerType(type), Conversion.BORROW, value)
    return Convert(span, wanted, Conversion.POINTER, pointer)


# Comparisons ---------------------------------------------------------------------------------


def are_compared(check: Checker, node: ast.Compare) -> bool:
    """True for `type(x) is ...` and its like."""
    return isinstance(node.ops[0], _OPERATORS) and is_call(check, node.left)


def compared(check: Checker, node: ast.Compare) -> Expression:
    """Return whether the class of a value is the one that stands on the other side.

    Raises:
        CompileError: the other side is neither a class nor the type of a value.
    """
    (other,) = node.comparators
    value = values.settled(check, check.operand(node.left.args[0]))
    if is_call(check, other):
        right = values.settled(check, check.operand(other.args[0]))
        found = _same(check, node, value, right)
    else:
        found = _is_class(check, node, value, other)
    is_negated = isinstance(node.ops[0], ast.IsNot | ast.NotEq)
    return comparisons.negated(found) if is_negated else found


def _same(check: Checker, node: ast.Compare, left: Expression, right: Expression) -> Expression:
    known = [_known_name(each.type) for each in (left, right)]
    if not any(known):
        headers = [_header(check, node, each) for each in (left, right)]
        return exception_objects.called(check, node, "are_of_one_class", *headers)
    is_same = Literal(check.span(node), BOOL, known[0] == known[1])
    return _after(check, node, left, _after(check, node, right, is_same))


def _is_class(
    check: Checker, node: ast.Compare, value: Expression, class_node: ast.expr
) -> Expression:
    found = names.meaning(check, class_node) if isinstance(class_node, ast.Name) else None
    is_class = isinstance(found, ClassDeclaration) and not found.parameters
    word = class_node.id if isinstance(class_node, ast.Name) else ""
    if not is_class and word not in _WORDS:
        raise check.error(class_node, "this is no class", "write its name, or type(y)")
    if value_unions.names_of(value.type):
        kind = special.call(check, node, value, "__kind__", [])
        wanted = StringLiteral(check.span(node), STR, word)
        return comparisons.compare(check, node, tree.Comparison.EQUAL, kind, wanted)
    known = _known_name(value.type)
    if known or not is_class:
        return _after(check, node, value, Literal(check.span(node), BOOL, known == word))
    symbol = StringLiteral(check.span(node), BYTES, NamedType(found).symbol)
    header = _header(check, node, value)
    return exception_objects.called(check, node, "is_of_class", header, symbol)


_WORDS = frozenset(
    {"bool", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple"}
)
