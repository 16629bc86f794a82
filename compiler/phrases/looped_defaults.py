"""Loops over what a dict has for a key, or nothing: `for each in found.get(key, ())`.

    found.get(key, ())      found.get(key, [])

What is only looped over may as well be an empty list, which is of the type of the lists in the dict.

Source: Python Library Reference, dict.get.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed


def with_lists(tree: ast.Module) -> ast.Module:
    """Return the module with such defaults as lists."""
    for each in ast.walk(tree):
        if isinstance(each, ast.For | ast.comprehension):
            _rewrite(each.iter)
    return tree


def _rewrite(node: ast.expr) -> None:
    match node:
        case ast.Call(
            func=ast.Attribute(attr="get" | "pop"), args=[_, ast.Tuple(elts=[]) as default]
        ):
            node.args[1] = placed(default, ast.List([], ast.Load()))
