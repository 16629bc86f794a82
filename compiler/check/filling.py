"""Loops that fill a list: `for i in range(start, stop)` with one `xs.append(value)` in each iteration.

The list sees to room for all of them in front of the loop, rather than growing step by step. That is a hint, of
which a list takes no more than it should (`prepare`), and a loop that the source may leave early gives none.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import calls, containers, members
from compiler.tree import Block, LocalRef, Statement
from compiler.types import INT

if TYPE_CHECKING:
    from compiler.check.checker import Checker

LIST = "core.containers.list"

_LOOPS = (tree.While, tree.ForRange, tree.ForEach, tree.ForZip, tree.ForGenerator, tree.ForIterator)
_WAYS_OUT = (tree.Return, tree.Yield)  # of a loop, and of all around it
_WAYS_ON = (tree.Break, tree.Continue)  # of the innermost loop


def prepare(check: Checker, node: ast.AST, loop: tree.ForRange) -> None:
    """Emit what is to stand in front of a loop over a range, if it fills lists.

    The loop has been checked: what is bound behind it, though it may have no iteration, was so in front of it.
    """
    is_plain = isinstance(loop.step, tree.Literal) and loop.step.value == 1
    if not is_plain or loop.local.type is not INT or not containers.in_program(check):
        return
    filled = [each for each in _filled(loop.body) if check.flow.is_bound(each.local)]
    if not filled or loop.orelse or _may_leave(loop.body):
        return
    loop.start = _held(check, node, "first", loop.start)
    loop.stop = _held(check, node, "stop", loop.stop)
    for each in filled:
        member = members.find_method(check, each.type, "prepare")
        call = calls.method_with_values(check, node, each, member, [loop.start, loop.stop])
        check.emit(tree.Evaluate(loop.span, call))


def _held(check: Checker, node: ast.AST, name: str, bound: tree.Expression) -> LocalRef:
    local = check.hidden_local(name, INT, node)
    check.emit(tree.SetLocal(bound.span, local, bound))
    return LocalRef(bound.span, INT, local)


def _filled(body: Block) -> list[LocalRef]:
    """Return the lists that a body appends to once, whatever happens."""
    appended = [each.value.arguments[0] for each in body if _is_append(each)]
    locals = [each.local for each in appended]
    return [
        each
        for each in appended
        if locals.count(each.local) == 1 and not any(_binds(part, each.local) for part in body)
    ]


def _is_append(node: Statement) -> bool:
    """True for `xs.append(value)` where xs is a local list."""
    if not isinstance(node, tree.Evaluate) or not isinstance(node.value, tree.Call):
        return False
    declaration = node.value.function.declaration
    is_append = declaration.name == "append" and declaration.module.name == LIST
    return is_append and isinstance(node.value.arguments[0], LocalRef)


def _binds(node: tree.Node, local: tree.Local) -> bool:
    is_bound = isinstance(node, tree.SetLocal | tree.Walrus) and node.local is local
    is_target = isinstance(node, tree.Unpack) and any(
        isinstance(each, LocalRef) and each.local is local for each in node.targets
    )
    return is_bound or is_target or any(_binds(child, local) for child in node.children())


def _may_leave(body: Block) -> bool:
    return any(_leaves(each, is_inside=False) for each in body)


def _leaves(node: tree.Node, is_inside: bool) -> bool:
    """Whether a part of a loop's body may end the loop or its iteration. `is_inside`: another loop in it."""
    if isinstance(node, _WAYS_OUT) or isinstance(node, _WAYS_ON) and not is_inside:
        return True
    is_inside |= isinstance(node, _LOOPS)
    return any(_leaves(child, is_inside) for child in node.children())
