"""What `print` and f-strings show of a choice between a text and something else: the text of either.

    print(names or "nobody")        print(str(held) if (held := names) else "nobody")
    f"{size if size else '-'}"      f"{f'{size}' if size else '-'}"

So the two need no common type.

Before and after: the tree of a module.

Source: Python Library Reference, print; Language Reference, section 2.4.3.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import call, placed, shown


class ShownChoices(ast.NodeTransformer):
    """Rewrites one module."""

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "print":
            node.args = [_as_text(each, "s") for each in node.args]
        return node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.FormattedValue:
        self.generic_visit(node)
        if node.conversion in (-1, ord("s")) and node.format_spec is None:
            node.value = _as_text(node.value, "s" if node.conversion == ord("s") else "")
        return node


def _as_text(node: ast.expr, conversion: str) -> ast.expr:
    """Return what gives the text that is shown: by `str`, or by `format` where there is no conversion."""
    match node:
        case ast.BoolOp(values=[ast.Constant(value=None), _]):
            return node
        case ast.IfExp(test=test, body=one, orelse=other) if _is_text(one) != _is_text(other):
            return placed(node, ast.IfExp(test, _text(one, conversion), _text(other, conversion)))
        case ast.BoolOp(op=ast.Or(), values=[one, other]) if _is_text(one) != _is_text(other):
            name = f".shown.{node.lineno}.{node.col_offset}"
            held = ast.NamedExpr(ast.Name(name, ast.Store()), one)
            first = _text(ast.Name(name, ast.Load()), conversion)
            return placed(node, ast.IfExp(held, first, _text(other, conversion)))
    return node


def _is_text(node: ast.expr) -> bool:
    """True for a text that is written there, and what is made of one."""
    match node:
        case ast.JoinedStr() | ast.Constant(value=str()):
            return True
        case ast.BinOp(left=one, op=ast.Add() | ast.Mult(), right=other):
            return _is_text(one) or _is_text(other)
        case ast.BinOp(left=one, op=ast.Mod()):
            return _is_text(one)
        case ast.IfExp(body=one, orelse=other):
            return _is_text(one) and _is_text(other)
    return False


def _text(node: ast.expr, conversion: str) -> ast.expr:
    if isinstance(node, ast.Constant) and node.value is None:
        return ast.Constant("None")
    if _is_text(node):
        return node
    inside = _as_text(node, conversion)
    return call("str", inside) if conversion else ast.JoinedStr([shown(inside)])
