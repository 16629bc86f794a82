"""Exceptions that derive from several: the class keeps the bases of the file, and is caught as the others.

    class Missing(AppError, KeyError): ...           class Missing(AppError): ...

    try: ...                                    ->   try: ...
    except LookupError: ...                          except (LookupError, Missing): ...
    isinstance(error, KeyError)                      isinstance(error, (KeyError, Missing))

So fields of `AppError` are there where `Missing` is caught as such. Python's own exceptions have nothing that
the other bases lack, but that a KeyError is shown by repr(): the class gets a method for that.

Before: the tree of the program's file, as Python parses it. After: one whose exceptions have no other
bases beside those of the file.

Source: Python Language Reference, sections 3.3.3 and 8.4.
"""

from __future__ import annotations

import ast
import builtins

from compiler.phrases.places import classes_of, placed, statements

_SHOWN_BY_REPR = """
def __str__(self) -> str:
    shown = str(self.args)
    return shown[1:-2] if len(self.args) == 1 else shown if len(self.args) > 1 else ""
"""


def with_one_base(tree: ast.Module) -> ast.Module:
    """Return the module with the bases of exceptions that are in the file, or else with the first."""
    classes = classes_of(tree)
    also: dict[
        str, list[str]
    ] = {}  # exceptions of Python's, and the classes that are caught as them
    for node in classes.values():
        own = [each for each in node.bases if ast.unparse(each) in classes]
        pythons = [each for each in node.bases if python_class(each) is not None]
        if not pythons or len(own) + len(pythons) < 2:
            continue
        others = pythons if own else pythons[1:]
        before = [
            name for each in node.bases if each not in others for name in _line(each, classes)
        ]
        for name in dict.fromkeys(name for each in others for name in _line(each, classes)):
            if name not in before:
                also.setdefault(name, []).append(node.name)
        if "KeyError" in (name for each in others for name in _line(each, classes)):
            _show_by_repr(node, [classes[name] for name in before if name in classes])
        node.bases = [each for each in node.bases if each not in others]
    return _Catching(also).visit(tree) if also else tree


def python_class(node: ast.expr) -> type[BaseException] | None:
    """Return the exception of Python's that a base names."""
    found = getattr(builtins, ast.unparse(node), None)
    is_exception = isinstance(found, type) and issubclass(found, BaseException)
    return found if is_exception else None


def _line(node: ast.expr, classes: dict[str, ast.ClassDef]) -> list[str]:
    """Return the names of a base and of all that it derives from, the nearest first."""
    names: list[str] = []
    waiting = [node]
    while waiting:
        base = waiting.pop(0)
        name = ast.unparse(base)
        found = python_class(base)
        if name in classes and name not in names:
            names.append(name)
            waiting += classes[name].bases
        elif found is not None:
            names += [each.__name__ for each in found.__mro__[:-1]]
        else:
            names.append(name)
    return list(dict.fromkeys(names))


def _show_by_repr(node: ast.ClassDef, bases: list[ast.ClassDef]) -> None:
    """Let `str` give what it gives of a KeyError, unless the file says something else."""
    if any(
        isinstance(each, ast.FunctionDef) and each.name == "__str__"
        for made in (node, *bases)
        for each in made.body
    ):
        return
    node.body += statements(node, _SHOWN_BY_REPR)


class _Catching(ast.NodeTransformer):
    """Names the classes that are caught as others where those are named."""

    def __init__(self, also: dict[str, list[str]]) -> None:
        self.also = also

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
        self.generic_visit(node)
        if node.type is not None:
            node.type = self.extended(node.type)
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Name(id="isinstance" | "issubclass"), args=[_, asked]):
                node.args[1] = self.extended(asked)
            case ast.Call(func=ast.Name(id="suppress"), args=given):
                node.args = [*given, *(more for each in given for more in self.others(each))]
        return node

    def extended(self, asked: ast.expr) -> ast.expr:
        several = asked.elts if isinstance(asked, ast.Tuple) else [asked]
        more = [other for each in several for other in self.others(each)]
        return placed(asked, ast.Tuple([*several, *more], ast.Load())) if more else asked

    def others(self, node: ast.expr) -> list[ast.expr]:
        names = self.also.get(node.id, []) if isinstance(node, ast.Name) else []
        made = [placed(node, ast.Name(name, ast.Load())) for name in names]
        for each in made:
            each.may_be_unrelated = True  # or caught before
        return made
