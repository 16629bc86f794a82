"""Generators as objects: those that are kept, passed on, or asked for one item with `next`.

A loop over a call has the generator's frame among its own locals (generators.py). Everywhere else the
call makes an object, which has the frame in itself:

    header | code of next | code of close | state | thrown | frame

    g:object(arguments) -> object       a new one, with the arguments in its frame
    g:next(object) -> item              runs it up to the next `yield`; StopIteration if there is none
    g:close(object)                     runs the clean-ups around the `yield` where it rests

Who has the object calls the last two through it. The states are those of generators.py, and two more:
the generator has ended, or it runs, so that it cannot be resumed. What an ended one held is gone; dropping
the object closes it first, and what that raises goes nowhere. Who throws an exception into a generator puts it
into the object, and calls next; a generator that takes such raises it at the `yield` where it rests, at
which it is entered by a state of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import I32, PTR, REF, VOID, Cast, Constant, FunctionType, Symbol, Value
from compiler.ir import type_info_symbol as type_info
from compiler.layout import HEADER_SIZE
from compiler.lower import calls, errors
from compiler.lower.function import none_value, value_of
from compiler.lower.representation import is_place, machine_type
from compiler.source import CompileError

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering
    from compiler.lower.generators import Generator
    from compiler.lower.unit import UnitLowering

NEXT = HEADER_SIZE
CLOSE = NEXT + 8
STATE = CLOSE + 8
THROWN = STATE + 8
FRAME = THROWN + 8

THROWS = 1 << 20  # added to the state by which a `yield` is entered that raises

STARTS, ENDED, RUNS = 0, -(1 << 31), -(1 << 31) + 1
STOP_ITERATION = "builtins.StopIteration"
VALUE_ERROR = "builtins.ValueError"
_CLOSE = FunctionType((PTR,), VOID, may_raise=True)
DROP = FunctionType((PTR,), VOID, may_raise=False)


def maker_type(parameters: list[ir.IRType]) -> FunctionType:
    return FunctionType(tuple(parameters), REF, may_raise=True)


def make(f: FunctionLowering, function: tree.Function, arguments: list[Value]) -> Value:
    """Return a new object for a call of a generator function."""
    type = maker_type([each.type for each in arguments])
    return f.call(Symbol(PTR, maker(f.unit, function)), type, arguments)


def maker(unit: UnitLowering, function: tree.Function) -> str:
    """Return the symbol of the function that makes a generator's objects."""
    from compiler.lower import generators

    if is_place(function.generator_item):
        raise CompileError(
            function.span,
            f"a generator that is kept gives values, and '{function.generator_item}' lies in place",
            "loop over its call",
        )
    symbol = function.symbol
    unit.kept_generators.add(symbol)
    generator = generators.of_function(unit, function)
    if generator is not None:
        define(unit, generator, function)
    return f"{symbol}:object"


