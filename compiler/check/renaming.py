"""Renaming: an expression written with another name in the place of one."""

from __future__ import annotations

import ast


class Renamed(ast.NodeTransformer):
    """Gives a name another one, but for functions that have a parameter of that name."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new

    def visit_Name(self, node: ast.Name) -> ast.Name:
        if node.id == self.old:
            node.id = self.new
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        if any(each.arg == self.old for each in node.args.args):
            return node
        return self.generic_visit(node)
