"""Empty containers, and names that begin as None, that get their type from their first use.

    result = []                     open: nothing says yet what it holds
    for word in words:
        result.append(len(word))    told: list[int]

    best = None                     open
    for size in sizes:
        if best is None or size > best:
            best = size             told: int | None

Only what follows can say what an empty display holds, and it is checked later. So the name is entered
without a type, and the first statement that fills it, or hands it to where a type is wanted, ends the
check of the function, which then begins anew with what it has been told.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler.check import containers, values
from compiler.check.attempts import Snapshot
from compiler.check.conversions import LITERAL, settle
from compiler.source import CompileError
from compiler.tree import Expression
from compiler.types import BROKEN, NEVER, NONE, NamedType, OptionalType, Type, is_place

if TYPE_CHECKING:
    from collections.abc import Callable

    from compiler.check.checker import Checker

_FILLING = {("list", "append"): 0, ("list", "insert"): 1, ("set", "add"): 0}


class Told(Exception):
    """A use says what type an empty display has."""

    def __init__(self, display: ast.expr, type: Type) -> None:
        super().__init__()
        self.display = display
        self.type = type


def first_value(check: Checker, target: ast.Name, value: ast.expr) -> Expression | None:
    """Return the first value of a local; None if it is empty, and nothing says what it holds."""
    told = check.root.told.get(value)
    if told is None and _word(value) and containers.in_program(check):
        local = check.new_local(target.id, BROKEN, target)
        check.flow.bound.add(local)
        check.open[target.id] = value
        return None
    if told is not None and _word(value) == "None":
        return check.expression(value, told)
    return check.operand(value, told)


def given(check: Checker, target: ast.Name, value: Callable[[], Expression]) -> None:
    """Tell a name that began as None what another statement gives it."""
    display = _open(check, target)
    if display is None or _word(display) != "None":
        return
    type = values.settled(check, value()).type
    if type not in (NONE, NEVER, BROKEN) and not is_place(type):
        raise Told(display, type if isinstance(type, OptionalType) else OptionalType(type))


def given_value(check: Checker, target: ast.Name, node: ast.expr) -> None:
    """Do so for an assignment. Of `a if test else b`, where the test asks of the name itself, either
    branch may say it."""
    branches = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    for number, branch in enumerate(branches, 1):
        try:
            given(check, target, lambda branch=branch: check.operand(branch))
        except CompileError:
            if number == len(branches):
                raise


def look_inside(check: Checker, node: ast.stmt) -> None:
    """Look for a use inside a statement that is wrong itself, maybe for want of a type only."""
    each: Checker | None = check
    while each is not None and not each.open:
        each = each.outer
    if each is None:
        return
    before = Snapshot(check)
    for part in ("body", "orelse", "finalbody"):
        check.block([*getattr(node, part, [])])
    before.restore()


def report(check: Checker) -> None:
    """Report what stayed open to the end of the function."""
    for display in check.open.values():
        word = _word(display)
        if word == "None":
            check.report(
                check.error(
                    display,
                    "None alone does not say what type the local has",
                    "write 'name: T | None = None'",
                )
            )
            continue
        given = {
            "list": "names: list[str] = []",
            "dict": "ages: dict[str, int] = {}",
            "set": "seen: set[int] = set()",
        }
        check.report(
            check.error(
                display,
                f"nothing here says what this {word} is to hold",
                f"annotate it: {given[word]}",
            )
        )


def wanted(check: Checker, node: ast.Name, type: Type | None) -> None:
    """Tell an open container its type where one is wanted of it."""
    display = _open(check, node)
    if display is not None and _word(display) == "None":
        if isinstance(type, OptionalType):
            raise Told(display, type)
        return
    if isinstance(type, OptionalType):
        type = type.inner
    if display is not None and type is not None and containers.is_container(type, _word(display)):
        raise Told(display, type)


def filled_by_call(check: Checker, node: ast.Call) -> None:
    """Tell an open container what `name.append(value)` and the like put into it."""
    if not isinstance(node.func, ast.Attribute):
        return
    display = _open(check, node.func.value)
    place = _FILLING.get((_word(display), node.func.attr)) if display is not None else None
    if place is not None and len(node.args) == place + 1:
        _tell(check, display, [node.args[place]])


def filled_by_store(check: Checker, target: ast.Subscript, value: ast.expr) -> None:
    """Tell an open dict what `name[key] = value` puts into it."""
    display = _open(check, target.value)
    if display is not None and _word(display) == "dict":
        _tell(check, display, [target.slice, value])


def _tell(check: Checker, display: ast.expr, parts: list[ast.expr]) -> None:
    types = []
    for part in parts:
        value = check.operand(part)
        types.append(settle(check, value).type if value.type is LITERAL else value.type)
    if not any(type in (NONE, NEVER, BROKEN) for type in types):
        found = containers.declaration(check, display, _word(display))
        raise Told(display, NamedType(found, tuple(types)))


def _open(check: Checker, node: ast.expr) -> ast.expr | None:
    """Return the display that a name was bound to, if it is open."""
    if not isinstance(node, ast.Name):
        return None
    each: Checker | None = check
    while each is not None:
        if node.id in each.open:
            return each.open[node.id]
        local = each.names.get(node.id)
        if local is not None and local.type is not BROKEN:
            return None
        each = each.outer
    return None


def _word(node: ast.expr) -> str:
    """Return which container an empty display makes, or None; nothing if it is something else."""
    match node:
        case ast.Constant(value=None):
            return "None"
        case ast.List(elts=[]):
            return "list"
        case ast.Dict(keys=[]):
            return "dict"
        case ast.Call(func=ast.Name(id=("list" | "dict" | "set") as word), args=[], keywords=[]):
            return word
    return ""
