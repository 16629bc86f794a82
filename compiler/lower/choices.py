"""Expressions that choose between values: `a if test else b`, `a or b`, `a and b`.

Each way hands its value on by itself, to a local of the compiler's or, where the expression is all
that is assigned, straight to the local of the source: then no other local has to hold it, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import Value
from compiler.lower import places
from compiler.lower.expressions import condition_value, truth
from compiler.lower.function import none_value, value_of
from compiler.lower.representation import is_place, machine_type
from compiler.types import BOOL, NEVER

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering

Take = Callable[[Value], None]


@value_of(tree.Conditional, tree.Logical)
def lower_choice(f: FunctionLowering, node: tree.Conditional | tree.Logical) -> Value:
    """Return the chosen value; of a place, its address."""
    if is_place(node.type) and tree.is_fresh(node):
        return places.in_temporary(f, node)
    if isinstance(node, tree.Logical) and node.type is BOOL:
        return condition_value(f, node)
    held = machine_type(node.type)
    if held is ir.VOID:
        choose(f, node, lambda value: None)
        return none_value()
    result = f.new_local("chosen", held)
    choose(f, node, lambda value: f.set(result, value))
    return f.get(result)


def choose(f: FunctionLowering, node: tree.Expression, take: Take) -> None:
    """Evaluate an expression, and take its value on whichever way it comes about."""
    if isinstance(node, tree.Conditional):
        _choose_by_test(f, node, take)
    elif isinstance(node, tree.Logical) and node.type is not BOOL:
        _choose_by_truth(f, node, take)
    else:
        value = f.address(node) if is_place(node.type) else f.value(node)
        if node.type is not NEVER:
            take(value)


def _choose_by_test(f: FunctionLowering, node: tree.Conditional, take: Take) -> None:
    """Lower `then if test else other`.

    before:  br test, yes, no
    yes:     take then; br done
    no:      take other; br done
    done:
    """
    yes, no, done = f.new_blocks("yes", "no", "chosen")
    f.branch(node.test, yes, no)
    for block, value in ((yes, node.then), (no, node.other)):
        f.start(block)
        choose(f, value, take)
        f.jump(done)
    f.start(done)


def _choose_by_truth(f: FunctionLowering, node: tree.Logical, take: Take) -> None:
    """Lower `a or b` (`a and b`): the operand that decides.

    before:  br truth(a), decided, more     (more, decided)
    decided: take a; br done
    more:    take b; br done
    done:
    """
    done = f.new_block("chosen")
    for operand in node.operands[:-1]:
        value = f.value(operand)
        decided, more = f.new_blocks("decided", "and" if node.is_and else "or")
        condition = truth(f, value, node.type)
        f.branch_if(condition, more if node.is_and else decided, decided if node.is_and else more)
        f.start(decided)
        take(value)
        f.jump(done)
        f.start(more)
    choose(f, node.operands[-1], take)
    f.continue_at(done)
