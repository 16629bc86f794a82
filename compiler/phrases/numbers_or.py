"""Numbers read from what may be empty: `int(text or 0)`.

    int(text or 0)      int(.held) if (.held := text) else int(0)

A text and a number have no type in common, and need none here, as only one of them is converted.

Source: Python Language Reference, section 6.11.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed


class NumbersOr(ast.NodeTransformer):
    """Rewrites these calls in one module."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(
                func=ast.Name(id="int" | "float") as kind,
                args=[ast.BoolOp(op=ast.Or(), values=[value, other])],
                keywords=[],
            ) if _is_number(other):
                name = f".held.{node.lineno}.{node.col_offset}"
                test = ast.NamedExpr(ast.Name(name, ast.Store()), value)
                first = ast.Call(kind, [ast.Name(name, ast.Load())], [])
                second = ast.Call(ast.Name(kind.id, ast.Load()), [other], [])
                return placed(node, ast.IfExp(test, first, second))
        return node


def _is_number(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=int() | float()):
            return True
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _is_number(operand)
    return False
