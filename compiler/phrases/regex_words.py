"""`findall` of patterns with several groups, and the types of `re`.

    re.findall(r"(\\w)=(\\d)", text)              re.findall_of_2(...), a list of pairs
    PAIR = re.compile(r"(\\w)=(\\d)")
    PAIR.findall(text)                          PAIR.findall_of_2(text)
    re.Match[str], re.Pattern[str]              re.Match, re.Pattern

The pattern must be a literal, or a name that the module binds once, to one or to a compiled one.

Source: Python Library Reference, module re.
"""

from __future__ import annotations

import ast
import re
import warnings

from compiler.phrases.places import bound_once

_MOST = 4  # groups that `re` of the library has a function for


class RegexWords(ast.NodeTransformer):
    """Rewrites the uses of `re` in one module."""

    def __init__(self) -> None:
        self.values: dict[str, ast.expr] = {}

    def visit_Module(self, node: ast.Module) -> ast.Module:
        if any(_imports(each) for each in node.body):
            self.values = bound_once(node)
            self.generic_visit(node)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Subscript(
                value=ast.Attribute(value=ast.Name(id="re"), attr="Match" | "Pattern")
                | ast.Name(id="Match" | "Pattern"),
                slice=ast.Name(id="str"),
            ):
                return node.value
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr="findall"), args=[p, *_]
            ):
                pattern = self.pattern(p)
            case ast.Call(func=ast.Attribute(value=value, attr="findall")):
                pattern = self.pattern(value)
            case _:
                return node
        count = 0 if pattern is None else _groups(pattern)
        if 2 <= count <= _MOST:
            node.func.attr = f"findall_of_{count}"
        return node

    def pattern(self, node: ast.expr) -> str | None:
        """Return the text of a pattern, where it is known."""
        match node:
            case ast.Constant(value=str() as text):
                return text
            case ast.Name(id=name) if name in self.values:
                return self.pattern(self.values[name])
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr="compile"), args=[p, *_]
            ):
                return self.pattern(p)
        return None


def _imports(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom) and any(
        isinstance(node, ast.ImportFrom) and node.module == "re" or alias.name == "re"
        for alias in node.names
    )


def _groups(pattern: str) -> int:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(pattern).groups
    except (re.error, OverflowError):
        return 0  # the program finds out
