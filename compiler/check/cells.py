"""Comprehensions whose targets a lambda inside them uses: each time they run, their targets are new variables.

    [lambda: i for i in xs]         [made for made in (lambda: i for i in xs)]
    {k: lambda: v for k, v in xs}   {k: made for k, made in ((k, lambda: v) for k, v in xs)}

Other comprehensions are loops in the function around them (`containers`), whose variables would be the same ones
each time; the frame of a generator is a new one.

Source: Python Language Reference, sections 4.2.2 and 6.2.4.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler.check import generator_values
from compiler.check.checker import expression_of
from compiler.tree import Expression
from compiler.types import GeneratorType, TupleType, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker


class Celled(ast.expr):
    """A generator expression that is an object where it stands; `item`: the type that it gives, if that is known."""

    _fields = ("elt", "generators")

    def __init__(
        self, elt: ast.expr, generators: list[ast.comprehension], item: Type | None
    ) -> None:
        super().__init__()
        self.elt = elt
        self.generators = generators
        self.item = item


@expression_of(Celled)
def celled(check: Checker, node: Celled, hint: Type | None) -> Expression:
    made = ast.copy_location(ast.GeneratorExp(node.elt, node.generators), node)
    wanted = None if node.item is None else GeneratorType(node.item)
    return generator_values.generator_expression(check, made, wanted)


def apart(
    node: ast.ListComp | ast.SetComp | ast.DictComp, wanted: tuple[Type, ...] | None
) -> ast.ListComp | ast.SetComp | ast.DictComp:
    """Return a comprehension over a generator in place of one whose targets a lambda uses; any other as it is.

    wanted: the types of its key and value, or of its element, if they are known.
    """
    parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    if not _keeps(parts, node.generators):
        return node
    names = [f".made{number}" for number in range(len(parts))]
    loads = [ast.copy_location(ast.Name(each, ast.Load()), node) for each in names]
    stores = [ast.copy_location(ast.Name(each, ast.Store()), node) for each in names]
    item, types = parts[0], wanted[0] if wanted else None
    target: ast.expr = stores[0]
    if len(parts) > 1:
        item = ast.copy_location(ast.Tuple(parts, ast.Load()), node)
        types = TupleType(tuple(wanted)) if wanted else None
        target = ast.copy_location(ast.Tuple(stores, ast.Store()), node)
    given = ast.copy_location(Celled(item, node.generators, types), node)
    loop = ast.comprehension(target, given, [], 0)
    return ast.copy_location(type(node)(*loads, [loop]), node)


def _keeps(parts: list[ast.expr], generators: list[ast.comprehension]) -> bool:
    """True if a lambda in what a comprehension gives uses one of its targets."""
    bound = {
        each.id
        for loop in generators
        for each in ast.walk(loop.target)
        if isinstance(each, ast.Name)
    }
    used = {
        each.id
        for part in parts
        for made in ast.walk(part)
        if isinstance(made, ast.Lambda)
        for each in ast.walk(made.body)
        if isinstance(each, ast.Name)
    }
    return bool(bound & used)
