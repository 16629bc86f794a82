"""Functions of Python's library that take arguments of several kinds.

There, `sub__by` beside `sub` is what a call of `sub` means whose arguments do not fit `sub` itself; so for
methods, and for the special methods of operators. They are tried in the order in which they stand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from compiler.check.attempts import Snapshot
from compiler.read import LIBRARY
from compiler.source import CompileError
from compiler.tree import Expression
from compiler.types import FunctionDeclaration

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def of(function: FunctionDeclaration) -> list[FunctionDeclaration]:
    """Return the other functions that a call of a function of the library may mean."""
    if not function.module.path.startswith(str(LIBRARY)):
        return []
    scope = function.module.scope if function.owner is None else function.owner.methods
    prefix = f"{function.name}__"
    return [
        each
        for name, each in scope.items()
        if name.startswith(prefix) and isinstance(each, FunctionDeclaration)
    ]


def chosen(
    check: Checker,
    function: FunctionDeclaration,
    attempt: Callable[[FunctionDeclaration], Expression],
) -> Expression:
    """Return what an attempt gives for the first of the functions that fits.

    Raises:
        CompileError: none fits; why the first does not.
    """
    others = of(function)
    if not others:
        return attempt(function)
    failed: CompileError | None = None
    for each in (function, *others):
        before = Snapshot(check)
        known = len(check.unit.diagnostics)
        try:
            value = attempt(each)
            if len(check.unit.diagnostics) == known:
                return value
        except CompileError as error:
            failed = failed or error
        before.restore()
    if failed is None:
        return attempt(function)
    raise failed
