"""Frames of generators that loop over themselves, as one over a tree does.

A loop has the frame of its generator among its own locals (generators.py). That cannot be where the loop
stands in the generator itself: a frame would contain another one of its kind. There the loop takes memory
for a frame, and gives it back when the generator is exhausted or closed, or raises something. How large a
frame is, and where its arguments lie, is known only when the generator is complete; so two functions that
are made then do it:

    take(arguments) -> frame        zeroed memory, with the arguments in it
    give_back(frame)                drops what the frame holds, and gives its memory back
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir
from compiler.ir import I64, PTR, VOID, Constant, FunctionType, Symbol, Value
from compiler.lower.objects import DROP

if TYPE_CHECKING:
    from compiler.lower.frames import Frame
    from compiler.lower.function import FunctionLowering
    from compiler.lower.unit import UnitLowering

_TAKE_STORAGE = FunctionType((I64,), PTR)
_GIVE_STORAGE = FunctionType((PTR, I64), VOID)
_GIVE_BACK = FunctionType((PTR,), VOID)


def take(f: FunctionLowering, symbol: str, arguments: list[Value]) -> Value:
    """Return a new frame for a generator, with its arguments."""
    type = FunctionType(tuple(each.type for each in arguments), PTR)
    return f.call(Symbol(PTR, f"{symbol}:take"), type, arguments)


def give_back(f: FunctionLowering, symbol: str, frame: Value) -> None:
    """End a frame."""
    f.call(Symbol(PTR, f"{symbol}:give_back"), _GIVE_BACK, [frame])


def define(unit: UnitLowering, symbol: str, frame: Frame, parameters: list[ir.Type]) -> None:
    """Make the functions that loops of a generator over itself call."""
    size = Constant(I64, max(frame.layout.size, 1))

    def begin(f: FunctionLowering, arguments: list[Value]) -> None:
        unit.declare("__pw_take_storage", _TAKE_STORAGE)
        memory = f.call(Symbol(PTR, "__pw_take_storage"), _TAKE_STORAGE, [size])
        f.check(f.is_not_zero(memory), "STACK")
        for value, offset in zip(arguments, frame.parameters, strict=True):
            f.store(f.offset(memory, offset), value, initialises=True)
        f.add(ir.Return(memory))

    def end(f: FunctionLowering, arguments: list[Value]) -> None:
        (memory,) = arguments
        if frame.drop is not None:
            f.call(Symbol(PTR, frame.drop), DROP, [memory])
        unit.declare("__pw_give_storage", _GIVE_STORAGE)
        f.call(Symbol(PTR, "__pw_give_storage"), _GIVE_STORAGE, [memory, size])

    unit.helper(f"{symbol}:take", FunctionType(tuple(parameters), PTR), begin)
    unit.helper(f"{symbol}:give_back", _GIVE_BACK, end)
