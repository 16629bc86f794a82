"""`functools.partial` of a function of the program's own file.

    square = partial(power, exponent=2)     square = lambda base, exponent=2: power(base, exponent=exponent)

What is given is evaluated once, as the default of a parameter that nobody passes.

Source: Python Library Reference, functools.partial.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed


def with_lambdas(tree: ast.Module) -> ast.Module:
    """Return the module with lambdas in the place of `partial(function, ...)`."""
    functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
    rewriting = _Partials(functions)
    tree = rewriting.visit(tree)
    if rewriting.found and not rewriting.left:
        for each in tree.body:
            if isinstance(each, ast.ImportFrom) and each.module == "functools":
                each.names = [name for name in each.names if name.name != "partial"]
        tree.body = [each for each in tree.body if getattr(each, "names", True)]
    return tree


class _Partials(ast.NodeTransformer):
    """Rewrites one module."""

    def __init__(self, functions: dict[str, ast.FunctionDef]) -> None:
        self.functions = functions
        self.found = self.left = 0

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if ast.unparse(node.func) not in ("partial", "functools.partial") or not node.args:
            return node
        made = self.made(node)
        self.found += made is not None
        self.left += made is None
        return made or node

    def made(self, node: ast.Call) -> ast.expr | None:
        """Return the lambda; None if the function, or where its arguments go, is not known."""
        callee, *given = node.args
        function = self.functions.get(callee.id) if isinstance(callee, ast.Name) else None
        if function is None or any(isinstance(each, ast.Starred) for each in given):
            return None
        wanted = function.args
        names = [each.arg for each in wanted.args]
        named = {each.arg: each.value for each in node.keywords}
        if wanted.vararg or wanted.kwarg or wanted.posonlyargs or len(given) > len(names):
            return None
        first, rest = names[: len(given)], names[len(given) :]
        required = len(names) - len(wanted.defaults)
        open_names = [name for name in rest[: max(required - len(given), 0)] if name not in named]
        kept = {**dict(zip(first, given)), **named}
        call = ast.Call(
            callee,
            [ast.Name(name, ast.Load()) for name in first],
            [ast.keyword(name, ast.Name(name, ast.Load())) for name in (*open_names, *named)],
        )
        parameters = [ast.arg(name, None) for name in (*open_names, *kept)]
        arguments = ast.arguments([], parameters, None, [], [], None, [*kept.values()])
        for each in parameters:
            ast.copy_location(each, node)
        return placed(node, ast.Lambda(arguments, call))
