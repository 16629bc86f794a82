"""Fields of dataclasses that only `__post_init__` gives a value, and whose type has no zero: they begin as one.

    sort_index: tuple[str, int] = field(init=False)
                            ->  sort_index: tuple[str, int] = field(init=False, default=("", 0))

Before and after: the tree of the program's file.

Source: Python Library Reference, dataclasses, "Post-init processing".
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed

_CONTAINERS = ("list", "List", "dict", "Dict", "set", "Set")
_ZEROS = {"str": "", "int": 0, "float": 0.0, "bool": False}


def with_zeros(tree: ast.Module) -> ast.Module:
    """Return the module with a default for such fields."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for each in node.body:
                match each:
                    case ast.AnnAssign(
                        annotation=type,
                        value=ast.Call(func=ast.Name(id="field"), keywords=options),
                    ) if _is_unset(options):
                        options += [placed(each.value, word) for word in _default(type)]
    return tree


def _is_unset(options: list[ast.keyword]) -> bool:
    words = [ast.unparse(each) for each in options]
    return "init=False" in words and not any(each.startswith("default") for each in words)


def _default(type: ast.expr) -> list[ast.keyword]:
    """Return what says with which value a field begins; nothing where that is left to its type."""
    match type:
        case ast.Subscript(value=ast.Name(id=name)) if name in _CONTAINERS:
            return [ast.keyword("default_factory", ast.Name(name.lower(), ast.Load()))]
    zero = _zero(type)
    return [] if zero is None else [ast.keyword("default", zero)]


def _zero(type: ast.expr) -> ast.expr | None:
    """Return an empty text, zero, or a tuple of those; None for all other types."""
    match type:
        case ast.Subscript(value=ast.Name(id="tuple" | "Tuple"), slice=ast.Tuple(elts=items)):
            parts = [_zero(each) for each in items]
            return None if None in parts else ast.Tuple(parts, ast.Load())
        case ast.Name(id=name) if name in _ZEROS:
            return ast.Constant(_ZEROS[name])
    return None