def define(unit: UnitLowering, generator: Generator, function: tree.Function) -> None:
    """Make the functions of a generator's objects, and their class."""
    symbol, frame = generator.symbol, generator.frame
    size = FRAME + -(-frame.layout.size // 16) * 16

    def begin(f: FunctionLowering, arguments: list[Value]) -> None:
        made = f.add(ir.New(type_info(f"{symbol}:object"), size, type=REF))
        address = f.convert(Cast.BORROW, made, PTR)
        for offset, code in ((NEXT, "next"), (CLOSE, "close")):
            f.store(f.offset(address, offset), Symbol(PTR, f"{symbol}:{code}"), initialises=True)
        for value, offset in zip(arguments, frame.parameters, strict=True):
            f.store(f.offset(address, FRAME + offset), value, initialises=True)
        f.add(ir.Return(made))

    def resume(f: FunctionLowering, arguments: list[Value]) -> None:
        _resume(f, generator, arguments[0], machine_type(function.generator_item))

    def close(f: FunctionLowering, arguments: list[Value]) -> None:
        _close(f, generator, arguments[0])

    def drop(f: FunctionLowering, arguments: list[Value]) -> None:
        _drop(f, f"{symbol}:close", arguments[0])

    held = machine_type(function.generator_item)
    span = function.span
    unit.helper(f"{symbol}:next", FunctionType((PTR,), held, may_raise=True), resume, span=span)
    unit.helper(f"{symbol}:close", _CLOSE, close, span=span)
    unit.helper(f"{symbol}:object:drop", DROP, drop)
    unit.class_with_drop(f"{symbol}:object", size, f"{symbol}:object:drop")
    unit.helper(f"{symbol}:object", maker_type(list(generator.parameters)), begin, span=span)


# What its functions do -----------------------------------------------------------------------


def _resume(f: FunctionLowering, generator: Generator, object: Value, held: ir.IRType) -> None:
    """Write `g:next`.

    entry:      br state < a rest, ended, resume
    resume:     state = runs; state, item = resume(frame, state); br state == 0, exhausted, more
    more:       return item
    exhausted:  the frame ends; raise StopIteration
    ended:      br runs, busy, stop
    (raised):   the frame ends; raise again
    """
    at = f.offset(object, STATE)
    state = f.load(at, I32)
    ended, resumed, more, exhausted, failed, busy, stop = f.new_blocks(
        "ended", "resume", "more", "exhausted", "failed", "busy", "stop"
    )
    f.branch_if(f.compare(ir.Predicate.SLT, state, Constant(I32, STARTS)), ended, resumed)

    f.start(resumed)
    f.store(at, Constant(I32, RUNS))
    f.start_handled_by(failed, "run")
    entered = _state_of_throw(f, object, state) if generator.takes_throws else state
    result = _call(f, generator, object, entered)
    f.start_handled_by(None, "ran")
    is_single = result.type is I32
    following = result if is_single else f.extract(result, 0)
    f.branch_if(f.is_zero(following), exhausted, more)
    f.start(more)
    f.store(at, following)
    f.add(ir.Return(None if held is VOID else f.extract(result, 1)))

    f.start(exhausted)
    _end(f, generator, object)
    f.jump(stop)
    f.start(failed)
    handled = errors.catch(f)
    _end(f, generator, object)
    errors.raise_again(f, handled)
    f.start(ended)
    f.branch_if(f.compare(ir.Predicate.EQ, state, Constant(I32, RUNS)), busy, stop)
    f.start(busy)
    errors.raise_class(f, VALUE_ERROR)
    f.start(stop)
    if generator.takes_throws:
        thrown, stops = f.new_blocks("thrown", "stops")
        f.branch_if(f.is_not_zero(_thrown(f, object)), thrown, stops)
        f.start(thrown)
        raise_thrown(f, f.offset(object, FRAME))
        f.start(stops)
    errors.raise_class(f, STOP_ITERATION)


def _thrown(f: FunctionLowering, object: Value) -> Value:
    """Return the address of what was thrown into a generator; 0 if nothing was."""
    return f.convert(Cast.BORROW, f.load(f.offset(object, THROWN), REF), PTR)


def _state_of_throw(f: FunctionLowering, object: Value, state: Value) -> Value:
    """Return the state by which a generator is entered: one that raises, if something was thrown."""
    thrown = _thrown(f, object)
    entered = f.new_local("entered", I32)
    throws, enters = f.new_blocks("throws", "enters")
    f.set(entered, state)
    f.branch_if(f.is_not_zero(thrown), throws, enters)
    f.start(throws)
    f.set(entered, f.binary(ir.Op.ADD, state, Constant(I32, THROWS)))
    f.jump(enters)
    f.start(enters)
    return f.get(entered)


def raise_thrown(f: FunctionLowering, frame: Value) -> None:
    """Raise what was thrown into the generator whose frame this is."""
    at = f.offset(frame, THROWN - FRAME)
    thrown = f.new_local("thrown", REF)
    f.set(thrown, f.load(at, REF))
    f.store(at, Constant(REF, 0))
    value = f.get(thrown)
    f.add(ir.Raise(f.load(f.offset(value, calls.OBJECT_TYPE), PTR), value))


def _close(f: FunctionLowering, generator: Generator, object: Value) -> None:
    """Write `g:close`: what has not started or has ended has no clean-ups to run."""
    at = f.offset(object, STATE)
    state = f.load(at, I32)
    ended, rests, failed, done = f.new_blocks("ended", "rests", "failed", "done")
    f.store(at, Constant(I32, ENDED))
    if generator.must_close:
        f.branch_if(f.compare(ir.Predicate.SGT, state, Constant(I32, STARTS)), rests, ended)
        f.start(rests)
        f.start_handled_by(failed, "run")
        _call(f, generator, object, f.binary(ir.Op.SUB, Constant(I32, 0), state))
        f.start_handled_by(None, "ran")
        f.jump(ended)
        f.start(failed)
        handled = errors.catch(f)
        _end(f, generator, object)
        errors.raise_again(f, handled)
    else:
        f.jump(ended)
    f.start(ended)
    _end(f, generator, object)
    f.jump(done)
    f.start(done)


def _drop(f: FunctionLowering, close: str, object: Value) -> None:
    """Write what ends an object."""
    failed, done = f.new_blocks("failed", "done")
    f.start_handled_by(failed, "close")
    f.call(Symbol(PTR, close), _CLOSE, [object])
    f.start_handled_by(None, "closed")
    f.jump(done)
    f.start(failed)
    handled = errors.catch(f)
    if handled.object is not None:
        f.add(ir.ClearLocal(handled.object))
    f.jump(done)
    f.start(done)


def _call(f: FunctionLowering, generator: Generator, object: Value, state: Value) -> Value:
    f.unit.declare(generator.symbol, generator.type)
    frame = f.offset(object, FRAME)
    return f.call(Symbol(PTR, generator.symbol), generator.type, [frame, state])


def _end(f: FunctionLowering, generator: Generator, object: Value) -> None:
    """Let go of what the frame holds, and note that the generator has ended."""
    f.store(f.offset(object, STATE), Constant(I32, ENDED))
    if generator.frame.drop is not None:
        f.call(Symbol(PTR, generator.frame.drop), DROP, [f.offset(object, FRAME)])


# Who has one ---------------------------------------------------------------------------------


@value_of(tree.Resume)
def lower_resume(f: FunctionLowering, node: tree.Resume) -> Value:
    held = machine_type(node.type)
    result = _through(f, node.generator, NEXT, FunctionType((PTR,), held, may_raise=True))
    return none_value() if held is VOID else result


@value_of(tree.ThrowInto)
def lower_throw(f: FunctionLowering, node: tree.ThrowInto) -> Value:
    held = machine_type(node.type)
    object = f.value(node.generator)
    exception = f.value(node.exception)
    address = f.convert(Cast.BORROW, object, PTR)
    f.store(f.offset(address, THROWN), exception)
    code = f.load(f.offset(address, NEXT), PTR, invariant=True)
    result = f.call(code, FunctionType((PTR,), held, may_raise=True), [address])
    return none_value() if held is VOID else result


@value_of(tree.CloseGenerator)
def lower_close(f: FunctionLowering, node: tree.CloseGenerator) -> Value:
    _through(f, node.generator, CLOSE, _CLOSE)
    return none_value()


def _through(f: FunctionLowering, node: tree.Expression, offset: int, type: FunctionType) -> Value:
    """Call a function of a generator's object, which is kept until it returns."""
    object = f.value(node)
    address = f.convert(Cast.BORROW, object, PTR)
    code = f.load(f.offset(address, offset), PTR, invariant=True)
    return f.call(code, type, [address])
