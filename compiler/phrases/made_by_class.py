"""Class methods that make an object of the class on which they are called: a method for each class.

    class Shape:                        class Shape:
        @classmethod                        @classmethod
        def unit(cls):          ->          def unit(cls): return Shape(1)
            return cls(1)               class Square(Shape):
    class Square(Shape): ...                @classmethod
                                            def unit(cls): return Square(1)

Source: Python Library Reference, classmethod.
"""

from __future__ import annotations

import ast
import copy

from compiler.phrases.places import classes_of


def with_own_methods(tree: ast.Module) -> ast.Module:
    """Return the module with such methods in each class that inherits them."""
    classes = classes_of(tree)
    bases = {
        name: [each.id for each in node.bases if isinstance(each, ast.Name) and each.id in classes]
        for name, node in classes.items()
    }
    inherited = {name for names in bases.values() for name in names}
    for name, node in classes.items():
        for base in bases[name]:
            own = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
            node.body += [
                copy.deepcopy(each)
                for each in classes[base].body
                if _makes_objects(each) and each.name not in own
            ]
    for name, node in classes.items():
        if name in inherited or bases[name]:
            for each in node.body:
                if _makes_objects(each):
                    _Named(each.args.args[0].arg, name).visit(each)
    return tree


def _makes_objects(node: ast.stmt) -> bool:
    if not isinstance(node, ast.FunctionDef) or not node.args.args:
        return False
    own = node.args.args[0].arg
    inside = [*ast.walk(node)]
    stores = (e for e in inside if isinstance(e, ast.Attribute) and isinstance(e.ctx, ast.Store))
    return (
        [ast.unparse(each) for each in node.decorator_list] == ["classmethod"]
        and any(isinstance(e, ast.Call) and ast.unparse(e.func) == own for e in inside)
        and not any(ast.unparse(each.value) == own for each in stores)
        and not any(isinstance(each, ast.Name) and each.id == "super" for each in inside)
    )


class _Named(ast.NodeTransformer):
    """Writes the name of the class for `cls`."""

    def __init__(self, own: str, name: str) -> None:
        self.own = own
        self.name = name

    def visit_Name(self, node: ast.Name) -> ast.Name:
        if node.id == self.own:
            node.id = self.name
        return node
