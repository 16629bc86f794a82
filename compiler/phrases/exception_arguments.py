"""The `args` of an exception whose class says nothing of what it is made with: fields of the types that it gets.

    class NotFound(Exception):              class NotFound(Exception):
        pass                                    def __init__(self, given_1, given_2):
                                                    super().__init__(given_1, given_2)
                                      ->            self.given_all = (given_1, given_2)

    raise NotFound(404, "no page")          raise NotFound(404, "no page")
    except NotFound as error:               except NotFound as error:
        code, text = error.args                 code, text = error.given_all

Done where the handler names one class of the file, and all that the file makes of it and of the classes derived from it
have the same number of arguments. Elsewhere `args` is what lib/python/arguments.py makes of the message.

Source: Python Library Reference, "Built-in Exceptions", BaseException.args.
"""

from __future__ import annotations

import ast

from compiler.phrases.exception_bases import python_class
from compiler.phrases.places import classes_of, placed, statements

_FIELD = "given_all"
_SHOWN_OTHERWISE = (OSError, KeyError, SystemExit)


def with_fields(tree: ast.Module) -> ast.Module:
    """Return the module with such exceptions and handlers written out."""
    asked = _Asked(None)
    asked.visit(tree)
    if not asked.classes:
        return tree
    classes = classes_of(tree)
    counts = {
        name: count
        for name in asked.classes
        if name in classes and (count := _count(tree, name, classes)) is not None
    }
    for name, count in counts.items():
        if not any(base in counts for base in _line(name, classes)[1:]):
            _add_initialiser(classes[name], count)
    _Asked(counts).visit(tree)
    return tree


def _line(name: str, classes: dict[str, ast.ClassDef]) -> list[str]:
    """Return a class and those of the file from which it derives, each from one only."""
    found: list[str] = []
    while name in classes and name not in found:
        found.append(name)
        bases = classes[name].bases
        name = ast.unparse(bases[0]) if len(bases) == 1 else ""
    return found


def _count(tree: ast.Module, name: str, classes: dict[str, ast.ClassDef]) -> int | None:
    """Return how many arguments all objects of a class get; None if it says itself, or they differ."""
    line = _line(name, classes)
    bases = classes[line[-1]].bases
    root = python_class(bases[0]) if len(bases) == 1 else None
    if root is None or issubclass(root, _SHOWN_OTHERWISE):
        return None
    derived = [each for each in classes if name in _line(each, classes)]
    if any(_has_initialiser(classes[each]) for each in (*line, *derived)):
        return None
    made: list[ast.Call] = []
    named = 0
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=called)) if called in derived:
                made.append(node)
            case ast.Raise(exc=ast.Name(id=called)) if called in derived:
                named += 1
    counts = {len(each.args) for each in made}
    is_plain = not any(
        each.keywords or any(isinstance(given, ast.Starred) for given in each.args) for each in made
    )
    return counts.pop() if is_plain and not named and len(counts) == 1 and 0 not in counts else None


def _has_initialiser(node: ast.ClassDef) -> bool:
    return any(
        isinstance(each, ast.FunctionDef) and each.name in ("__init__", "__new__")
        for each in node.body
    )


def _add_initialiser(node: ast.ClassDef, count: int) -> None:
    names = [f"given_{number}" for number in range(1, count + 1)]
    source = (
        f"def __init__(self, {', '.join(names)}):\n"
        f"    super().__init__({', '.join(names)})\n"
        f"    self.{_FIELD} = ({', '.join(names)},)\n"
    )
    node.body += statements(node, source)


class _Asked(ast.NodeTransformer):
    """Finds of which classes handlers ask for the arguments, or lets them ask for the fields of some."""

    def __init__(self, counts: dict[str, int] | None) -> None:
        self.counts = counts  # None: only finds
        self.classes: set[str] = set()
        self.names: list[tuple[str, str]] = []  # of what is handled, and the class

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
        is_one = node.name is not None and isinstance(node.type, ast.Name)
        self.names.append((node.name or "", node.type.id if is_one else ""))
        self.generic_visit(node)
        self.names.pop()
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if node.attr != "args" or not isinstance(node.value, ast.Name):
            return node
        kind = next((kind for name, kind in reversed(self.names) if name == node.value.id), "")
        if kind and self.counts is None:
            self.classes.add(kind)
        elif self.counts and kind in self.counts:
            return placed(node, ast.Attribute(node.value, _FIELD, node.ctx))
        return node
