"""`Class.__mro__` and `Class.mro()` where only the names of the classes are asked for: a list of texts.

    [each.__name__ for each in Duck.__mro__]    ["Duck", "Swimmer", "Animal", "object"]

Before: the tree of the program's file, whose classes have the bases that their author wrote. After: one
without these words, as far as it goes.

Source: Python Library Reference, class.__mro__.
"""

from __future__ import annotations

import ast
import builtins

from compiler.phrases import mixins
from compiler.phrases.places import placed


def with_names(tree: ast.Module) -> ast.Module:
    """Return the module with the names of classes in the place of such words."""
    lines: dict[str, list[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            bases = [ast.unparse(each).partition("[")[0] for each in node.bases]
            line = mixins.resolution(
                node.name, [lines.get(each) or _of_python(each) for each in bases]
            )
            if line is not None:
                lines[node.name] = line if line[-1] == "object" else [*line, "object"]
    return _Words(lines).visit(tree)


def _of_python(name: str) -> list[str]:
    found = getattr(builtins, name, None)
    return (
        [each.__name__ for each in found.__mro__] if isinstance(found, type) else [name, "object"]
    )


class _Words(ast.NodeTransformer):
    def __init__(self, lines: dict[str, list[str]]) -> None:
        self.lines = lines

    def visit_ListComp(self, node: ast.ListComp | ast.GeneratorExp) -> ast.expr:
        self.generic_visit(node)
        match node.generators:
            case [ast.comprehension(target=ast.Name(id=name), iter=asked)]:
                line = self.line(asked)
                if line is not None and _asks_for_names([node.elt, *node.generators[0].ifs], name):
                    node.generators[0].iter = placed(asked, _texts(line))
                    return _Named(name).visit(node)
        return node

    visit_GeneratorExp = visit_ListComp

    def visit_For(self, node: ast.For) -> ast.stmt:
        self.generic_visit(node)
        line = self.line(node.iter)
        is_named = isinstance(node.target, ast.Name)
        if line is None or not is_named or not _asks_for_names(node.body, node.target.id):
            return node
        node.iter = placed(node.iter, _texts(line))
        return _Named(node.target.id).visit(node)

    def line(self, node: ast.expr) -> list[str] | None:
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr="__mro__"):
                return self.lines.get(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="mro"), args=[]):
                return self.lines.get(name)
        return None


def _texts(line: list[str]) -> ast.List:
    return ast.List([ast.Constant(each) for each in line], ast.Load())


def _asks_for_names(nodes: list[ast.AST], name: str) -> bool:
    """True if syntax names a class only to ask for its name."""
    inside = [each for node in nodes for each in ast.walk(node)]
    asked = {
        id(each.value)
        for each in inside
        if isinstance(each, ast.Attribute) and each.attr in ("__name__", "__qualname__")
    }
    return all(
        id(each) in asked for each in inside if isinstance(each, ast.Name) and each.id == name
    )


class _Named(ast.NodeTransformer):
    """Writes `name` for `name.__name__`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        is_own = isinstance(node.value, ast.Name) and node.value.id == self.name
        return node.value if is_own and node.attr in ("__name__", "__qualname__") else node
