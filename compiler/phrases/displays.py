"""Displays with stars, `yield from`, and leaving the program, in plainer words.

[a, *b, c]          [a] + list(b) + [c]
{a, *b}             {a} | set(b)
{**a, k: v}         dict(a) | {k: v}
yield from it       for each in it: yield each
sys.exit(status)    raise SystemExit(status), where it is a statement
"""

from __future__ import annotations

import ast

from compiler.phrases.places import call, placed


class Displays(ast.NodeTransformer):
    """Rewrites the phrases of one module."""

    def __init__(self) -> None:
        self.leaving = {"exit", "quit"}

    def visit_List(self, node: ast.List) -> ast.expr:
        self.generic_visit(node)
        if not isinstance(node.ctx, ast.Load):
            return node
        return _joined(
            node, node.elts, ast.Add(), "list", lambda items: ast.List(items, ast.Load())
        )

    def visit_Set(self, node: ast.Set) -> ast.expr:
        self.generic_visit(node)
        return _joined(node, node.elts, ast.BitOr(), "set", ast.Set)

    def visit_Dict(self, node: ast.Dict) -> ast.expr:
        self.generic_visit(node)
        if None not in node.keys:
            return node
        parts: list[ast.expr] = []
        plain: list[tuple[ast.expr, ast.expr]] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is not None:
                plain.append((key, value))
                continue
            if plain:
                parts.append(_dict_of(plain))
                plain = []
            parts.append(call("dict", value))
        if plain:
            parts.append(_dict_of(plain))
        return _chain(node, parts, ast.BitOr())

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        self.generic_visit(node)
        match node.value:
            case ast.YieldFrom(value=items) if not getattr(node, "is_delegation", False):
                name = f".each.{node.lineno}.{node.col_offset}"
                give = ast.Expr(ast.Yield(ast.Name(name, ast.Load())))
                return placed(node, ast.For(ast.Name(name, ast.Store()), items, [give], []))
            case ast.Call(func=function) if ast.unparse(function) == "sys.exit":
                return _leave(node, node.value)
            case ast.Call(func=ast.Name(id=name)) if name in self.leaving:
                return _leave(node, node.value)
        return node

    def visit_Module(self, node: ast.Module) -> ast.Module:
        for part in ast.walk(node):
            match part:
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                    self.leaving.discard(name)
                case ast.Name(id=name, ctx=ast.Store()):
                    self.leaving.discard(name)
        self.generic_visit(node)
        return node


def _leave(node: ast.Expr, leaving: ast.Call) -> ast.stmt:
    made = ast.Call(ast.Name("SystemExit", ast.Load()), leaving.args, leaving.keywords)
    return placed(node, ast.Raise(made, None))


def _joined(
    node: ast.expr, items: list[ast.expr], operator: ast.operator, word: str, make
) -> ast.expr:
    """Return a display as a chain of displays without stars and of copies of what the stars name."""
    if not any(isinstance(each, ast.Starred) for each in items):
        return node
    parts: list[ast.expr] = []
    plain: list[ast.expr] = []
    for item in items:
        if not isinstance(item, ast.Starred):
            plain.append(item)
            continue
        if plain:
            parts.append(make(plain))
            plain = []
        parts.append(call(word, item.value))
    if plain:
        parts.append(make(plain))
    return _chain(node, parts, operator)


def _chain(node: ast.expr, parts: list[ast.expr], operator: ast.operator) -> ast.expr:
    whole = parts[0]
    for part in parts[1:]:
        whole = ast.BinOp(whole, operator, part)
    return placed(node, whole)


def _dict_of(items: list[tuple[ast.expr, ast.expr]]) -> ast.Dict:
    return ast.Dict([key for key, _ in items], [value for _, value in items])
