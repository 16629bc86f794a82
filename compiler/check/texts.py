"""str in programs: its operators are functions of core.containers.text, its methods those of it and of others there.

A method `s.name(...)` is the function `name` of one of these, whose first parameter is `text`. Where they are not
read (the kernel, mostly) text has no methods, and the errors say what to do instead.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import calls, containers, core_functions
from compiler.check.conversions import convert
from compiler.check.words import arguments, word
from compiler.tree import BinaryOperator, Expression
from compiler.types import (
    FORMAT,
    INT,
    STR,
    FunctionDeclaration,
    FunctionInstance,
    TupleType,
    Type,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker

TEXT = "core.containers.text"
CUTTING = "core.containers.cutting"
MODULES = (
    TEXT,
    "core.containers.searching",
    "core.containers.splitting",
    "core.containers.padding",
    "core.containers.letters",
    CUTTING,
)


def has(check: Checker) -> bool:
    """True if text can be made while the program runs."""
    return TEXT in check.unit.modules


def function(check: Checker, name: str) -> FunctionDeclaration | None:
    """Return the function that a method of str is; None if there is no such method here."""
    return core_functions.named(check, MODULES, name)


def made(check: Checker, node: ast.AST, name: str, *given: Expression) -> Expression:
    """Return the call of a function of text with checked arguments."""
    declaration = function(check, name)
    if declaration is None:  # reported: there is no text here
        declaration = check.unit.core_function(check, node, TEXT, name)
    return core_functions.made(check, node, declaration, *given)


def method_call(
    check: Checker, node: ast.Call, callee: ast.Attribute, text: Expression
) -> Expression | None:
    """`text.name(arguments)`; None if str has no such method here."""
    declaration = function(check, callee.attr)
    if declaration is None or not hasattr(str, callee.attr):  # the others only help
        return None
    if callee.attr == "join":
        (items,) = arguments(check, node, "separator.join(items)", 1)
        return core_functions.call(
            check, node, declaration, [text, containers.as_list(check, items, STR)]
        )
    if callee.attr in _WITH_SEVERAL and _is_tuple(check, node):
        declaration = check.unit.core_function(check, node, CUTTING, _WITH_SEVERAL[callee.attr])
        several = containers.as_list(check, node.args[0], STR)
        numbers = [check.expression(each, INT) for each in node.args[1:]]
        for parameter in declaration.parameters[2 + len(numbers) :]:
            numbers.append(calls.default(check, node, declaration, parameter, {}))
        return core_functions.call(check, node, declaration, [text, several, *numbers])
    return core_functions.with_rest(check, node, declaration, text)


_WITH_SEVERAL = {"startswith": "starts_with_any", "endswith": "ends_with_any"}


def _is_tuple(check: Checker, node: ast.Call) -> bool:
    """True if the first argument is a tuple."""
    if not node.args or node.keywords:
        return False
    before = len(check.out)
    type = check.operand(node.args[0]).type
    del check.out[before:]
    return isinstance(type, TupleType) or containers.is_sequence(type)


def made_table(check: Checker, node: ast.Call) -> Expression:
    """`str.maketrans(x, y, z)` and `str.maketrans(table)`."""
    name = "names_table" if len(node.args) == 1 else "pairs_table"
    declaration = check.unit.core_function(check, node, CUTTING, name)
    given, order = calls.arguments_of(check, node, declaration, declaration.parameters, {})
    return core_functions.call(check, node, declaration, given, order)


# Operators -----------------------------------------------------------------------------------


def combined(
    check: Checker, node: ast.AST, operator: BinaryOperator, left: Expression, right: Expression
) -> Expression | None:
    """`a + b` and `a * n` of text; None for everything else."""
    if not has(check):
        return None
    if operator is BinaryOperator.ADD and left.type is STR and right.type is STR:
        return made(check, node, "add", left, right)
    multiply = check.unit.core_function(check, node, TEXT, "multiply")
    return core_functions.repeated(check, node, multiply, operator, left, right, STR)


def extended(check: Checker, local: tree.Local, value: Expression) -> Expression:
    """Return a value that a local is about to be set to; of `local + b`, what may append in place."""
    if not _is_call(value, "add"):
        return value
    left, right = value.arguments
    if not isinstance(left, tree.LocalRef) or left.local is not local:
        return value
    code = code_point(check, right)
    if code is None:
        return _other_call(check, value, "extended", value.arguments)
    return _other_call(check, value, "extended_by", [left, code])


def subscript(check: Checker, node: ast.Subscript, text: Expression) -> Expression:
    """`text[index]` and `text[start:stop:step]`."""
    if isinstance(node.slice, ast.Slice):
        return made(check, node, "get_slice", text, *containers.bounds_of(check, node))
    index = check.operand(node.slice, INT)
    return made(check, node, "character", text, convert(check, index, INT, node.slice))


def iterated(check: Checker, node: ast.expr, value: Expression) -> Expression:
    """Return what a loop over a value goes over: characters of a text, words in the place of their list.

    Nothing shows that `text.split()` makes no list: its text cannot change.
    """
    if value.type is STR and has(check):
        return made(check, node, "characters", value)
    is_bare = isinstance(node, ast.Call) and not node.args and not node.keywords
    if is_bare and _is_call(value, "split"):
        return made(check, node, "words", value.arguments[0])
    return value


def as_code_points(check: Checker, operands: list[Expression]) -> list[Expression]:
    """Return what is compared instead of texts if each is one character, which needs no object.

    Each is `text[index]`, or written out; at least one is the former. Text sorts as its code points do.
    """
    if not any(_is_character(each) for each in operands):
        return operands
    codes = [code_point(check, each) for each in operands]
    return operands if any(each is None for each in codes) else codes


def code_point(check: Checker, text: Expression) -> Expression | None:
    """Return ord(text) if it is `text[index]` or one character written out, otherwise None."""
    if isinstance(text, tree.StringLiteral) and text.type is STR and len(text.value) == 1:
        return tree.Literal(text.span, INT, ord(text.value))
    if not _is_character(text):
        return None
    return _other_call(check, text, "character_code", text.arguments)


def _other_call(
    check: Checker, call: tree.Call, name: str, arguments: list[Expression]
) -> tree.Call:
    """Return a call of another function of core.containers.text in the place of one."""
    instance = FunctionInstance(check.unit.modules[TEXT].scope[name])
    check.unit.request(instance, call.span)
    signature = check.unit.signature(instance)
    return tree.Call(call.span, signature.result, instance, signature, arguments)


def _is_character(text: Expression) -> bool:
    """True for `text[index]`."""
    return _is_call(text, "character")


def _is_call(value: Expression, name: str) -> bool:
    """True for a call of this function of text."""
    if not isinstance(value, tree.Call):
        return False
    declaration = value.function.declaration
    return declaration.name == name and declaration.module.name in MODULES


# Builtins ------------------------------------------------------------------------------------


def of_value(check: Checker, node: ast.expr, conversion: str) -> Expression:
    """Return the str or repr of a value."""
    if conversion == "s":
        value = check.operand(node, STR)
        if value.type is STR:
            return value
        if value.type is INT:
            return made(check, node, "from_int", value)
    shown = ast.copy_location(ast.FormattedValue(node, ord(conversion), None), node)
    return of_format(check, ast.copy_location(ast.JoinedStr([shown]), node))


def of_format(check: Checker, node: ast.JoinedStr) -> Expression:
    """Return what an f-string says as a new str."""
    return made(check, node, "from_format", check.expression(node, FORMAT))


@word("repr")
def repr_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`repr(x)`."""
    (argument,) = arguments(check, node, "repr(x)", 1)
    return of_value(check, argument, "r")


@word("ascii")
def ascii_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`ascii(x)`."""
    (argument,) = arguments(check, node, "ascii(x)", 1)
    return of_value(check, argument, "a")


@word("chr")
def chr_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`chr(code)`."""
    (argument,) = arguments(check, node, "chr(code)", 1)
    return made(check, node, "from_code_point", check.expression(argument, INT))
