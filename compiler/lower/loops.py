"""Loops: `while`, and `for` over what is known without asking an object.

Loops over numbers are made in the form that LLVM analyses best: a counter that starts before the
loop, one comparison at its head, one step at its end that is known not to overflow. Only where it
may (a step other than 1 up to a stop that may be close to the end of the type), the step itself ends
the loop, too. Loops over views count positions; the elements are not copied.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import I64, Block, Constant, Op, Predicate, Value
from compiler.layout import layout_of
from compiler.lower import loop_lists, loop_versions, memory
from compiler.lower.control import Loop
from compiler.lower.function import statement_of
from compiler.lower.representation import integer_of, is_place, is_signed, machine_type
from compiler.types import BYTES, IntType, Type

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering


@statement_of(tree.While)
def lower_while(f: FunctionLowering, node: tree.While) -> None:
    """Lower `while test: body else: orelse`.

    before:  br head
    head:    br test, body, else
    body:    ...; br head
    else:    orelse; br done
    done:
    """
    loop_lists.look_at(f, node)
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
    `begin` sets the loop's targets, `step` moves on and may know whether that was the last one.
    `is_strided`: it moves on by something that is not constant."""

    proceeds: Callable[[], Value]
    begin: Callable[[], None]
    step: Callable[[], Value | None]
    is_strided: bool = False


def _lower_counting(
    f: FunctionLowering, loop: _Counting, node: tree.ForRange | tree.ForEach | tree.ForZip
) -> None:
    """Lower a counting loop.

    before:  br head
    head:    br proceeds, body, else
    body:    begin; ...; br next
    next:    step; br head (or: br ended, else, body)
    else:    orelse; br done
    done:
    """
    head, inside, following, done = f.new_blocks("for", "each", "next", "endfor")
    other = f.new_block("else") if node.orelse else done
    around = f.span
    loop_lists.look_at(f, node)
    f.continue_at(head)
    f.branch_if(loop.proceeds(), inside, other)
    f.start(inside)
    loop.begin()
    lower_loop_body(f, node.body, following, done)
    f.continue_at(following)
    f.span = around
    ended = loop.step()
    if ended is None:
        f.add(ir.Branch(head, loop.is_strided))
    else:
        f.add(ir.BranchIf(ended, other, inside, is_strided=loop.is_strided))
    _finish_loop(f, other, done, node.orelse)


@statement_of(tree.ForRange)
def lower_for_range(f: FunctionLowering, node: tree.ForRange) -> None:
    start = f.value(node.start)
    stop = f.value(node.stop)
    if isinstance(node.step, tree.Literal):  # may be negative where the type is not
        step: Value = Constant(start.type, node.step.value)
    else:
        step = f.resize(f.value(node.step), start.type, is_signed(node.step.type))
    type = integer_of(node.local.type)

    def lower(begin: loop_versions.Begin | None) -> None:
        if type.signed and not isinstance(step, Constant):
            loop = _range_by_count(f, node, start, stop, step)
        else:
            loop = _range_by_comparison(f, node, type, start, stop, step, begin)
        _lower_counting(f, _with_index(f, node.index, loop), node)

    loop_versions.lower(f, node, start, stop, lower)


def _is_downward(step: Value) -> bool:
    return isinstance(step, Constant) and step.value < 0


def _range_by_comparison(
    f: FunctionLowering,
    node: tree.ForRange,
    type: IntType,
    start: Value,
    stop: Value,
    step: Value,
    begin_iteration: loop_versions.Begin | None,
) -> _Counting:
    """Compare the counter with the stop. Before a step that might pass the end of the type, compare
    it with how far the stop still is. `begin_iteration`: see loop_versions.py."""
    down = _is_downward(step)
    amount = Constant(step.type, -step.value) if down else step
    op = Op.SUB if down else Op.ADD
    if not isinstance(step, Constant):
        f.check(f.is_not_zero(step), "STEP")
    counter = f.new_local(f"{node.local.name}.next", start.type)
    f.set(counter, start)

    amount = _clamped(f, node.stop, amount)
    signed, unsigned = (Predicate.SGT, Predicate.UGT) if down else (Predicate.SLT, Predicate.ULT)
    predicate = signed if type.signed else unsigned
    looks_ahead = not _stays_in_type(type, stop, step) and not _is_length(node.stop)

    def proceeds() -> Value:
        return f.compare(predicate, f.get(counter), stop)

    def begin() -> None:
        if looks_ahead:
            f.add(ir.Assume(proceeds()))
        if begin_iteration is not None:
            begin_iteration(f.get(counter))
        f.write_local(node.local, f.get(counter))

    def advance() -> Value | None:
        ended = None
        if looks_ahead:
            left = (f.get(counter), stop) if down else (stop, f.get(counter))
            ended = f.compare(Predicate.ULE, f.binary(Op.SUB, *left), amount)
        fits = {"signed_fits": type.signed, "fits": not type.signed}
        f.set(counter, f.binary(op, f.get(counter), amount, **fits))
        return ended

    return _Counting(proceeds, begin, advance, is_strided=not isinstance(step, Constant))


