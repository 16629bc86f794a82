"""Compile time is CPython: the values of constants, start values, and calls of `@comptime`.

    fold       literals and constants, computed here: most constants of a program
    process    everything else, computed by a CPython of its own, which has limits
    statics    what that wrote down, as values of the compiler
    values     whether a value is one of a type

A value is None, a bool, int, float, str, bytes, a tuple of values, a `TypedInt` (an integer with a
type of its own), `Static`, `StaticAddress`, `StaticSlice`, the declaration of a function, or
`CompileTimeOnly`.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from compiler.comptime.fold import NotFoldable, fold
from compiler.comptime.process import open_session
from compiler.comptime.statics import Statics
from compiler.source import CompileError, Span
from compiler.types import Module

if TYPE_CHECKING:
    from compiler.declare.annotations import Names

__all__ = ["evaluate", "open_session"]


def evaluate(
    node: ast.expr,
    module: Module,
    names: Names | None = None,
    local: Mapping[str, Any] | None = None,
    name: str = "",
    item: tuple[int, int] | None = None,
) -> Any:
    """Return the compile-time value of an expression of a module.

    `names` finds what it names, while declare runs. `local` holds the names of the class body that it stands in. `name` is what it is bound to at
    module level, if anything: that runs once, and its object is the same for everybody. `item` says
    which of how many names on the left is asked for.

    Raises:
        CompileError: it has none; AlreadyReported if something that it needs has none.
    """
    names = names or _finished()
    try:
        value = fold(node, module, names, local)
    except NotFoldable:
        return _run(node, module, names, name)
    if item is None:
        return value
    index, count = item
    if not isinstance(value, tuple) or len(value) != count:
        raise CompileError(Span.of(module.path, node), f"this is unpacked into {count} names")
    return value[index]


def _finished() -> Names:
    """Return the names of modules that are declared."""
    from compiler.declare.annotations import Names

    return Names()


def _run(node: ast.expr, module: Module, names: Names, name: str) -> Any:
    """Have an expression evaluated by the child process; one inside a function just once."""
    session = module.session
    if session is None:
        raise CompileError(Span.of(module.path, node), "this has no value at compile time")
    if session.statics is None:
        session.statics = Statics(session.modules)
    bound_to = name or place_name(node)
    key = (module.name, bound_to)
    if key not in session.values:
        answer = session.request(module, node, "value" if name else "evaluate", name)
        value = session.statics.decode(answer, module, node, names, bound_to)
        if name:
            return value
        session.values[key] = value
    return session.values[key]


def place_name(node: ast.expr) -> str:
    """Return what an expression inside a function is known by: its place and its syntax."""
    digest = hashlib.sha256(ast.dump(node).encode(errors="replace")).hexdigest()
    return f"{node.lineno}.{node.col_offset}.{digest[:8]}"
