"""Functions with `@overload`, which say more of a function's types and are never called: they leave the file.

    @overload
    def double(x: int) -> int: ...
    @overload
    def double(x: str) -> str: ...      ->
    def double(x: int | str): ...               def double(x: int | str): ...

Source: Python Library Reference, typing.overload.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed


def without_stubs(tree: ast.Module) -> ast.Module:
    """Return the module with the last function of each name only."""
    return _Overloads().visit(tree)


class _Overloads(ast.NodeTransformer):
    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt:
        if node.module == "typing":
            node.names = [each for each in node.names if each.name != "overload"]
        return node if node.names else placed(node, ast.Pass())

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef | None:
        self.generic_visit(node)
        words = [ast.unparse(each) for each in node.decorator_list]
        return None if "overload" in words or "typing.overload" in words else node
