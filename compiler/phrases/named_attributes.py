"""Attributes that are named by a literal: as if they were written with a dot.

    getattr(x, "size")                          x.size
    setattr(x, "size", 3)                       x.size = 3
    object.__setattr__(self, "size", 3)         self.size = 3, also where the dataclass is frozen

Source: Python Library Reference, "Built-in Functions"; Data Model, section 3.3.2.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed


def with_dots(tree: ast.Module) -> ast.Module:
    """Return the module with such attributes written with a dot."""
    return _Dots().visit(tree)


class _Dots(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(
                func=ast.Name(id="getattr"),
                args=[object, ast.Constant(value=str(name))],
                keywords=[],
            ):
                return placed(node, ast.Attribute(object, name, ast.Load()))
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        self.generic_visit(node)
        match node.value:
            case ast.Call(func=function, args=[object, ast.Constant(value=str(name)), value]):
                word = ast.unparse(function)
                if word in ("setattr", "object.__setattr__") and name.isidentifier():
                    target = placed(node, ast.Attribute(object, name, ast.Store()))
                    target.sets_frozen = word != "setattr"
                    return placed(node, ast.Assign([target], value))
        return node
