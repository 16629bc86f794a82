"""Python's builtins on numbers in programs: round and pow, which call core.containers.numbers."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler.check import (
    exception_objects,
    operators,
    special,
    texts,
    unsupported,
    value_unions,
    values,
)
from compiler.check.conversions import LITERAL, convert, described, settle
from compiler.check.words import arguments, name_of, word
from compiler.read import NUMBERS
from compiler.tree import BinaryOperator, Expression
from compiler.types import INT, FloatType, IntType, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def has(check: Checker) -> bool:
    """True where the functions that are needed are part of the program."""
    return NUMBERS in check.module.type_imports


def made(check: Checker, node: ast.AST, name: str, *given: Expression) -> Expression:
    """Return the call of a function of core.containers.numbers."""
    return exception_objects.called(check, node, name, *given, module=NUMBERS)


@word("round")
def round_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`round(x)`, an int; `round(x, digits)`, of the type of x."""
    if not has(check):
        raise unsupported.called(check, node, "round")
    argument, *digits = arguments(check, node, "round(x, digits)", 1, 2)
    value = operators.as_number(check.operand(argument))
    if value.type is LITERAL:
        value = settle(check, value)
    if value_unions.is_number(check, value):
        places = [check.expression(each, INT) for each in digits]
        return special.call(check, node, value, "__round__" if digits else "__rounded__", places)
    if not isinstance(value.type, FloatType) and value.type != INT:
        raise check.error(argument, f"{described(value.type)} is no number that can be rounded")
    is_float = isinstance(value.type, FloatType)
    if not digits:
        return made(check, node, "round_to_int", value) if is_float else value
    places = convert(check, check.expression(digits[0], INT), INT, digits[0])
    return made(check, node, "round_float" if is_float else "round_int", value, places)


@word("pow")
def pow_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`pow(a, b)`: a ** b; `pow(a, b, m)`: its rest by m."""
    if not has(check):
        raise unsupported.called(check, node, "pow")
    first, second, *modulus = arguments(check, node, "pow(base, exponent, modulus)", 2, 3)
    if not modulus:
        left, right = check.operand(first, hint), check.operand(second)
        power = operators.combine(check, node, BinaryOperator.POWER, left, right, hint)
        return values.settled(check, power)
    given = [check.operand(each, INT) for each in (first, second, modulus[0])]
    given = [settle(check, each) if each.type is LITERAL else each for each in given]
    for value, each in zip(given, (first, second, modulus[0]), strict=True):
        if not isinstance(value.type, IntType):
            raise check.error(each, f"{described(value.type)} is no integer")
    return made(check, node, "power_modulo", *given)


@word("bin", "oct", "hex")
def digits_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`bin(x)`, `oct(x)`, `hex(x)`: digits with their prefix, as `f"{x:#b}"` makes them."""
    name = name_of(node)
    if not texts.has(check):
        raise unsupported.called(check, node, name)
    (argument,) = arguments(check, node, f"{name}(x)", 1)
    spec = ast.JoinedStr([ast.Constant({"bin": "#b", "oct": "#o", "hex": "#x"}[name])])
    shown = ast.FormattedValue(argument, -1, spec)
    made_of = ast.JoinedStr([shown])
    for each in (spec, spec.values[0], shown, made_of):
        ast.copy_location(each, node)
    return texts.of_format(check, made_of)


# Methods -------------------------------------------------------------------------------------

_OF_INT = ("bit_count", "bit_length")
_OF_FLOAT = ("is_integer",)


def method_call(check: Checker, node: ast.Call, name: str, number: Expression) -> Expression | None:
    """`x.bit_length()` and its like; None for every other method."""
    known = _OF_FLOAT if isinstance(number.type, FloatType) else _OF_INT
    if name not in known or not has(check):
        return None
    arguments(check, node, f"x.{name}()", 0)
    return made(check, node, name, number)