def _is_length(stop: tree.Expression) -> bool:
    """True for a length as an unsigned number, which is below half of all."""
    return isinstance(stop, tree.Length) and not is_signed(stop.type)


def _clamped(f: FunctionLowering, stop: tree.Expression, amount: Value) -> Value:
    """Return the step, or half of all numbers if that is less, where the stop is a length: from
    below the length a step that long cannot pass the end of the type."""
    if isinstance(amount, Constant) or not _is_length(stop):
        return amount
    half = Constant(amount.type, 1 << (amount.type.bits - 1))
    return f.select(f.compare(Predicate.ULT, amount, half), amount, half)


def _stays_in_type(type: IntType, stop: Value, step: Value) -> bool:
    """True if a step from within the range cannot pass the end of the type."""
    if not isinstance(step, Constant):
        return False
    if abs(step.value) == 1:
        return True
    last = 1 if step.value < 0 else -1
    return isinstance(stop, Constant) and type.holds(stop.value + last + step.value)


def _range_by_count(
    f: FunctionLowering, node: tree.ForRange, start: Value, stop: Value, step: Value
) -> _Counting:
    """Count the iterations before the loop: only then is it known which way it goes."""
    held = start.type
    f.check(f.is_not_zero(step), "STEP")
    counter, left = f.new_local(f"{node.local.name}.next", held), f.new_local("left", held)
    f.set(counter, start)
    f.set(left, _iterations(f, start, stop, step))

    def advance() -> None:
        f.set(left, f.binary(Op.SUB, f.get(left), Constant(held, 1), fits=True))
        f.set(counter, f.binary(Op.ADD, f.get(counter), step))

    return _Counting(
        proceeds=lambda: f.is_not_zero(f.get(left)),
        begin=lambda: f.write_local(node.local, f.get(counter)),
        step=advance,
        is_strided=True,
    )


def _iterations(f: FunctionLowering, start: Value, stop: Value, step: Value) -> Value:
    """Return how many numbers range(start, stop, step) has: (high - low - 1) // |step| + 1."""
    zero, one = Constant(step.type, 0), Constant(step.type, 1)
    is_up = f.compare(Predicate.SGT, step, zero)
    low, high = f.select(is_up, start, stop), f.select(is_up, stop, start)
    size = f.select(is_up, step, f.binary(Op.SUB, zero, step))
    last = f.binary(Op.SUB, f.binary(Op.SUB, high, low), one)
    count = f.binary(Op.ADD, f.binary(Op.UDIV, last, size), one)
    return f.select(f.compare(Predicate.SLT, low, high), count, zero)


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

    def step() -> Value | None:
        one = Constant(held, 1)
        f.set(counter, f.binary(Op.ADD, f.get(counter), one, signed_fits=True, fits=True))
        return loop.step()

    return _Counting(loop.proceeds, begin, step, loop.is_strided)


@statement_of(tree.ForEach)
def lower_for_each(f: FunctionLowering, node: tree.ForEach) -> None:
    """Lower a loop over a view: address and length once, then by index."""
    pointer, length = memory.view_of(f, node.sequence)
    if node.reverse:
        loop = _backward(f, node, pointer, length)
    else:
        loop = _forward(f, [(node.local, node.sequence.type, pointer)], length)
    _lower_counting(f, _with_index(f, node.index, loop), node)


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
    _lower_counting(f, _forward(f, items, shortest), node)


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
