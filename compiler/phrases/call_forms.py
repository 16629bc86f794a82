"""Decorated functions that the file calls in several ways, where the wrapper looks at `args` and `kwargs`.

    @logged                                     @logged
    def power(base, exponent=2): ...            def power__1(base, exponent=2): ...
                                          ->    @logged
    power(3)                                    def power__2(base, exponent=2): ...
    power(2, exponent=5)
                                                power__1(3)
                                                power__2(2, exponent=5)

So each of them is called in one way only, as wrappers.py wants it. That is possible where the decorator keeps
nothing between calls, as each function has a wrapper of its own then.

Before: the tree of the program's file, as Python parses it. After: one where such functions are called in one way.
"""

from __future__ import annotations

import ast
import copy

from compiler.phrases.places import placed

Form = tuple[int, tuple[str, ...]]  # how many arguments by place, and which by name


def form_of(call: ast.Call) -> Form:
    return len(call.args), tuple(each.arg or "" for each in call.keywords)


def split(node: ast.FunctionDef, forms: list[Form], tree: ast.Module) -> list[ast.FunctionDef]:
    """Return a function for each form in which one is called, and let each call name its own."""
    names = {form: f"{node.name}__{number}" for number, form in enumerate(forms, 1)}
    calls = _Calls(node.name, names)
    tree.body = [calls.visit(each) for each in tree.body]
    made: list[ast.FunctionDef] = []
    for name in names.values():
        again = copy.deepcopy(node)
        again.shown_as = node.name
        again.name = name
        made.append(again)
    return made


def keeps_nothing(node: ast.FunctionDef, maker: ast.FunctionDef, wrapper: ast.FunctionDef) -> bool:
    """True if a decorator does no more than to make its wrapper, which has no attributes."""
    others = [each for each in (*node.body, *maker.body) if each not in (maker, wrapper)]
    return all(
        isinstance(each, ast.Return)
        or isinstance(each, ast.Expr)
        and isinstance(each.value, ast.Constant)
        for each in others
    )


class _Calls(ast.NodeTransformer):
    """Names the function of its form in each call of one."""

    def __init__(self, name: str, names: dict[Form, str]) -> None:
        self.name = name
        self.names = names

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == self.name:
            node.func = placed(node.func, ast.Name(self.names[form_of(node)], ast.Load()))
        return node
