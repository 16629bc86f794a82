"""Loops: `while`, `break`, `continue`, and what all loops have in common.

What is known at the head of a loop must hold on every way there, the end of the body included; so
what the body assigns is not narrowed there, and if it stores or calls, nothing in memory is.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import narrowing, replacing
from compiler.check.checker import Loop, statement_of
from compiler.check.flow import Flow, join_all
from compiler.tree import Block

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@statement_of(ast.While)
def while_statement(check: Checker, node: ast.While) -> None:
    """`while test: body else: orelse` (Python Language Reference, section 8.2)."""
    start_loop(check, node)
    test, when_true, when_false = narrowing.condition(check, node.test)
    check.flow = when_true
    body, breaks = loop_body(check, node.body)
    orelse = leave(check, node.orelse, when_false, breaks)
    check.emit(tree.While(check.span(node), test, body, orelse))


def start_loop(check: Checker, node: ast.While | ast.For) -> None:
    """Forget what the loop itself may change before it comes round to its head."""
    flow = check.flow
    changes = check.changes_in(node)
    for name in changes.deleted:
        if name in check.names:
            flow.bound.discard(check.names[name])
    if not flow.narrowed:
        return
    for name in changes.bound:
        if name in check.names:
            flow.forget(check.names[name])
    if changes.touches_memory:
        narrowing.forget_memory(check, node)


def loop_body(check: Checker, statements: list[ast.stmt]) -> tuple[Block, list[Flow]]:
    """Check the body of a loop, and return it with the flows of its breaks."""
    loop, start = Loop(), check.flow.copy()
    check.loops.append(loop)
    body = check.block(statements)
    check.loops.pop()
    if loop.alias_uses:
        replacing.check_round(check, loop, start, [check.flow, *loop.continues])
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
    if not check.loops:
        raise check.error(node, "'break' outside of a loop")
    check.loops[-1].breaks.append(check.flow.copy())
    check.emit(tree.Break(check.span(node)))
    check.flow = check.flow.ended()


@statement_of(ast.Continue)
def continue_statement(check: Checker, node: ast.Continue) -> None:
    """`continue` (section 7.10)."""
    if not check.loops:
        raise check.error(node, "'continue' outside of a loop")
    check.loops[-1].continues.append(check.flow)
    check.emit(tree.Continue(check.span(node)))
    check.flow = check.flow.ended()
