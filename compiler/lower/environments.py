"""Environments: what a nested function takes with it, laid out in memory.

Each capture has a place in the environment, as

    a value        a local that keeps its value for as long as the nested function may be called
    an address     of a place, or of a local in memory which both functions share
    a box          a counted object that holds a local which outlives its function

An environment that is counted owns the values and boxes in it. One that is borrowed lies in a frame,
and the values in it rest on what that function holds: it counts nothing. Either is read in the same
way, since whoever calls a nested function keeps its environment, and so all that is in it, alive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import PTR, REF, WEAK, AggregateType, Cast, IRType, Value, aggregate
from compiler.layout import POINTER_SIZE, Layout, layout_of
from compiler.lower.function import Binding
from compiler.lower.representation import is_place, machine_type
from compiler.types import OptionalType, Type

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering


class Mode(Enum):
    VALUE = auto()
    ADDRESS = auto()
    BOX = auto()


@dataclass(frozen=True)
class Capture:
    """How one local is captured, and where in the environment."""

    mode: Mode
    type: Type
    offset: int


@dataclass(frozen=True)
class Environment:
    """Captures in their order, from `start` on; `size` includes what is before that."""

    captures: tuple[Capture, ...]
    size: int


def lay_out(captured: list[tuple[Mode, Type]], start: int) -> Environment:
    """Return places for captures, one after the other."""
    captures, end = [], start
    for mode, type in captured:
        layout = _layout(mode, type)
        offset = -(-end // layout.align) * layout.align
        captures.append(Capture(mode, type, offset))
        end = offset + layout.size
    return Environment(tuple(captures), -(-end // 16) * 16)


def _layout(mode: Mode, type: Type) -> Layout:
    is_address = isinstance(type, OptionalType) and is_place(type.inner)
    if mode is not Mode.VALUE or is_address:
        return Layout(POINTER_SIZE, POINTER_SIZE)
    return layout_of(type)


def bind(f: FunctionLowering, address: Value, locals: list[tree.Local], at: Environment) -> None:
    """Bind the locals of a nested function to what is in its environment."""
    for local, capture in zip(locals, at.captures, strict=True):
        place = f.offset(address, capture.offset)
        match capture.mode:
            case Mode.ADDRESS:
                f.bindings[local] = Binding(address=f.load(place, PTR))
            case Mode.BOX:
                box = f.new_local(f"{local.name}.box", REF)
                f.set(box, load(f, place, REF))
                f.bindings[local] = Binding(box=box)
            case Mode.VALUE if machine_type(capture.type) is ir.VOID:
                f.bindings[local] = Binding()
            case Mode.VALUE:
                f.bindings[local] = Binding(value=load(f, place, machine_type(capture.type)))


# Values that somebody else keeps alive -------------------------------------------------------


def store_borrowed(f: FunctionLowering, place: Value, value: Value) -> None:
    """Store a value without counting the references in it."""
    f.store(place, _convert(f, value, _uncounted(value.type), _borrow), initialises=True)


def load(f: FunctionLowering, place: Value, type: IRType) -> Value:
    """Load a value without counting the references in it."""
    return _convert(f, f.load(place, _uncounted(type)), type, _assume)


def _uncounted(type: IRType) -> IRType:
    """Return the type of the same bits that holds no references."""
    if isinstance(type, AggregateType):
        return aggregate(*map(_uncounted, type.items))
    return PTR if type in (REF, WEAK) else type


Conversion = Callable[["FunctionLowering", Value, IRType], Value]


def _convert(f: FunctionLowering, value: Value, to: IRType, each: Conversion) -> Value:
    if value.type == to:
        return value
    if not isinstance(to, AggregateType):
        return each(f, value, to)
    items = [_convert(f, f.extract(value, n), item, each) for n, item in enumerate(to.items)]
    return f.make(to, *items)


def _borrow(f: FunctionLowering, value: Value, to: IRType) -> Value:
    return f.convert(Cast.BORROW if value.type is REF else Cast.BITS, value, to)


def _assume(f: FunctionLowering, value: Value, to: IRType) -> Value:
    return f.convert(Cast.ASSUME if to is REF else Cast.BITS, value, to)
