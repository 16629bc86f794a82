"""Places in the source for new syntax."""

from __future__ import annotations

import ast
from typing import TypeVar

Node = TypeVar("Node", bound=ast.AST)


def placed(at: ast.AST, node: Node) -> Node:
    """Give a new node, and what is new below it, the place of another one."""
    ast.copy_location(node, at)
    for child in ast.iter_child_nodes(node):
        has_place = isinstance(child, ast.expr | ast.stmt | ast.keyword)
        if isinstance(child, ast.comprehension) or (has_place and not hasattr(child, "lineno")):
            placed(at, child)
    return node


def call(function: str, *given: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(function, ast.Load()), list(given), [])


def shown(value: ast.expr, conversion: str = "", spec: str = "") -> ast.FormattedValue:
    """Return what shows a value inside an f-string."""
    format_spec = ast.JoinedStr([ast.Constant(spec)]) if spec else None
    return ast.FormattedValue(value, ord(conversion) if conversion else -1, format_spec)
