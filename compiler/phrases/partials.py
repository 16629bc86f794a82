"""`functools.partial` of a function of the program's own file, or of some of Python's.

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


# What is left to be given to functions of Python's, of how many arguments in all.
_KNOWN = {"pow": 2, "max": 2, "min": 2, "divmod": 2, "isinstance": 2, "int": 1, "round": 1}
_WITH_OPTIONS = {"sorted": 1, "sum": 1, "print": 1}
_OPERATORS = ("add", "sub", "mul", "truediv", "floordiv", "mod", "lt", "le", "gt", "ge", "eq", "ne")


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
        left = _left(callee, len(given))
        if left and not any(isinstance(each, ast.Starred) for each in given):
            return _of_python(node, left)
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


def _left(callee: ast.expr, given: int) -> int:
    """Return how many arguments a function of Python's still takes; 0 if it is none that is known."""
    name = ast.unparse(callee)
    if name in _WITH_OPTIONS:
        return _WITH_OPTIONS[name]
    module, _, word = name.rpartition(".")
    several = 2 if module == "operator" and word in _OPERATORS else _KNOWN.get(name, 0)
    return max(several - given, 0)


def _of_python(node: ast.Call, left: int) -> ast.expr:
    """Return the lambda for a function of Python's. What is given and is no constant, it keeps by defaults."""
    callee, *given = node.args
    kept: dict[str, ast.expr] = {}

    def value(each: ast.expr) -> ast.expr:
        if isinstance(each, ast.Constant):
            return each
        kept[f"given__{len(kept)}"] = each
        return ast.Name([*kept][-1], ast.Load())

    first = [value(each) for each in given]
    named = [ast.keyword(each.arg, value(each.value)) for each in node.keywords]
    rest = [f"rest__{number}" for number in range(left)]
    places = [*first, *(ast.Name(name, ast.Load()) for name in rest)]
    if ast.unparse(callee) == "int":  # `int(text, base)`
        places, named = [*places, *(each.value for each in named)], []
    parameters = [ast.arg(name, None) for name in (*rest, *kept)]
    for each in parameters:
        ast.copy_location(each, node)
    taken = ast.arguments([], parameters, None, [], [], None, [*kept.values()])
    return placed(node, ast.Lambda(taken, ast.Call(callee, places, named)))
