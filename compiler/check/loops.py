"""Loops: `while`, `break`, `continue`, and what all loops have in common.

What is known at the head of a loop must hold on every way there, the end of the body included: what
tests before it have proved of a local that the body assigns holds there only if it holds at the end
of the body again. If the body stores or calls, nothing in memory is known at the head.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import attempts, narrowing, replacing
from compiler.check.checker import Loop, statement_of
from compiler.check.flow import Flow, join_all
from compiler.tree import Block

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@statement_of(ast.While)
def while_statement(check: Checker, node: ast.While) -> None:
    """`while test: body else: orelse` (Python Language Reference, section 8.2)."""
    attempts.check_loop(check, node, lambda: _while(check, node))


def _while(check: Checker, node: ast.While) -> None:
    start = start_loop(check, node)
    test, when_true, when_false = narrowing.condition(check, node.test)
    check.flow = when_true
    body, breaks = loop_body(check, node, start)
    orelse = leave(check, node.orelse, when_false, breaks)
    check.emit(tree.While(check.span(node), test, body, orelse))


def start_loop(check: Checker, node: ast.While | ast.For) -> Flow:
    """Forget what the loop itself may change before it comes round to its head, but for the facts
    that it assumes to hold in every round; return what is known there."""
    flow = check.flow
    changes = check.changes_in(node)
    for name in changes.deleted:
        if name in check.names:
            flow.bound.discard(check.names[name])
    if flow.narrowed:
        for name in changes.bound:
            local = check.names.get(name)
            if local is not None and local not in check.assumed[node]:
                flow.forget(local)
        if changes.touches_memory:
            narrowing.forget_memory(check, node)
    return flow.copy()


def loop_body(check: Checker, node: ast.While | ast.For, start: Flow) -> tuple[Block, list[Flow]]:
    """Check the body of a loop, and return it with the flows of its breaks."""
    loop = Loop()
    check.loops.append(loop)
    body = check.block(node.body)
    check.loops.pop()
    ends = [check.flow, *loop.continues]
    attempts.verify(check, node, start, ends)
    if loop.alias_uses:
        replacing.check_round(check, loop, start, ends)
        if check.loops:
            check.loops[-1].alias_uses += loop.alias_uses
    return body, loop.breaks


def leave(check: Checker, orelse: list[ast.stmt], exhausted: Flow, breaks: list[Flow]) -> Block:
    """Check the `else` of a loop, which runs if no `break` left it, and go on after the loop."""
    check.flow = exhausted
    block = check.block(orelse)
    check.flow = join_all([check.flow, *breaks])
    return block


@statement_of(ast.Break)
def break_statement(check: Checker, node: ast.Break) -> None:
    """`break` (section 7.9)."""
    check.loops[-1].breaks.append(check.flow.copy())
    check.emit(tree.Break(check.span(node)))
    check.flow = check.flow.ended()


@statement_of(ast.Continue)
def continue_statement(check: Checker, node: ast.Continue) -> None:
    """`continue` (section 7.10)."""
    check.loops[-1].continues.append(check.flow)
    check.emit(tree.Continue(check.span(node)))
    check.flow = check.flow.ended()
