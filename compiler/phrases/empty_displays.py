"""Marks empty displays that no name gets, whose items nobody could tell from others: `sum([])`, `not []`, `[] == []`,
`[].pop()`, `for _ in []`.

What such a list or dict is to hold does not matter, and need not be said. The mark is `holds_nothing`, which the
checker reads (`check/containers.py`).
"""

from __future__ import annotations

import ast

# Functions that keep nothing of an argument, and whose result does not tell what it would have held.
_LOOK_ONLY = frozenset(
    {
        "all",
        "any",
        "ascii",
        "bool",
        "isinstance",
        "len",
        "max",
        "min",
        "print",
        "repr",
        "str",
        "sum",
    }
)


class EmptyDisplays(ast.NodeTransformer):
    """Marks those of one module."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in _LOOK_ONLY:
            _mark(*node.args)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.generic_visit(node)
        _mark(node.value)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        _mark(node.value)
        return node

    def visit_iterating(self, node: ast.For | ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        _mark(node.iter)
        return node

    visit_For = visit_comprehension = visit_iterating

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.expr:
        self.generic_visit(node)
        _mark(node.value)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        self.generic_visit(node)
        if all(map(_is_empty, (node.left, *node.comparators))):
            _mark(node.left, *node.comparators)
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        _mark(node.operand)
        return node

    def visit_tested(self, node: ast.If | ast.IfExp | ast.While) -> ast.AST:
        self.generic_visit(node)
        _mark(node.test)
        return node

    visit_If = visit_IfExp = visit_While = visit_tested


def _is_empty(node: ast.expr) -> bool:
    match node:
        case ast.List(elts=[]) | ast.Dict(keys=[]):
            return True
    return False


def _mark(*nodes: ast.expr) -> None:
    for each in nodes:
        if _is_empty(each):
            each.holds_nothing = True
