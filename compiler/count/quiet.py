"""Which functions release nothing, so that a call of one is no noise (decisions.py).

A function is quiet if nothing in it is noise but calls of quiet functions, and nothing in it is
owned from the start, so that it has nothing to release itself. A call through a vtable is quiet if
every method that it may reach is.

Known for an image as a whole: `summarise` finds in each lowered unit what may be quiet, and `solve`
takes all of that to be quiet until one of its callees is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compiler import ir
from compiler.count.decisions import callee_of, is_noisy, through_table
from compiler.ir import Cast, Function, is_counted
from compiler.layout import base_of, virtual_methods

if TYPE_CHECKING:
    from compiler import tree
    from compiler.types import NamedType


@dataclass(frozen=True)
class QuietSummary:
    """What `solve` needs of one unit; small and picklable."""

    candidates: dict[str, frozenset[str]] = field(default_factory=dict)  # and whom they call
    called: frozenset[str] = frozenset()  # by any function
    reached: dict[str, frozenset[str]] = field(default_factory=dict)  # methods, through a table


def summarise(lowered: ir.Unit, unit: tree.Unit) -> QuietSummary:
    """Return what a unit says about quiet functions."""
    candidates: dict[str, frozenset[str]] = {}
    called: set[str] = set()
    for function in lowered.functions:
        callees = _callees(function)
        called |= callees
        if _may_be_quiet(function):
            candidates[function.symbol] = callees
    reached: dict[str, set[str]] = {}
    for type in (*unit.classes, *unit.class_instances):
        if type.declaration.is_abstract:
            continue  # it has no instances
        for known, method in _reached(type):
            reached.setdefault(known, set()).add(method)
    frozen = {known: frozenset(methods) for known, methods in reached.items()}
    return QuietSummary(candidates, frozenset(called), frozen)


def solve(summaries: Iterable[QuietSummary], is_closed: bool) -> frozenset[str]:
    """Return what is quiet: functions by their symbols, calls through tables by `through_table`.

    `is_closed`: nobody will add classes to the image that override its methods.
    """
    callees: dict[str, frozenset[str]] = {}
    reached: dict[str, frozenset[str]] = {}
    for summary in summaries:
        callees.update(summary.candidates)
        for known, methods in summary.reached.items():
            reached[known] = reached.get(known, frozenset()) | methods
    if is_closed:
        callees.update({through_table(known): methods for known, methods in reached.items()})

    noisy = ["anything"]
    while noisy:
        noisy = [symbol for symbol, called in callees.items() if not called <= callees.keys()]
        for symbol in noisy:
            del callees[symbol]
    return frozenset(callees)


def _callees(function: Function) -> frozenset[str]:
    """Return whom a function calls; calls that nothing is known of are missing."""
    return frozenset(
        callee
        for block in function.blocks
        for each in block.instructions
        if isinstance(each, ir.Call) and (callee := callee_of(each)) is not None
    )


def _may_be_quiet(function: Function) -> bool:
    """True if a function is quiet provided that its callees are."""
    if any(local.drop is not None for local in function.locals):
        return False
    return not any(
        block.on_error is not None or any(map(_is_loud, block.instructions))
        for block in function.blocks
    )


def _is_loud(each: ir.Instruction) -> bool:
    """True for noise that is no call, and for what gives the function something to release."""
    if isinstance(each, ir.Call):
        return is_counted(each.type) or callee_of(each) is None
    if isinstance(each, ir.Convert):
        return each.cast in (Cast.RETAIN, Cast.WEAKEN, Cast.UPGRADE)
    return isinstance(each, ir.ClearLocal) or is_noisy(each, lambda callee: False)


def _reached(type: NamedType) -> Iterable[tuple[str, str]]:
    """Yield, for each virtual method of a class, the methods by which a caller may know it: those of
    the class itself and of all above it."""
    own = virtual_methods(type)
    known: NamedType | None = type
    while known is not None:
        for name, method in virtual_methods(known).items():
            yield method.symbol, own[name].symbol
        known = base_of(known)
