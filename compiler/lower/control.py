"""Control: branches, and the ways out of what surrounds a statement.

`f.ways_out` lists what surrounds the statement that is being lowered, the innermost last: loops, and
clean-ups that must run whichever way control leaves (`finally`, `with`, a generator that is not
exhausted). A `break`, `continue` or `return` runs the clean-ups between itself and its goal: each
way out gets a copy of them, so that no block needs to know whence it was reached.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import Block, Value
from compiler.lower import memory, places
from compiler.lower.function import statement_of
from compiler.lower.representation import holds_references, is_place
from compiler.lower.uses import moved_local

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering, Scope


# Ways out ------------------------------------------------------------------------------------


@dataclass
class WayOut:
    """Something around a statement that control passes when it leaves."""


@dataclass
class Loop(WayOut):
    """A loop: where `continue` and `break` go, and how much is left behind by each, as the length
    of `ways_out` that stays."""

    on_continue: Block
    on_break: Block
    depth_of_break: int


@dataclass
class CleanUp(WayOut):
    """What must run on the way out. `handler`: for what is raised meanwhile."""

    run: Callable[[], None]
    handler: Block | None
    scope: Scope


def leave(f: FunctionLowering, depth: int) -> None:
    """Run the clean-ups of all but the first `depth` ways out, and stay outside of them.

    Whoever calls this ends the block and restores `ways_out` and `handler`.
    """
    scope = f.scope
    while len(f.ways_out) > depth:
        way, f.ways_out = f.ways_out[-1], f.ways_out[:-1]
        if isinstance(way, CleanUp):
            f.scope = way.scope
            f.start_handled_by(way.handler, "leave")
            way.run()
    f.scope = scope


def go_to(f: FunctionLowering, target: Block, depth: int) -> None:
    """Leave for `target`, where the first `depth` ways out still surround."""
    around = f.ways_out, f.handler
    leave(f, depth)
    f.jump(target)
    f.ways_out, f.handler = around


@statement_of(tree.Break)
def lower_break(f: FunctionLowering, node: tree.Break) -> None:
    _, loop = _innermost_loop(f)
    go_to(f, loop.on_break, loop.depth_of_break)


@statement_of(tree.Continue)
def lower_continue(f: FunctionLowering, node: tree.Continue) -> None:
    index, loop = _innermost_loop(f)
    go_to(f, loop.on_continue, index + 1)


def _innermost_loop(f: FunctionLowering) -> tuple[int, Loop]:
    for index in range(len(f.ways_out) - 1, -1, -1):
        if isinstance(f.ways_out[index], Loop):
            return index, f.ways_out[index]
    raise AssertionError("a loop statement outside a loop")


@statement_of(tree.Return)
def lower_return(f: FunctionLowering, node: tree.Return) -> None:
    """Lower `return value`: the value first, then what must run on the way out."""
    if f.scope.yields is not None:
        f.scope.yields.end(f)
        return
    around = f.ways_out, f.handler
    if node.value is None:
        leave(f, 0)
        value = None
    elif f.result_address is not None:
        value = None
        _return_place(f, node.value)
    else:
        value = _return_value(f, node.value)
    if f.is_open:
        f.add(ir.Return(value))
    f.ways_out, f.handler = around


def _return_value(f: FunctionLowering, node: tree.Expression) -> Value | None:
    value = f.address(node) if is_place(node.type) else f.value(node)
    if ir.is_counted(value.type) and _cleans_up(f):
        kept = f.new_local("returned", value.type)
        f.set(kept, value)
        leave(f, 0)
        return f.get(kept) if f.is_open else None
    leave(f, 0)
    return value if f.function.type.result is not ir.VOID else None


def _return_place(f: FunctionLowering, node: tree.Expression) -> None:
    """Put a fresh place where the caller wants it, once nothing can be raised any more."""
    local = moved_local(node)
    held = f.bindings[local].local if local is not None else None
    if local is not None and local is f.returned_in_place:
        leave(f, 0)
    elif held is not None and held.storage is not None and not _cleans_up(f):
        memory.move_place(f, f.result_address, held, node.type)
    elif holds_references(node.type) or _cleans_up(f):
        made = places.temporary_with(f, node)
        leave(f, 0)
        if f.is_open:
            memory.move_place(f, f.result_address, made, node.type)
    else:
        places.build(f, node, f.result_address)


def _cleans_up(f: FunctionLowering) -> bool:
    return any(isinstance(way, CleanUp) for way in f.ways_out)


# Branches ------------------------------------------------------------------------------------


@statement_of(tree.If)
def lower_if(f: FunctionLowering, node: tree.If) -> None:
    """Lower `if test: body else: orelse`.

    before:  br test, then, else
    then:    body; br done
    else:    orelse; br done
    done:
    """
    then, done = f.new_blocks("then", "endif")
    other = f.new_block("else") if node.orelse else done
    f.branch(node.test, then, other, likely=False if _raises(node.body) else None)
    f.start(then)
    f.drop_temporaries()
    f.body(node.body)
    f.jump(done)
    if node.orelse:
        f.start(other)
        f.drop_temporaries()
        f.body(node.orelse)
        f.jump(done)
    f.start(done)


def _raises(block: tree.Block) -> bool:
    """True if a block ends in an exception, for which one does not wait."""
    return bool(block) and isinstance(block[-1], tree.Raise)
