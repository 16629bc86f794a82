"""Generators that a `for` consumes: expanded in place.

A loop over a generator's items and the generator itself are two halves of one loop. The body of the
generator is lowered into the function that loops, with its parameters and locals as locals of that
function, and each `yield` becomes the loop's body:

    before:     parameters = arguments; generator's statements up to a yield:
                local = item; resume = number of this yield; br body
    resumed:    the statements after that yield …
    (end):      its locals end; orelse; br done
    body:       the loop's body; br again              (raised: close)
    again:      switch resume: each yield -> its resumed
    close:      the clean-ups around that yield; its locals end; raise again
    done:

So a loop over a generator costs what the same loop costs that is written out, without help from the
optimiser. With one yield nothing is stored in `resume` and `again` is a branch. A loop that is left
early closes the generator first: the `finally` and `with` blocks around the yield run, as they do
when CPython drops the generator. Exceptions in the loop's body do not pass through the generator.

A generator cannot be expanded inside itself, nor used as a value: that needs a frame of its own, which
`scope` is the seam for. A frame on the heap binds the same locals to places in the frame
(`Binding.address`), makes `yield` a return, and `resume` a field.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import I32, VOID, Block, Constant
from compiler.lower import errors, places
from compiler.lower.control import CleanUp, Loop, WayOut
from compiler.lower.function import Binding, Scope, statement_of
from compiler.lower.representation import is_place, machine_type
from compiler.source import CompileError

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering


@dataclass
class YieldPoint:
    """Where a generator goes on, and what is around that place inside the generator."""

    resumed: Block
    ways_out: list[WayOut]


@dataclass
class Expansion:
    """A generator that is being expanded into a loop."""

    function: tree.Function
    local: tree.Local  # the loop's
    depth: int  # of the ways out around the loop
    body: Block
    exhausted: Block
    resume: ir.Local | None  # None: there is only one yield
    outer: Scope
    held: list[ir.Local]  # its locals that hold references
    yields: list[YieldPoint] = field(default_factory=list)


@statement_of(tree.ForGenerator)
def lower_for_generator(f: FunctionLowering, node: tree.ForGenerator) -> None:
    function = _generator(f, node.generator)
    uses = f.unit.uses_of(function)
    shadowed = _bind_frame(f, function, node.generator)
    body, exhausted, done = f.new_blocks("body", "exhausted", "endfor")
    resume = f.new_local("resume", I32) if uses.yields > 1 else None
    depth = len(f.ways_out)
    held = _holding_locals(f, function)
    expansion = Expansion(function, node.local, depth, body, exhausted, resume, f.scope, held)

    f.scope = Scope(uses, expansion)
    f.body(function.body)
    f.scope = expansion.outer
    f.continue_at(exhausted)
    _end_locals(f, expansion)
    f.body(node.orelse)
    f.jump(done)
    if expansion.yields:
        _lower_loop_body(f, node, expansion, done)
    f.bindings.update(shadowed)
    f.start(done)


def _generator(f: FunctionLowering, node: tree.Expression) -> tree.Function:
    """Return the generator function that a loop calls."""
    function = f.unit.generator(node.function) if isinstance(node, tree.Call) else None
    if function is None:
        raise CompileError(
            node.span,
            "this generator is only known at run time",
            "call a generator function or method of a final class here",
        )
    scope: Scope | None = f.scope
    while scope is not None and scope.expansion is not None:
        if scope.expansion.function is function:
            raise CompileError(
                node.span,
                "a generator cannot loop over itself: each level would need memory of its own",
                "keep what is still to be visited in a list, or follow links to the parent",
            )
        scope = scope.expansion.outer
    return function


def _bind_frame(
    f: FunctionLowering, function: tree.Function, call: tree.Call
) -> dict[tree.Local, Binding]:
    """Bind the generator's parameters to the arguments, and make room for its locals.

    Returns the bindings that a surrounding expansion of the same generator had.
    """
    order = call.evaluation if call.evaluation is not None else range(len(call.arguments))
    values = {}
    for index in order:
        argument = call.arguments[index]
        values[index] = f.address(argument) if is_place(argument.type) else f.value(argument)
    shadowed = {each: f.bindings[each] for each in function.locals if each in f.bindings}
    around, f.scope = f.scope, Scope(f.unit.uses_of(function))
    for index, local in enumerate(function.parameters):
        if machine_type(local.type) is VOID:
            f.bindings[local] = Binding()
        elif ir.is_counted(machine_type(local.type)):
            f.bind(local)
            f.write_local(local, values[index])
        else:
            f.bind_parameter(local, values[index], index)
    parameters = set(function.parameters)
    for local in function.locals:
        if local not in parameters:
            f.bind(local)
    f.scope = around
    return shadowed


def _holding_locals(f: FunctionLowering, function: tree.Function) -> list[ir.Local]:
    kept = [f.bindings[local].local for local in function.locals]
    return [each for each in kept if each is not None and (ir.is_counted(each.type) or each.drop)]


def _end_locals(f: FunctionLowering, expansion: Expansion) -> None:
    """Let go of what the generator's locals hold."""
    if f.is_open:
        for local in expansion.held:
            f.add(ir.ClearLocal(local))


