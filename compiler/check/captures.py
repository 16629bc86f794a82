"""Captures: locals of the function around that a nested function or lambda uses.

Inside, a captured local is a local of its own with the same type. It is captured by value, unless
some code binds it after the nested function is made: then both are one variable (`captured`), as in
Python. What a test has proved of a local that is bound once holds inside, too.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler.tree import Local

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def capture(check: Checker, node: ast.Name, outer: Local) -> Local:
    """Return the local of this function that stands for `outer` of the one around it."""
    known = check.captures.get(outer)
    if known is not None:
        return known
    around = check.outer
    local = Local(outer.name, outer.type, outer.span, owns=outer.owns)
    check.captures[outer] = local
    check.names[outer.name] = local
    if around.flow.is_bound(outer):
        check.flow.bound.add(local)
    if around.count_bindings(outer.name) > (0 if outer.is_parameter else 1) or outer.captured:
        outer.captured = local.captured = True
        around.flow.has_paths = True
    elif outer in around.flow.narrowed:
        check.flow.narrowed[local] = around.flow.narrowed[outer]
    return local
