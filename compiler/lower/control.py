"""Control: branches, loops, and the ways out of what surrounds a statement.

`f.ways_out` lists what surrounds the statement that is being lowered, the innermost last: loops, and
clean-ups that must run whichever way control leaves (`finally`, `with`, a generator that is not
exhausted). A `break`, `continue` or `return` runs the clean-ups between itself and its goal: each
way out gets a copy of them, so that no block needs to know whence it was reached.

Loops over numbers are made in the form that LLVM analyses best: a counter that starts before the
loop, one comparison at its head, one step at its end that is known not to overflow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import I64, Block, Constant, Op, Predicate, Value
from compiler.layout import layout_of
from compiler.lower import memory, places
from compiler.lower.function import none_value, statement_of, value_of
from compiler.lower.representation import holds_references, integer_of, is_signed, machine_type
from compiler.lower.uses import moved_local
from compiler.types import BYTES, IntType, Type, is_place

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
    if f.scope.expansion is not None:
        go_to(f, f.scope.expansion.exhausted, f.scope.expansion.depth)
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
    f.branch(node.test, then, other)
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


@value_of(tree.Conditional)
def lower_conditional(f: FunctionLowering, node: tree.Conditional) -> Value:
    """Lower `then if test else other`.

    before:  br test, yes, no
    yes:     result = then; br done
    no:      result = other; br done
    done:
    """
    if is_place(node.type) and tree.is_fresh(node):
        return places.in_temporary(f, node)
    held = machine_type(node.type)
    result = f.new_local("chosen", held) if held is not ir.VOID else None
    yes, no, done = f.new_blocks("yes", "no", "chosen")
    f.branch(node.test, yes, no)
    for block, value in ((yes, node.then), (no, node.other)):
        f.start(block)
        outcome = f.address(value) if is_place(node.type) else f.value(value)
        if result is not None and value.type is not tree.NEVER:
            f.set(result, outcome)
        f.jump(done)
    f.start(done)
    return f.get(result) if result is not None else none_value()


# Loops ---------------------------------------------------------------------------------------


@statement_of(tree.While)
def lower_while(f: FunctionLowering, node: tree.While) -> None:
    """Lower `while test: body else: orelse`.

    before:  br head
    head:    br test, body, else
    body:    ...; br head
    else:    orelse; br done
    done:
    """
    head, body, done = f.new_blocks("while", "do", "endwhile")
    other = f.new_block("else") if node.orelse else done
    f.continue_at(head)
    f.branch(node.test, body, other)
    f.start(body)
    f.drop_temporaries()
    lower_loop_body(f, node.body, head, done)
    f.jump(head)
    _finish_loop(f, other, done, node.orelse)


def lower_loop_body(
    f: FunctionLowering, block: tree.Block, on_continue: Block, done: Block
) -> None:
    f.ways_out = [*f.ways_out, Loop(on_continue, done, len(f.ways_out))]
    f.body(block)
    f.ways_out = f.ways_out[:-1]


def _finish_loop(f: FunctionLowering, other: Block, done: Block, orelse: tree.Block) -> None:
    if orelse:
        f.start(other)
        f.body(orelse)
        f.jump(done)
    f.start(done)


@dataclass
class _Counting:
    """A loop over a counter: `proceeds` tells at the head whether there is another iteration,
    `begin` sets the loop's targets, `step` moves on."""

    proceeds: Callable[[], Value]
    begin: Callable[[], None]
    step: Callable[[], None]


def _lower_counting(
    f: FunctionLowering, loop: _Counting, body: tree.Block, orelse: tree.Block
) -> None:
    """Lower a counting loop.

    before:  br head
    head:    br proceeds, body, else
    body:    begin; ...; br next
    next:    step; br head
    else:    orelse; br done
    done:
    """
    head, inside, following, done = f.new_blocks("for", "each", "next", "endfor")
    other = f.new_block("else") if orelse else done
    around = f.span
    f.continue_at(head)
    f.branch_if(loop.proceeds(), inside, other)
    f.start(inside)
    loop.begin()
    lower_loop_body(f, body, following, done)
    f.continue_at(following)
    f.span = around
    loop.step()
    f.jump(head)
    _finish_loop(f, other, done, orelse)


