"""Compile time is CPython: the values of constants, start values, and calls of `@comptime`."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from compiler.fold import NotFoldable, fold
from compiler.source import CompileError, Span
from compiler.types import Module

if TYPE_CHECKING:
    from compiler.declare.annotations import Names


def evaluate(
    node: ast.expr, module: Module, names: Names, local: Mapping[str, Any] | None = None
) -> Any:
    """Return the compile-time value of `node`.

    Raises:
        CompileError: it has none.
    """
    try:
        return fold(node, module, names, local)
    except NotFoldable:
        raise CompileError(
            Span.of(module.path, node), "this has no value at compile time"
        ) from None
