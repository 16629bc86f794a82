"""Captures: locals of the function around that a nested function or lambda uses.

Inside, a captured local is a local of its own with the same type. Whether both are one variable, or
the value is copied when the nested function is made, is decided when all uses of it are known
(`escapes.py`). What a test has proved of a local that is bound once holds inside, too.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler.check import aliasing, names
from compiler.check.scopes import assigned_outside, bound_names, free_names
from compiler.source import Note
from compiler.tree import Local
from compiler.types import is_place

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def capture_all(check: Checker) -> None:
    """Capture what a nested function uses of the functions around it, before its body is checked:
    its captures have their values from the start."""
    for name in free_names(check.function.node):
        if name.id in check.names or name.id in check.poisoned:
            continue
        if names.find_local(check, name) is None:
            _check_not_later(check, name)


def _check_not_later(check: Checker, name: ast.Name) -> None:
    """Report a name that a function around binds only after this one is made."""
    around = check.outer
    while around is not None and around.function is not None:
        if name.id in around.poisoned:
            check.poisoned.add(name.id)
            return
        if name.id in bound_names(around.function.node):
            later = names.binding_of(around, name.id)
            notes = () if later is None else (Note(check.span(later), "it gets its value here"),)
            check.report(
                check.error(
                    name,
                    f"'{name.id}' has no value yet where '{check.name}' is made",
                    f"define '{check.name}' after it",
                    notes,
                )
            )
            check.poisoned.add(name.id)
            return
        around = around.outer


def capture(check: Checker, outer: Local) -> Local:
    """Return the local of this function that stands for `outer` of the one around it."""
    around = check.outer
    owns = outer.owns and not is_place(outer.type)
    local = Local(outer.name, outer.type, outer.span, owns=owns)
    check.captures[outer] = local
    check.names[outer.name] = local
    if around.flow.is_bound(outer):
        check.flow.bound.add(local)
    is_bound_once = around.count_bindings(outer.name) <= (0 if outer.is_parameter else 1)
    if outer.name in assigned_outside(check.function.node):
        outer.captured = local.captured = True  # a call may change it
        around.flow.has_paths = True
    elif is_bound_once and not outer.captured and outer in around.flow.narrowed:
        check.flow.narrow(local, around.flow.narrowed[outer])
    if is_place(local.type) or aliasing.holds_views(local.type):
        aliasing.note_origin(check, local, aliasing.Origin.LOCAL)
    return local
