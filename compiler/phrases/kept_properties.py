"""Properties that are computed once, and those that can be deleted.

    @cached_property                    def mean__computed(self) -> float: ...
    def mean(self) -> float: ...        @property
                                   ->   def mean(self) -> float:
                                            try:
                                                return self.mean__kept
                                            except AttributeError:
                                                pass
                                            self.mean__kept = self.mean__computed()
                                            return self.mean__kept

    @color.deleter                      def color__deleted(self) -> None: ...
    def color(self) -> None: ...   ->
    del light.color                     light.color__deleted()

Source: Python Library Reference, functools.cached_property and property.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import placed, statements

_CACHED = ("cached_property", "functools.cached_property")
_PROPERTY = """
@property
def {name}(self){result}:
    try:
        return self.{name}__kept
    except AttributeError:
        pass
    self.{name}__kept = self.{name}__computed()
    return self.{name}__kept
"""


def written_out(tree: ast.Module) -> ast.Module:
    """Return the module with such properties written out."""
    rewriting = _Properties()
    tree = rewriting.visit(tree)
    return _Deleting(rewriting.deleted).visit(tree) if rewriting.deleted else tree


class _Properties(ast.NodeTransformer):
    def __init__(self) -> None:
        self.deleted: set[str] = set()  # properties that have a deleter

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt:
        if node.module == "functools":
            node.names = [each for each in node.names if each.name != "cached_property"]
        return node if node.names else placed(node, ast.Pass())

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt | list[ast.stmt]:
        self.generic_visit(node)
        words = [ast.unparse(each) for each in node.decorator_list]
        if len(words) != 1:
            return node
        if words[0] in _CACHED:
            return _computed_once(node)
        if words[0] == f"{node.name}.deleter":
            self.deleted.add(node.name)
            node.decorator_list = []
            node.name = f"{node.name}__deleted"
        return node


def _computed_once(node: ast.FunctionDef) -> list[ast.stmt]:
    result = "" if node.returns is None else f" -> {ast.unparse(node.returns)}"
    (made,) = statements(node, _PROPERTY.format(name=node.name, result=result))
    node.name = f"{node.name}__computed"
    node.decorator_list = []
    return [node, made]


class _Deleting(ast.NodeTransformer):
    """Rewrites `del object.name` where a property of that name can be deleted."""

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def visit_Delete(self, node: ast.Delete) -> ast.stmt | list[ast.stmt]:
        self.generic_visit(node)
        made: list[ast.stmt] = []
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in self.names:
                method = ast.Attribute(target.value, f"{target.attr}__deleted", ast.Load())
                made.append(placed(node, ast.Expr(ast.Call(method, [], []))))
            else:
                made.append(placed(node, ast.Delete([target])))
        return made
