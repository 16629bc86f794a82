"""Functions: parameters and body of one function instance."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import conversions, escapes, first_uses, generators, initialisation, recursion
from compiler.check.checker import Checker
from compiler.source import CompileError
from compiler.tree import Local
from compiler.types import BROKEN, NEVER, NONE, FunctionInstance, GeneratorType, Type, is_place

if TYPE_CHECKING:
    from compiler.check.unit import UnitCheck


def check_function(unit: UnitCheck, instance: FunctionInstance) -> tree.Function:
    """Check one function instance: again each time that a use tells what a container holds."""
    told: dict[ast.expr, Type] = {}
    reported, known = len(unit.diagnostics), unit.known.copy()
    while True:
        try:
            return _checked(unit, instance, told)
        except first_uses.Told as found:
            told[found.display] = found.type
            del unit.diagnostics[reported:]
            unit.known = known.copy()


def _checked(
    unit: UnitCheck, instance: FunctionInstance, told: dict[ast.expr, Type]
) -> tree.Function:
    declaration = instance.declaration
    signature = unit.signature(instance)
    arguments = dict(zip(declaration.all_type_parameters, instance.arguments, strict=True))
    check = Checker(unit, declaration.module, declaration, arguments)
    check.told = told
    check.symbol = instance.symbol
    check.result = signature.result
    check.returns_view = signature.returns_view
    if isinstance(signature.result, GeneratorType) and declaration.is_generator:
        check.yields = signature.result.item
        check.result = NONE
    parameters = enter_parameters(check, signature.parameters)
    looks = recursion.check_of_depth(check)
    body = looks + initialisation.body(check)
    first_uses.report(check)
    check_end(check)
    if check.yields is not None:
        generators.check_yields(check, body)
    function = tree.Function(
        span=unit.header(declaration),
        instance=instance,
        declaration=declaration,
        symbol=instance.symbol,
        signature=signature,
        parameters=parameters,
        locals=[*parameters, *check.locals],
        body=body,
        generator_item=check.yields,
        nested=check.nested,
    )
    escapes.settle(check, function)
    return function


def enter_parameters(check: Checker, types: tuple[Type, ...]) -> list[Local]:
    """Make the locals of a function's parameters, which have values from the start."""
    parameters = []
    for parameter, type in zip(check.function.parameters, types, strict=True):
        local = Local(parameter.name, type, parameter.span, True, owns=not is_place(type))
        check.names[parameter.name] = local
        check.flow.bound.add(local)
        parameters.append(local)
    return parameters


def check_end(check: Checker) -> None:
    """Report a function that may end without the value that it promises."""
    declaration = check.function
    if not check.flow.reachable or declaration.naked or check.has_errors:
        return
    header = check.unit.header(declaration)
    if check.result is NEVER:
        check.report(
            CompileError(
                header,
                f"'{declaration.name}' never returns, and its end is reached",
                "end it with a loop, or a call that never returns",
            )
        )
    elif check.result is not NONE and check.result is not BROKEN:
        check.report(
            CompileError(
                header,
                f"'{declaration.name}' returns {conversions.described(check.result)}, but its end "
                "is reached without a return",
                "return a value on every path",
            )
        )