@statement_of(tree.Yield)
def lower_yield(f: FunctionLowering, node: tree.Yield) -> None:
    """Lower `yield value`.

    before:  local = value; resume = number; br body
    resumed:
    """
    expansion = f.scope.expansion
    number = len(expansion.yields)
    if number and expansion.resume is None:
        raise CompileError(node.span, "a `yield` in a `finally` clause", "yield before it")
    if node.value is not None:
        inner, f.scope = f.scope, expansion.outer
        places.set_local(f, expansion.local, node.value)
        f.scope = inner
    resumed = f.new_block("resumed")
    expansion.yields.append(YieldPoint(resumed, f.ways_out[expansion.depth :]))
    if expansion.resume is not None:
        f.set(expansion.resume, Constant(I32, number))
    f.jump(expansion.body)
    f.start(resumed)


def _lower_loop_body(
    f: FunctionLowering, node: tree.ForGenerator, expansion: Expansion, done: Block
) -> None:
    """Lower the body of the loop, which all yields share, and the close of the generator."""
    outer, around = f.handler, f.ways_out
    again = f.new_block("again")
    ways_out = [*around]
    if _must_close(expansion):
        ways_out.append(CleanUp(lambda: _close(f, expansion, around), outer, f.scope))
        f.handler = f.new_block("close")
    handler = f.handler
    f.ways_out = [*ways_out, Loop(again, done, len(around))]
    f.start(expansion.body)
    f.body(node.body)
    f.ways_out, f.handler = around, outer
    f.continue_at(again)
    _resume(f, expansion, [each.resumed for each in expansion.yields])

    if handler is not outer:
        f.start(handler)
        handled = errors.catch(f)
        _close(f, expansion, around)
        errors.raise_again(f, handled)


def _must_close(expansion: Expansion) -> bool:
    return bool(expansion.held) or any(
        isinstance(way, CleanUp) for point in expansion.yields for way in point.ways_out
    )


def _resume(f: FunctionLowering, expansion: Expansion, targets: list[Block]) -> None:
    """Go to the target of the yield that the loop's body was reached from."""
    if expansion.resume is None or len(targets) == 1:
        f.jump(targets[0])
        return
    cases = list(enumerate(targets[:-1]))
    f.add(ir.Switch(f.get(expansion.resume), cases, targets[-1]))


def _close(f: FunctionLowering, expansion: Expansion, around: list[WayOut]) -> None:
    """Run the clean-ups around the yield at which the generator rests."""
    outer = f.ways_out, f.handler, f.scope
    closed = f.new_block("closed")
    targets = [f.new_block("closing") for _ in expansion.yields]
    _resume(f, expansion, targets)
    for point, target in zip(expansion.yields, targets, strict=True):
        f.start(target)
        for index in range(len(point.ways_out) - 1, -1, -1):
            way = point.ways_out[index]
            if isinstance(way, CleanUp):
                f.ways_out = [*around, *point.ways_out[:index]]
                f.scope = way.scope
                f.start_handled_by(way.handler, "leave")
                way.run()
        f.ways_out, f.scope = outer[0], outer[2]
        f.start_handled_by(outer[1], "leave")
        f.jump(closed)
    f.start(closed)
    _end_locals(f, expansion)
