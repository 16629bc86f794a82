"""Locals of programs that have a value on some of the ways only: Python's exception on the others.

    for n in numbers:               .bound = False
        last = n              ->    for n in numbers:
    print(last)                         last = n; .bound = True
                                    if not .bound: raise UnboundLocalError(...)
                                    print(last)

The checker notes with the local that it has such a bit; lowering sets the bit wherever the local gets a
value or is deleted. The kernel and its like give a value on every way.

Source: Python Language Reference, section 4.2.2.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import module_body, tree
from compiler.check import exception_objects, scopes
from compiler.tree import Expression, Local, LocalRef, UnaryOperator
from compiler.types import BOOL, STR, is_place

if TYPE_CHECKING:
    from compiler.check.checker import Checker

_MESSAGE = "cannot access local variable '{}' where it is not associated with a value"
_MESSAGE_OF_MODULE = "name '{}' is not defined"


def may_be_used(check: Checker, local: Local) -> bool:
    """True where a local may be used before it is known to have a value: in a program, where no function
    inside uses it, too."""
    if not exception_objects.has_messages(check) or check.function is None:
        return False
    if is_place(local.type) or check.names.get(local.name) is not local:
        return False
    if local in check.captures.values():
        return False
    return not any(
        local.name == name.id
        for each in ast.walk(check.function.node)
        if isinstance(each, scopes.Scope) and each is not check.function.node
        for name in scopes.free_names(each)
    )


def value(check: Checker, node: ast.Name, local: Local) -> Expression:
    """Return the value of such a local. Each use asks anew: an expression may be checked twice, and the
    first result left."""
    span = check.span(node)
    if local.presence is None:
        local.presence = Local(f".bound.{local.name}", BOOL, span)
    is_module = check.function.name == module_body.RUN
    refusal = "refuse_name" if is_module else "refuse_local"
    text = (_MESSAGE_OF_MODULE if is_module else _MESSAGE).format(local.name)
    refused = exception_objects.called(check, node, refusal, tree.StringLiteral(span, STR, text))
    bit = LocalRef(span, BOOL, local.presence)
    test = tree.Unary(span, BOOL, UnaryOperator.NOT, bit)
    steps: tree.Block = [tree.If(span, test, [tree.Evaluate(span, refused)], [])]
    return tree.Steps(span, local.type, steps, LocalRef(span, local.type, local))
