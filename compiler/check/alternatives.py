"""Functions of Python's library that take arguments of several kinds.

There, `sub__by` beside `sub` is what a call of `sub` means whose arguments do not fit `sub` itself; so for
methods, for the special methods of operators, and for classes. They are tried in the order in which they stand.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from compiler.check.attempts import Snapshot
from compiler.read import LIBRARY
from compiler.source import CompileError
from compiler.tree import Expression
from compiler.types import ClassDeclaration, FunctionDeclaration, Module

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def chosen(
    check: Checker,
    function: FunctionDeclaration,
    attempt: Callable[[FunctionDeclaration], Expression],
) -> Expression:
    """Return what an attempt gives for the first of the functions that fits.

    Raises:
        CompileError: none fits; why the first does not.
    """
    scope = function.module.scope if function.owner is None else function.owner.methods
    found = _named(function.module, scope, function.name)
    if len(found) < 2:
        return attempt(function)
    return _first(check, [partial(attempt, each) for each in found])


def constructed(
    check: Checker,
    declaration: ClassDeclaration,
    make: Callable[[], Expression],
    attempt: Callable[[FunctionDeclaration], Expression],
) -> Expression:
    """Return an instance of a class, or what one of its alternatives gives: functions of its module.

    Raises:
        CompileError: as chosen.
    """
    found = _named(declaration.module, declaration.module.scope, declaration.name)
    if len(found) < 2:
        return make()
    return _first(
        check, [make if each is declaration else partial(attempt, each) for each in found]
    )


def _named(module: Module, scope: dict[str, Any], name: str) -> list[Any]:
    """Return what a name of the library may mean, in the order of the source."""
    if not module.path.startswith(str(LIBRARY)):
        return []
    prefix = f"{name}__"
    return [each for other, each in scope.items() if other == name or other.startswith(prefix)]


def _first(check: Checker, attempts: list[Callable[[], Expression]]) -> Expression:
    """Return what the first attempt gives that finds no error."""
    failed: CompileError | None = None
    for attempt in attempts:
        before = Snapshot(check)
        known = len(check.unit.diagnostics)
        try:
            value = attempt()
            if len(check.unit.diagnostics) == known:
                return value
        except CompileError as error:
            failed = failed or error
        before.restore()
    if failed is None:
        return attempts[0]()
    raise failed
