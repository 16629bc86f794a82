"""Which functions of a unit release nothing, so that a call of one is no noise.

A function is quiet if nothing in it is noise but calls of quiet functions, and nothing in it is
owned from the start, so that it has nothing to release itself. All that might be are taken to be
quiet until one of their callees is not.
"""

from __future__ import annotations

from compiler import ir
from compiler.count.decisions import is_noisy
from compiler.ir import Cast, Function, is_counted


def quiet_functions(functions: list[Function]) -> frozenset[str]:
    """Return the symbols of the quiet functions."""
    callees = {f.symbol: called for f in functions if (called := _callees(f)) is not None}
    noisy = True
    while noisy:
        noisy = [symbol for symbol, called in callees.items() if not called <= callees.keys()]
        for symbol in noisy:
            del callees[symbol]
    return frozenset(callees)


def _callees(function: Function) -> set[str] | None:
    """Return whom a function calls, None if it is noisy whoever they are."""
    if any(local.drop is not None for local in function.locals):
        return None
    callees: set[str] = set()
    for block in function.blocks:
        for each in block.instructions:
            if isinstance(each, ir.Call) and isinstance(each.callee, ir.Symbol):
                callees.add(each.callee.name)
                if is_counted(each.type):
                    return None
            elif _owns(each) or is_noisy(each, lambda name: False):
                return None
    return callees


def _owns(each: ir.Instruction) -> bool:
    if isinstance(each, ir.Convert):
        return each.cast in (Cast.RETAIN, Cast.WEAKEN, Cast.UPGRADE)
    return isinstance(each, ir.CallErrorObject | ir.ClearLocal)
