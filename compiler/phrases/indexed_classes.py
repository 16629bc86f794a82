"""Classes that are iterated by their `__getitem__`: with the `__iter__` that Python has for them.

    class Squares:                                  def __iter__(self) -> Iterator[int]:
        def __getitem__(self, i: int) -> int: ...       index = 0
                                                        while True:
                                              ->            try:
                                                                item = self[index]
                                                            except IndexError:
                                                                return
                                                            yield item
                                                            index += 1

Source: Python Language Reference, section 3.3.7; Library Reference, `iter`.
"""

from __future__ import annotations

import ast

from compiler.phrases.places import import_from, statements

_METHOD = """
def __iter__(self) -> Iterator[{item}]:
    index = 0
    while True:
        try:
            item = self[index]
        except IndexError:
            return
        yield item
        index += 1
"""
_WORDS = ("int", "int | slice", "slice | int")


def with_iterators(tree: ast.Module) -> ast.Module:
    """Return the module with iterators for its own classes without bases that are indexed by numbers."""
    found = [
        (node, item)
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for item in [_item(node)]
        if item is not None
    ]
    for node, item in found:
        node.body += statements(node, _METHOD.format(item=item))
    if found:
        import_from(tree, "typing", ("Iterator", None))
    return tree


def _item(node: ast.ClassDef) -> str | None:
    """Return what a class that has to be iterated by numbers says that it gives; None if it is not so."""
    methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
    getter = methods.get("__getitem__")
    if getter is None or getter.returns is None or "__iter__" in methods:
        return None
    if any(ast.unparse(each).partition("[")[0] != "Generic" for each in node.bases):
        return None
    if len(getter.args.args) != 2 or getter.args.args[1].annotation is None:
        return None
    index, returned = (_text(each) for each in (getter.args.args[1].annotation, getter.returns))
    return returned if index in _WORDS else None


def _text(annotation: ast.expr) -> str:
    is_quoted = isinstance(annotation, ast.Constant) and isinstance(annotation.value, str)
    return annotation.value if is_quoted else ast.unparse(annotation)
