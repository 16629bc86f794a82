"""Generators that notice their end: `except GeneratorExit` around a `yield`.

    try:                                .closing = True
        yield 1                         try:
    except GeneratorExit:                   try:
        print("closed")       ->                yield 1
        raise                                   .closing = False
                                            except Exception:
                                                .closing = False
                                                raise
                                        finally:
                                            if .closing:
                                                print("closed")

A generator that is closed runs the clean-ups around the `yield` where it rests, and nothing else. So what the
handler does is done there, if it goes on to the end of the generator: it ends with `raise` or `return`, or
nothing stands behind the `try`.

Source: Python Language Reference, section 6.2.9.4.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from compiler.phrases.places import placed


def written_out(tree: ast.Module) -> ast.Module:
    """Return the module with such handlers as clean-ups."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            node.body = _Handlers(node).visited(node.body)
    return tree


class _Handlers(ast.NodeTransformer):
    """Rewrites the `try` statements of one function."""

    def __init__(self, function: ast.FunctionDef) -> None:
        self.last = function.body[-1]
        self.count = 0

    def visited(self, body: list[ast.stmt]) -> list[ast.stmt]:
        made = [self.visit(each) for each in body]
        return [each for some in made for each in (some if isinstance(some, list) else [some])]

    def visit_inner(self, node: ast.AST) -> ast.AST:
        return node

    visit_FunctionDef = visit_Lambda = visit_ClassDef = visit_inner

    def visit_Try(self, node: ast.Try) -> ast.stmt | list[ast.stmt]:
        is_last = node is self.last
        self.generic_visit(node)
        closing = [each for each in node.handlers if _catches_end(each)]
        if len(closing) != 1 or not (
            is_last or isinstance(closing[0].body[-1], ast.Raise | ast.Return)
        ):
            return node
        self.count += 1
        flag = f"closing__{self.count}"

        def clear(at: ast.AST) -> ast.stmt:
            return placed(at, _set(flag, False))

        leaving = _Leaving(clear)
        others = [each for each in node.handlers if each is not closing[0]]
        for each in others:
            each.body = [clear(each), *each.body]
        again = [clear(closing[0]), placed(closing[0], ast.Raise(None, None))]
        every = ast.ExceptHandler(ast.Name("Exception", ast.Load()), None, again)
        body = [*(leaving.visit(each) for each in node.body), clear(node)]
        inner = ast.Try(_flat(body), [*others, placed(closing[0], every)], node.orelse, [])
        kept = closing[0].body
        if isinstance(kept[-1], ast.Return) or ast.unparse(kept[-1]) == "raise":
            kept = kept[:-1] or [placed(closing[0], ast.Pass())]
        test = ast.If(ast.Name(flag, ast.Load()), kept, [])
        final = [placed(closing[0], test), *node.finalbody]
        return [
            placed(node, _set(flag, True)),
            placed(node, ast.Try([placed(node, inner)], [], [], final)),
        ]


def _catches_end(handler: ast.ExceptHandler) -> bool:
    is_end = isinstance(handler.type, ast.Name) and handler.type.id == "GeneratorExit"
    return is_end and handler.name is None


def _set(name: str, value: bool) -> ast.Assign:
    return ast.Assign([ast.Name(name, ast.Store())], ast.Constant(value))


def _flat(body: list[ast.stmt | list[ast.stmt]]) -> list[ast.stmt]:
    return [each for some in body for each in (some if isinstance(some, list) else [some])]


class _Leaving(ast.NodeTransformer):
    """Notes before what leaves the `try` that this is not the generator's end."""

    def __init__(self, clear: Callable[[ast.AST], ast.stmt]) -> None:
        self.clear = clear
        self.loops = 0  # inside the `try`, around the statement

    def visit_Return(self, node: ast.Return) -> list[ast.stmt]:
        return [self.clear(node), node]

    def visit_leaving_loop(self, node: ast.stmt) -> ast.stmt | list[ast.stmt]:
        return node if self.loops else [self.clear(node), node]

    visit_Break = visit_Continue = visit_leaving_loop

    def visit_loop(self, node: ast.For | ast.While) -> ast.stmt:
        self.loops += 1
        self.generic_visit(node)
        self.loops -= 1
        return node

    visit_For = visit_While = visit_loop

    def visit_inner(self, node: ast.AST) -> ast.AST:
        return node

    visit_FunctionDef = visit_Lambda = visit_ClassDef = visit_inner
