"""`slice` as a class: `slice(2)` has no start, and the module imports it where it names it.

    slice(stop)                 slice(None, stop, None)
    slice(start, stop)          slice(start, stop, None)

Source: Python Library Reference, "Built-in Functions", slice.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import import_from, placed


def with_class(tree: ast.Module) -> ast.Module:
    """Return the module with `slice` imported, if it names it and means Python's."""
    names = [each for each in ast.walk(tree) if isinstance(each, ast.Name) and each.id == "slice"]
    is_own = any(
        isinstance(each, ast.ClassDef | ast.FunctionDef) and each.name == "slice"
        for each in tree.body
    )
    if not names or is_own or any(not isinstance(each.ctx, ast.Load) for each in names):
        return tree
    import_from(tree, "_slices", ("slice", None))
    return _Calls().visit(tree)


class _Calls(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        is_slice = isinstance(node.func, ast.Name) and node.func.id == "slice"
        if is_slice and len(node.args) in (1, 2) and not node.keywords:
            none = placed(node, ast.Constant(None))
            first = [] if len(node.args) == 2 else [none]
            node.args = [*first, *node.args, placed(node, ast.Constant(None))]
        return node