@statement_of(tree.ForRange)
def lower_for_range(f: FunctionLowering, node: tree.ForRange) -> None:
    start = f.value(node.start)
    stop = f.value(node.stop)
    step = f.resize(f.value(node.step), start.type, is_signed(node.step.type))
    type = integer_of(node.local.type)
    if isinstance(step, Constant) and _cannot_overflow(type, stop, step.value):
        loop = _range_by_comparison(f, node, type, start, stop, step.value)
    else:
        loop = _range_by_count(f, node, type, start, stop, step)
    _lower_counting(f, _with_index(f, node.index, loop), node.body, node.orelse)


def _cannot_overflow(type: IntType, stop: Value, step: int) -> bool:
    """True if a step from within the range cannot pass the end of the type."""
    if abs(step) == 1:
        return True
    if not isinstance(stop, Constant):
        return False
    return type.holds(stop.value - 1 + step if step > 0 else stop.value + 1 + step)


def _range_by_comparison(
    f: FunctionLowering, node: tree.ForRange, type: IntType, start: Value, stop: Value, step: int
) -> _Counting:
    counter = f.new_local(f"{node.local.name}.next", start.type)
    f.set(counter, start)
    up, down = (Predicate.SLT, Predicate.SGT) if type.signed else (Predicate.ULT, Predicate.UGT)

    def advance() -> None:
        op = Op.ADD if step > 0 else Op.SUB
        amount = Constant(start.type, abs(step))
        moved = f.binary(op, f.get(counter), amount, signed_fits=type.signed, fits=not type.signed)
        f.set(counter, moved)

    return _Counting(
        proceeds=lambda: f.compare(up if step > 0 else down, f.get(counter), stop),
        begin=lambda: f.write_local(node.local, f.get(counter)),
        step=advance,
    )


def _range_by_count(
    f: FunctionLowering, node: tree.ForRange, type: IntType, start: Value, stop: Value, step: Value
) -> _Counting:
    """Count the iterations before the loop: the counter itself may overflow after the last one."""
    held = start.type
    if not isinstance(step, Constant):
        f.check(f.is_not_zero(step), "STEP")
    counter, left = f.new_local(f"{node.local.name}.next", held), f.new_local("left", held)
    f.set(counter, start)
    f.set(left, _iterations(f, type, start, stop, step))

    def advance() -> None:
        f.set(left, f.binary(Op.SUB, f.get(left), Constant(held, 1), fits=True))
        f.set(counter, f.binary(Op.ADD, f.get(counter), step))

    return _Counting(
        proceeds=lambda: f.is_not_zero(f.get(left)),
        begin=lambda: f.write_local(node.local, f.get(counter)),
        step=advance,
    )


def _iterations(
    f: FunctionLowering, type: IntType, start: Value, stop: Value, step: Value
) -> Value:
    """Return how many numbers range(start, stop, step) has."""
    zero = Constant(step.type, 0)
    downward = f.binary(Op.SUB, zero, step)
    if isinstance(step, Constant) and step.value < 0:
        return _iterations_between(f, type, stop, start, downward)
    if isinstance(step, Constant) or not type.signed:
        return _iterations_between(f, type, start, stop, step)
    is_up = f.compare(Predicate.SGT, step, zero)
    return _iterations_between(
        f,
        type,
        f.select(is_up, start, stop),
        f.select(is_up, stop, start),
        f.select(is_up, step, downward),
    )


