"""Expansion: a small generator with one `yield`, put in the place of the loop that consumes it.

With one `yield` the loop's body has one place to stand, inside the generator:

    before:     parameters = arguments; the generator's statements up to its yield
                local = item; the loop's body; br resumed          (raised: close)
    resumed:    the statements behind the yield
    exhausted:  orelse; br done
    close:      the clean-ups around the yield; raise again
    done:

So the loop is the one that one would have written out, in a form that no optimiser finds again behind
two calls of a function: over a filter such as `if x % 2: yield x` that is the difference between a
branch for each item and none. The `finally` and `with` blocks around the yield surround the loop's
body, so that whatever leaves it runs them; its `except` clauses do not see what is raised there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import VOID, Block, Value
from compiler.lower import calls, closures, errors, places
from compiler.lower.control import CleanUp, Loop, WayOut, go_to, leave
from compiler.lower.function import Binding, Scope
from compiler.lower.representation import machine_type
from compiler.source import Inlining

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering

LARGEST = 120  # nodes of the tree of a generator that is put in place


def is_possible(f: FunctionLowering, function: tree.Function) -> bool:
    """True if a loop over a generator is to be an expansion."""
    uses = f.unit.uses_of(function)
    if uses.yields > 1 or uses.size > LARGEST or function.declaration.noinline:
        return False
    around = f.scope.yields
    while isinstance(around, Expansion):
        if around.function is function:
            return False
        around = around.outer.yields
    return True


@dataclass
class Expansion:
    """A generator that is being expanded into a loop: how it gives its items."""

    function: tree.Function
    loop: tree.ForGenerator
    exhausted: Block
    done: Block
    # What is around the loop.
    outer: Scope
    handler: Block | None
    depth: int  # of the ways out
    handled: int  # how many exceptions are being handled
    statements: int  # how many statements are open

    def give(self, f: FunctionLowering, value: tree.Expression | None) -> None:
        """Lower `yield value`: the loop's body stands here."""
        inner, around, handler, handled = f.scope, f.ways_out, f.handler, f.handled
        f.scope = self.outer
        if value is not None:
            places.set_local(f, self.loop.local, value)
        f.drop_temporaries()

        resumed = f.new_block("resumed")
        inside = self.with_temporaries(f, around, inner)
        cleans_up = any(isinstance(way, CleanUp) for way in inside[self.depth :])
        closing = f.new_block("close") if cleans_up else self.handler
        f.start_handled_by(closing, "body")
        f.ways_out = [*inside, Loop(resumed, self.done, self.depth)]
        f.handled = handled[: self.handled]
        f.body(self.loop.body)
        f.jump(resumed)
        if cleans_up:
            f.ways_out = inside
            self.close(f, closing)
        f.scope, f.ways_out, f.handler, f.handled = inner, around, handler, handled
        f.start(resumed)

    def with_temporaries(
        self, f: FunctionLowering, around: list[WayOut], inner: Scope
    ) -> list[WayOut]:
        """Return the ways out with one that ends the temporaries of the generator's statements."""
        held = [
            local
            for temporaries in f.outer_temporaries[self.statements + 1 :]
            for local in temporaries
            if local.drop is not None
        ]
        return [*around, CleanUp(lambda: _clear(f, held), self.handler, inner)] if held else around

    def close(self, f: FunctionLowering, block: Block) -> None:
        """Handle what is raised in the loop's body: run the clean-ups, and raise it again."""
        f.handler = self.handler
        f.start(block)
        raised = errors.catch(f)
        leave(f, self.depth)
        f.start_handled_by(self.handler, "closed")
        if f.is_open:
            errors.raise_again(f, raised)

    def end(self, f: FunctionLowering) -> None:
        """Leave the generator for good."""
        go_to(f, self.exhausted, self.depth)


def expand(f: FunctionLowering, node: tree.ForGenerator, function: tree.Function) -> None:
    """Lower a loop over a generator. See the module's docstring."""
    exhausted, done = f.new_blocks("exhausted", "endfor")
    around, outer = f.ways_out, f.scope
    expansion = Expansion(
        function,
        node,
        exhausted,
        done,
        outer,
        f.handler,
        len(around),
        len(f.handled),
        len(f.outer_temporaries),
    )
    inlining = Inlining(
        function.symbol, function.declaration.qualified_name, function.span, f.placed(node.span)
    )
    inner = Scope(f.unit.uses_of(function), expansion, inlining)
    shadowed = {local: f.bindings[local] for local in function.locals if local in f.bindings}
    values = calls.arguments(f, node.generator.arguments, node.generator.evaluation)
    f.scope = inner
    for local in shadowed:
        del f.bindings[local]
    held = _bind_locals(f, function, values)
    if held:
        f.ways_out = [*around, CleanUp(lambda: _clear(f, held), f.handler, inner)]
    f.body(function.body)
    if f.is_open:
        expansion.end(f)
    f.scope, f.ways_out = outer, around
    f.bindings.update(shadowed)

    f.start(exhausted)
    f.body(node.orelse)
    f.jump(done)
    f.start(done)


def _bind_locals(
    f: FunctionLowering, function: tree.Function, arguments: list[Value]
) -> list[ir.Local]:
    """Bind the locals of a generator; return those that hold something which must end with it."""
    incoming = iter(arguments)
    for index, local in enumerate(function.parameters):
        if machine_type(local.type) is VOID:
            f.bindings[local] = Binding()
        elif ir.is_counted(machine_type(local.type)):
            f.bind(local)
            f.write_local(local, next(incoming))
        else:
            f.bind_parameter(local, next(incoming), index)
        kept = f.bindings[local].local
        if kept is not None:
            kept.parameter = None  # it is none of this function
    closures.make_boxes(f, function)
    for local in function.locals:
        if local not in f.bindings:
            f.bind(local)
    bindings = [f.bindings[local] for local in function.locals]
    locals = [local for each in bindings for local in (each.local, each.box) if local is not None]
    return [each for each in locals if ir.is_counted(each.type) or each.drop is not None]


def _clear(f: FunctionLowering, locals: list[ir.Local]) -> None:
    for local in locals:
        f.add(ir.ClearLocal(local))
