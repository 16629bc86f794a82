"""`open(path, mode)` and `input(prompt)` in programs: calls of lib.python.files and streams."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler.check import calls, unsupported
from compiler.check.words import word
from compiler.read import FILES, STREAMS
from compiler.tree import Call, Expression
from compiler.types import FunctionInstance, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker

_MODES = tuple(form for mode in "rwax" for form in (mode, f"{mode}t", f"t{mode}"))


@word("open")
def open_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`open(path, mode="r", encoding="utf-8")`: an open file of text."""
    if FILES not in check.unit.modules:
        raise unsupported.called(check, node, "open")
    _check_mode(check, node)
    return _called(check, node, FILES, "open_text")


@word("input")
def input_call(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`input(prompt)`: the next line of the standard input."""
    if STREAMS not in check.unit.modules:
        raise unsupported.called(check, node, "input")
    return _called(check, node, STREAMS, "input_line")


def _called(check: Checker, node: ast.Call, module: str, name: str) -> Call:
    declaration = check.unit.core_function(check, node, module, name)
    given, order = calls.arguments_of(check, node, declaration, declaration.parameters, {})
    instance = FunctionInstance(declaration)
    check.unit.request(instance, check.span(node))
    signature = check.unit.signature(instance)
    return Call(check.span(node), signature.result, instance, signature, given, order)


def _check_mode(check: Checker, node: ast.Call) -> None:
    """Report a mode that would give something else than a file of text."""
    modes = [*node.args[1:2], *(each.value for each in node.keywords if each.arg == "mode")]
    for mode in modes:
        if not isinstance(mode, ast.Constant) or mode.value not in _MODES:
            raise check.error(
                mode,
                "no mode of a file of text",
                'write one of "r", "w", "a", "x"; the language has no other open files',
            )
