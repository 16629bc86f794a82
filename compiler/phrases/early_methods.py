"""Methods that `__init__` keeps before all fields have a value: the fields that follow get theirs before.

    def __init__(self):                             def __init__(self):
        self.handlers = {"add": self.add}               self.total = 0
        self.total = 0                      ->          self.handlers = {}
                                                        self.handlers = {"add": self.add}

A method of an object whose fields lack values must not be called, so the checker lets nobody have one. A
statement that only puts methods into a container calls none: a field that gets a plain value behind it may as
well get it before, where nothing between them looks at either, and the container itself may be empty first.

Source: Python Language Reference, section 3.2.8.2, "Instance methods".
"""

from __future__ import annotations

import ast
import copy

from compiler.phrases.parted import is_plain
from compiler.phrases.places import placed


def with_fields_first(tree: ast.Module) -> ast.Module:
    """Return the module with the statements of each `__init__` in such an order."""
    for owner in ast.walk(tree):
        for method in owner.body if isinstance(owner, ast.ClassDef) else ():
            if isinstance(method, ast.FunctionDef) and method.name == "__init__":
                _order(method)
    return tree


def _order(method: ast.FunctionDef) -> None:
    for number, statement in reversed([*enumerate(method.body)]):
        if _keeps_self(statement) and _is_without_calls(statement):
            method.body[number:number] = _emptied(statement)
    for number, statement in enumerate(method.body):
        first = number
        while first > 0 and _may_follow(method.body[first - 1], statement):
            first -= 1
        if any(map(_keeps_self, method.body[first:number])):
            method.body.insert(first, method.body.pop(number))


def _may_follow(before: ast.stmt, statement: ast.stmt) -> bool:
    """True if a statement that stands before one that gives a field a plain value may as well follow it."""
    field = _plain_field(statement)
    if field is None or not isinstance(before, ast.Assign | ast.AnnAssign) or before.value is None:
        return False
    targets = before.targets if isinstance(before, ast.Assign) else [before.target]
    named = {each.attr for each in ast.walk(before) if isinstance(each, ast.Attribute)}
    return all(map(_is_field, targets)) and _is_without_calls(before) and field not in named


def _is_without_calls(statement: ast.stmt) -> bool:
    return not any(isinstance(each, ast.Call | ast.NamedExpr) for each in ast.walk(statement))


def _emptied(statement: ast.stmt) -> list[ast.stmt]:
    """Return what makes a field an empty container, if that is what a statement fills."""
    match statement:
        case ast.Assign(targets=[ast.Attribute()], value=ast.Dict() | ast.List() as display):
            pass
        case ast.AnnAssign(target=ast.Attribute(), value=ast.Dict() | ast.List() as display):
            pass
        case _:
            return []
    empty = ast.Dict([], []) if isinstance(display, ast.Dict) else ast.List([], ast.Load())
    made = copy.deepcopy(statement)
    made.value = placed(display, empty)
    return [made]


def _plain_field(statement: ast.stmt) -> str | None:
    """Return the field that a statement gives a plain value; None for any other statement."""
    match statement:
        case (
            ast.Assign(targets=[target], value=value)
            | ast.AnnAssign(target=target, value=ast.expr() as value)
        ) if _is_field(target) and is_plain(value):
            return target.attr
    return None


def _is_field(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self"


def _keeps_self(statement: ast.stmt) -> bool:
    """True if a statement asks the object for something, such as a method."""
    return any(_is_field(e) and isinstance(e.ctx, ast.Load) for e in ast.walk(statement))
