"""Generators: functions that give one item after another to the loop that consumes them.

A generator becomes a function of its name which runs up to the next `yield`:

    resume(frame, state) -> {state, item}       resume(frame, state, place) -> state

The second form builds an item that is a fresh struct or Array at `place`. A state says where the
generator rests:

    0    as an argument: start; as a result: it is exhausted, and there is no item
    k    behind its k-th `yield`
    -k   as an argument: close it there: run the `finally` and `with` blocks around that `yield`

What outlasts a `yield` is in the frame (frames.py), the arguments too, which the consumer stores there.
A `for` has the frame among its own locals. It calls `resume` at two places, so that an optimiser that
puts the code there knows the states: the first is 0, and if there is one `yield` every other one is 1.
Then nothing is left of them, and the loop costs what the same loop costs that is written out.

    before:     frame = arguments; state, item = resume(frame, 0); br state == 0, exhausted, first
    first:      local = item; br body
    body:       ...; br next                               (raised: close)
    next:       state, item = resume(frame, state); br state == 0, exhausted, more
    more:       local = item; br body
    exhausted:  the frame ends; orelse; br done
    close:      resume(frame, -state); the frame ends; raise again
    done:

A loop that is left early closes the generator first, as CPython does when it drops it. What is raised in
the loop's body does not pass through the generator; what is raised in the generator ends it, and is
raised by the loop.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import (
    I32,
    PTR,
    REF,
    VOID,
    Block,
    Cast,
    Constant,
    FunctionType,
    Linkage,
    Op,
    Parameter,
    Symbol,
    Value,
    aggregate,
)
from compiler.lower import (
    bodies,
    calls,
    closures,
    errors,
    expansion,
    generator_objects,
    loop_lists,
    places,
    recursive_frames,
)
from compiler.lower.control import CleanUp, Loop, leave
from compiler.lower.frames import Frame, make_frame
from compiler.lower.function import FunctionLowering, statement_of
from compiler.lower.representation import is_place, machine_type
from compiler.source import CompileError

if TYPE_CHECKING:
    from collections.abc import Callable

    from compiler.lower.unit import UnitLowering
    from compiler.source import Span

    BindCaptures = Callable[[FunctionLowering, Value], None]


@dataclass(frozen=True)
class Generator:
    """How a generator is run. `must_close`: it has something to do if it is left early.

    frame: None while the generator is being lowered: in a loop of its own over itself, for which
    recursive_frames.py takes memory.
    """

    symbol: str
    type: FunctionType
    frame: Frame | None
    must_close: bool
    takes_throws: bool = False
    parameters: tuple[ir.Type, ...] = ()  # of the arguments, which the frame takes

    @property
    def builds_items(self) -> bool:
        return len(self.type.parameters) == 3


def _function_of(unit: UnitLowering, node: tree.Expression) -> tree.Function:
    """Return the function of the generator that a loop calls."""
    function = unit.generator(node.function) if isinstance(node, tree.Call) else None
    assert function is not None, "check knows the generator of each loop"
    return function


def _generator_of(unit: UnitLowering, function: tree.Function, span: Span) -> Generator:
    """Return a generator for a loop; it is lowered for the first one."""
    result = of_function(unit, function)
    if result is not None:
        return result
    if unit.options.traps:  # no program: there may be no memory to take
        raise CompileError(
            span,
            "a generator cannot loop over itself: each level would need memory of its own",
            "keep what is still to be visited in a list, or follow links to the parent",
        )
    unit.recursive_generators.add(function.symbol)
    return Generator(function.symbol, _resume_type(function), None, must_close=True)


def of_function(unit: UnitLowering, function: tree.Function) -> Generator | None:
    """Return a generator, lowered when it is first wanted; None while it is being lowered."""
    known = unit.generators
    if function.symbol not in known:
        known[function.symbol] = None
        known[function.symbol] = _lower_generator(unit, function)
    return known[function.symbol]


# The generator -------------------------------------------------------------------------------


@dataclass
class Yields:
    """How a generator that is being lowered gives its items. `place`: where fresh ones are built."""

    entry: ir.Switch
    takes_throws: bool
    frame: Value
    place: Value | None = None
    entries: list[Block] = field(default_factory=list)
    must_close: bool = False
    number: int = 0  # of the `yield`s so far

    def give(self, f: FunctionLowering, value: tree.Expression | None) -> None:
        """Lower `yield value`, the k-th one.

        before:   return {k, value}
        closing:  clean-ups; return 0
        thrown:   raise it, if the generator takes what is thrown into it
        resumed:
        """
        type = f.function.type
        self.number += 1
        number = self.number
        f.keep_temporaries()
        result: Value = Constant(I32, number)
        if self.place is not None:
            places.build(f, value, self.place)
        elif value is not None:
            item = f.address(value) if is_place(value.type) else f.value(value)
            if type.result is not I32:
                result = f.make(type.result, result, item)
        f.add(ir.Return(result))

        if any(isinstance(way, CleanUp) for way in f.ways_out):
            self.enter(f, f.new_block("closing"), -number)
            self.end(f)
            self.must_close = True
        if self.takes_throws:
            self.enter(f, f.new_block("thrown"), number + generator_objects.THROWS)
            generator_objects.raise_thrown(f, self.frame)
        self.enter(f, f.new_block("resumed"), number)

    def enter(self, f: FunctionLowering, block: Block, state: int) -> None:
        self.entries.append(block)
        self.entry.cases.append((state, block))
        f.start(block)

    def end(self, f: FunctionLowering) -> None:
        """Leave the generator for good."""
        around = f.ways_out, f.handler
        leave(f, 0)
        if f.is_open:
            f.add(ir.Return(_exhausted(f.function.type)))
        f.ways_out, f.handler = around


def lower_nested(unit: UnitLowering, node: tree.Function, bind_captures: BindCaptures) -> str:
    """Lower a generator inside another function; return the code by which its Callable is called,
    which makes an object. Its frame holds the environment before all arguments."""
    generator = _lower_generator(unit, node, bind_captures)

    def code(f: FunctionLowering, arguments: list[Value]) -> None:
        environment = f.convert(Cast.ASSUME, arguments[0], REF)
        f.add(ir.Return(generator_objects.make(f, node, [environment, *arguments[1:]])))

    unit.generators[node.symbol] = generator
    generator_objects.define(unit, generator, node)
    called = generator_objects.maker_type([PTR, *generator.parameters[1:]])
    return unit.helper(f"{node.symbol}:callable", called, code)


def _lower_generator(
    unit: UnitLowering, node: tree.Function, bind_captures: BindCaptures | None = None
) -> Generator:
    """Add a generator's function to the unit's result. bind_captures: of one inside another function.

    entry:     switch state: 0 -> start, k -> resumed, -k -> closing, otherwise closed
    start:     ...
    closed:    return 0
    """
    type = _resume_type(node)
    function = bodies.declared(node, type, Linkage.SHARED)
    names = ("frame", "state", "place")
    function.parameters = [
        Parameter(each, name) for each, name in zip(type.parameters, names, strict=False)
    ]
    function.source_signature = None  # it takes other things than the source says
    f = FunctionLowering(unit, function, unit.uses_of(node))
    start, closed = f.new_blocks("start", "closed")
    entry = ir.Switch(function.parameters[1], [(0, start)], closed)
    frame, _, *places_given = function.parameters
    yields = Yields(entry, node.declaration.takes_throws, frame, *places_given)
    f.scope.yields = yields
    f.add(entry)

    if yields.takes_throws:
        yields.enter(f, f.new_block("thrown"), generator_objects.STARTS + generator_objects.THROWS)
        generator_objects.raise_thrown(f, frame)
    f.start(start)
    parameters = _bind_locals(f, node, bind_captures)
    f.body(node.body)
    if f.is_open:
        yields.end(f)
    f.start(closed)
    f.add(ir.Return(_exhausted(type)))
    f.finish()
    entries = [block for block in yields.entries if block in function.blocks]
    frame = make_frame(f, parameters, entries, f.fleeting)
    unit.result.functions.append(function)
    if node.symbol in unit.recursive_generators:
        recursive_frames.define(unit, node.symbol, frame, [each.type for each in parameters])
    types = tuple(each.type if each.drop is None else PTR for each in parameters)
    generator = Generator(node.symbol, type, frame, yields.must_close, yields.takes_throws, types)
    if node.symbol in unit.kept_generators:  # by itself
        generator_objects.define(unit, generator, node)
    return generator


def _resume_type(node: tree.Function) -> FunctionType:
    may_raise = calls.instance_type(node.instance, node.signature).may_raise
    item = node.generator_item
    if is_place(item) and not node.signature.returns_view:
        return FunctionType((PTR, I32, PTR), I32, may_raise)
    held = machine_type(item)
    result = I32 if held is VOID else aggregate(I32, held)
    return FunctionType((PTR, I32), result, may_raise)


def _bind_locals(
    f: FunctionLowering, node: tree.Function, bind_captures: BindCaptures | None
) -> list[ir.Local]:
    """Bind a generator's locals; return those that hold its parameters."""
    parameters = []
    if bind_captures is not None:
        environment = f.new_local("environment", REF)
        environment.parameter = 0
        parameters.append(environment)
    for index, local in enumerate(node.parameters, len(parameters)):
        f.bind(local)
        kept = f.bindings[local].local
        if kept is not None:
            kept.parameter = index
            parameters.append(kept)
    if bind_captures is not None:
        bind_captures(f, f.convert(Cast.BORROW, f.get(environment), PTR))
    closures.make_boxes(f, node)
    captured = set(node.captures)
    for local in node.locals:
        if local not in f.bindings and local not in captured:
            f.bind(local)
    return parameters