def _iterations_between(
    f: FunctionLowering, type: IntType, low: Value, high: Value, step: Value
) -> Value:
    """Return how many steps there are from `low` to below `high`: (high - low - 1) // step + 1."""
    one = Constant(low.type, 1)
    is_below = f.compare(Predicate.SLT if type.signed else Predicate.ULT, low, high)
    distance = f.binary(Op.SUB, f.binary(Op.SUB, high, low), one)
    count = f.binary(Op.ADD, f.binary(Op.UDIV, distance, step), one)
    return f.select(is_below, count, Constant(low.type, 0))


def _with_index(f: FunctionLowering, index: tree.Local | None, loop: _Counting) -> _Counting:
    """Let `index` count the iterations, for enumerate."""
    if index is None:
        return loop
    held = machine_type(index.type)
    counter = f.new_local(f"{index.name}.next", held)
    f.set(counter, Constant(held, 0))

    def begin() -> None:
        f.write_local(index, f.get(counter))
        loop.begin()

    def step() -> None:
        loop.step()
        one = Constant(held, 1)
        f.set(counter, f.binary(Op.ADD, f.get(counter), one, signed_fits=True, fits=True))

    return _Counting(loop.proceeds, begin, step)


@statement_of(tree.ForEach)
def lower_for_each(f: FunctionLowering, node: tree.ForEach) -> None:
    """Lower a loop over a view: address and length once, then by index."""
    pointer, length = memory.view_of(f, node.sequence)
    if node.reverse:
        loop = _backward(f, node, pointer, length)
    else:
        loop = _forward(f, [(node.local, node.sequence.type, pointer)], length)
    _lower_counting(f, _with_index(f, node.index, loop), node.body, node.orelse)


@statement_of(tree.ForZip)
def lower_for_zip(f: FunctionLowering, node: tree.ForZip) -> None:
    views = [memory.view_of(f, each) for each in node.sequences]
    shortest = views[0][1]
    for _, length in views[1:]:
        is_shorter = f.compare(Predicate.ULT, length, shortest)
        shortest = f.select(is_shorter, length, shortest)
    items = [
        (local, each.type, pointer)
        for local, each, (pointer, _) in zip(node.locals, node.sequences, views, strict=True)
    ]
    _lower_counting(f, _forward(f, items, shortest), node.body, node.orelse)


def _forward(
    f: FunctionLowering, items: list[tuple[tree.Local, Type, Value]], length: Value
) -> _Counting:
    position = f.new_local("position", I64)
    f.set(position, Constant(I64, 0))

    def begin() -> None:
        index = f.get(position)
        for local, type, pointer in items:
            _take_element(f, local, type, pointer, index)

    def step() -> None:
        one = Constant(I64, 1)
        f.set(position, f.binary(Op.ADD, f.get(position), one, signed_fits=True, fits=True))

    return _Counting(
        proceeds=lambda: f.compare(Predicate.ULT, f.get(position), length), begin=begin, step=step
    )


def _backward(f: FunctionLowering, node: tree.ForEach, pointer: Value, length: Value) -> _Counting:
    left = f.new_local("left", I64)
    f.set(left, length)

    def begin() -> None:
        one = Constant(I64, 1)
        index = f.binary(Op.SUB, f.get(left), one, signed_fits=True, fits=True)
        f.set(left, index)
        _take_element(f, node.local, node.sequence.type, pointer, index)

    return _Counting(proceeds=lambda: f.is_not_zero(f.get(left)), begin=begin, step=lambda: None)


def _take_element(
    f: FunctionLowering, local: tree.Local, sequence: Type, pointer: Value, index: Value
) -> None:
    """Bind the loop's local to an element, or to its address if it is a place."""
    element = memory.element_of(sequence)
    layout = layout_of(element)
    address = f.index(pointer, index, layout.size)
    if is_place(element):
        f.write_local(local, address)
    elif sequence is BYTES:
        f.write_local(local, f.load(address, machine_type(element), invariant=True))
    else:
        place = memory.Place(address, element, layout.align)
        f.write_local(local, memory.load_place(f, place))
