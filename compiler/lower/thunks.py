"""Thunks: the entries by which a native test calls target code.

For a function `f` the thunk is `f.thunk(arguments: ptr, results: ptr)`, which raises nothing. Both
point at words of 8 bytes:

    arguments   the address where a fresh place is to be built, if the result is one;
                then each parameter that is not None: a value's leaves in order, each in the low bytes
                of one word (a 128-bit integer in two words); of a place, its address
    results     0  the class that was raised (address of its TypeInfo), or 0
                1  the exception object, or 0; the caller owns it
                2  the leaves of the result, as above; left alone when an exception was raised

A leaf is a machine value: `Slice[u8]` has two (address, length), `tuple[u32, bool]` two, `u32 | None`
two (a flag, the number). A bool is 0 or 1. A result that holds references is the caller's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import (
    I1,
    PTR,
    REF,
    VOID,
    Cast,
    Constant,
    FunctionType,
    IRType,
    Linkage,
    Symbol,
    Value,
)
from compiler.lower import calls

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering
    from compiler.lower.unit import UnitLowering

THUNK = FunctionType((PTR, PTR), VOID, may_raise=False)
WORD = 8
ERROR_CLASS, ERROR_OBJECT, FIRST_RESULT = 0, 8, 16


def add_thunk(unit: UnitLowering, function: tree.Function, linkage: Linkage) -> None:
    """Give a function its thunk, unless nobody could call it that way."""
    declaration = function.declaration
    if declaration.naked or declaration.interrupt:
        return
    type = calls.instance_type(function.instance, function.signature)

    def body(f: FunctionLowering, parameters: list[Value]) -> None:
        _lower_thunk(f, function.symbol, type, *parameters)

    unit.helper(f"{function.symbol}.thunk", THUNK, body, linkage, span=function.span)


def _lower_thunk(
    f: FunctionLowering, symbol: str, type: FunctionType, arguments: Value, results: Value
) -> None:
    """Call the function, and store what it gave or raised.

    entry:   results = f(arguments); class = 0; return        (raised: raised)
    raised:  class, object = what was raised; return
    """
    raised = f.new_block("raised")
    f.start_handled_by(raised, "call")
    values, offset = [], 0
    for parameter in type.parameters:
        value, offset = _load_words(f, arguments, offset, parameter)
        values.append(value)
    result = f.call(Symbol(PTR, symbol), type, values)
    if type.result is not VOID:
        _store_words(f, results, FIRST_RESULT, result)
    f.store(f.offset(results, ERROR_CLASS), Constant(PTR, 0))
    f.add(ir.Return())

    f.handler = None
    f.start(raised)
    thrown_class = f.add(ir.Caught(type=PTR))
    thrown = f.add(ir.CaughtObject(type=REF))
    f.store(f.offset(results, ERROR_CLASS), thrown_class)
    f.store(f.offset(results, ERROR_OBJECT), thrown, initialises=True)
    f.add(ir.Return())


def _load_words(f: FunctionLowering, words: Value, offset: int, type: IRType) -> tuple[Value, int]:
    """Return a value of `type` made of words from `offset` on, and where they end."""
    if isinstance(type, ir.AggregateType):
        items = []
        for item in type.items:
            value, offset = _load_words(f, words, offset, item)
            items.append(value)
        return f.make(type, *items), offset
    place = f.offset(words, offset)
    if type is REF or type is ir.WEAK:
        value = f.load(place, PTR)
        value = f.convert(Cast.ASSUME, value, type) if type is REF else f.load(place, type)
    else:
        value = f.load(place, type, align=WORD if type.bits == 128 else 0)
    return value, offset + max(WORD, type.bits // 8)


def _store_words(f: FunctionLowering, words: Value, offset: int, value: Value) -> int:
    """Store a value's leaves as words from `offset` on; return where they end."""
    type = value.type
    if isinstance(type, ir.AggregateType):
        for index in range(len(type.items)):
            offset = _store_words(f, words, offset, f.extract(value, index))
        return offset
    if type is I1 or type.bits < 64 and type.name.startswith("i"):
        value = f.resize(value, ir.I64, signed=False)
    align = WORD if type.bits == 128 else 0
    f.store(f.offset(words, offset), value, initialises=True, align=align)
    return offset + max(WORD, type.bits // 8)