@statement_of(tree.Yield)
def lower_yield(f: FunctionLowering, node: tree.Yield) -> None:
    f.scope.yields.give(f, node.value)


def _exhausted(type: FunctionType) -> Value:
    return Constant(type.result, 0)


# The loop ------------------------------------------------------------------------------------


@statement_of(tree.ForGenerator)
def lower_for_generator(f: FunctionLowering, node: tree.ForGenerator) -> None:
    """Lower `for local in generator(...)`. See the module's docstring."""
    loop_lists.look_at(f, node)
    function = _function_of(f.unit, node.generator)
    if expansion.is_possible(f, function):
        expansion.expand(f, node, function)
        return
    loop = _Loop(f, node, function)
    first, body, following, more, exhausted, done = f.new_blocks(
        "first", "body", "next", "more", "exhausted", "endfor"
    )
    loop.resume(Constant(I32, 0), exhausted, first)
    f.jump(body)
    loop.lower_body(body, following, done)
    f.start(following)
    loop.resume(f.get(loop.state), exhausted, more)
    f.jump(body)

    f.start(exhausted)
    loop.end_frame()
    f.body(node.orelse)
    f.jump(done)
    loop.lower_failure()
    f.start(done)


class _Loop:
    """A loop over a generator, while it is lowered."""

    def __init__(
        self, f: FunctionLowering, node: tree.ForGenerator, function: tree.Function
    ) -> None:
        self.f = f
        self.node = node
        self.span = f.span
        self.generator = _generator_of(f.unit, function, node.generator.span)
        self.state = f.new_local("state", I32)
        self.frame: ir.Local | None = None
        self.taken: ir.Local | None = None  # of memory, where the generator loops over itself
        self.failed: Block | None = None
        self.around = f.handler
        self.store_arguments()

    def store_arguments(self) -> None:
        """Evaluate the arguments, and put them into a new frame."""
        f, frame, call = self.f, self.generator.frame, self.node.generator
        values = calls.arguments(f, call.arguments, call.evaluation)
        if frame is None:
            self.taken, self.failed = f.new_local("taken", PTR), f.new_block("failed")
            f.set(self.taken, recursive_frames.take(f, self.generator.symbol, values))
            return
        if not frame.layout.size:
            return
        self.frame = f.new_local("frame", PTR, frame.layout, frame.drop)
        self.end_frame()
        for value, offset in zip(values, frame.parameters, strict=True):
            f.store(f.offset(f.local_address(self.frame), offset), value, initialises=True)

    def call(self, state: Value) -> Value:
        f, generator = self.f, self.generator
        if self.taken is not None:
            frame = f.get(self.taken)
        else:
            frame = f.local_address(self.frame) if self.frame else Constant(PTR, 0)
        arguments = [frame, state]
        if generator.builds_items:
            arguments.append(f.local_place(self.node.local))
        f.unit.declare(generator.symbol, generator.type)
        return f.call(Symbol(PTR, generator.symbol), generator.type, arguments)

    def resume(self, state: Value, exhausted: Block, taken: Block) -> None:
        """Run the generator; go to `exhausted`, or bind the loop's local and go on in `taken`."""
        f, local = self.f, self.node.local
        f.span = self.span
        kept = f.bindings[local].local
        if self.generator.builds_items and kept is not None and kept.drop is not None:
            f.add(ir.ClearLocal(kept))
        if self.taken is not None:
            f.start_handled_by(self.failed, "resume")
        result = self.call(state)
        if self.taken is not None:
            f.start_handled_by(self.around, "resumed")
        is_single = result.type is I32
        following = result if is_single else f.extract(result, 0)
        f.set(self.state, following)
        f.branch_if(f.is_zero(following), exhausted, taken)
        f.start(taken)
        if not is_single:
            f.write_local(local, f.extract(result, 1))

    def lower_body(self, body: Block, following: Block, done: Block) -> None:
        """Lower the body, and what closes the generator when it is left early."""
        f, around, outer = self.f, self.f.ways_out, self.f.handler
        inside = around
        closing = None
        if self.generator.must_close or self.holds_something():
            inside = [*around, CleanUp(self.close, outer, f.scope)]
            closing = f.handler = f.new_block("close")
        f.ways_out = [*inside, Loop(following, done, len(around))]
        f.start(body)
        f.body(self.node.body)
        f.jump(following)
        f.ways_out, f.handler = around, outer
        if closing is not None:
            f.start(closing)
            handled = errors.catch(f)
            self.close()
            errors.raise_again(f, handled)

    def close(self) -> None:
        """Run what must run if the generator does not go on: it gives no further item."""
        f = self.f
        if self.generator.must_close:
            state = f.binary(Op.SUB, Constant(I32, 0), f.get(self.state))
            result = self.call(state)
            given = result if result.type is I32 else f.extract(result, 0)
            f.check(f.is_zero(given), "CLOSED")
        self.end_frame()

    def holds_something(self) -> bool:
        """True if the frame must end where the loop does."""
        return self.taken is not None or self.generator.frame.drop is not None

    def lower_failure(self) -> None:
        """Lower what ends memory that was taken, where the generator raises something."""
        if self.failed is not None:
            self.f.start(self.failed)
            handled = errors.catch(self.f)
            self.end_frame()
            errors.raise_again(self.f, handled)

    def end_frame(self) -> None:
        """Let go of what the frame holds."""
        if self.taken is not None:
            recursive_frames.give_back(self.f, self.generator.symbol, self.f.get(self.taken))
        if self.frame is not None and self.frame.drop is not None:
            self.f.add(ir.ClearLocal(self.frame))
