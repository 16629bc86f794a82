"""Where a program speaks of an enum as of all its members: loops, `in`, and calls that take an iterable.

for color in Color      `listed` of the name stands where the name stood
x in Color
len(Color)
"""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod

_TAKING = {"enumerate", "filter", "iter", "len", "list", "map", "max", "min"} | {
    "reversed",
    "set",
    "sorted",
    "tuple",
    "zip",
}


class WholeEnums(ast.NodeTransformer, ABC):
    """Puts the members of an enum where its name stands for them; derived classes say how they are listed."""

    @abstractmethod
    def listed(self, node: ast.expr) -> ast.expr:
        """Return the members for the name of an enum, and anything else as it is."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in _TAKING:
            node.args = [self.listed(each) for each in node.args]
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.Compare:
        self.generic_visit(node)
        for number, op in enumerate(node.ops):
            if isinstance(op, ast.In | ast.NotIn):
                node.comparators[number] = self.listed(node.comparators[number])
        return node

    def visit_For(self, node: ast.For) -> ast.For:
        node.iter = self.listed(node.iter)
        self.generic_visit(node)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        node.iter = self.listed(node.iter)
        self.generic_visit(node)
        return node
