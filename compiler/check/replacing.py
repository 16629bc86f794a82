"""Replacing: a store of a whole struct to where an alias leads.

`e = table[i]` makes e an alias. A store to `table[i]` would bind the element anew in Python and
leave e with the old struct; here the new struct lies where e leads. So after such a store e is
*stale*, and its use an error until it is bound again. The classical trap is the swap

    e = table[i]
    table[i] = copy(table[j])
    table[j] = copy(e)          # e is table[i], which has changed: write e = copy(table[i])

What can be seen is what one function does to places that it reaches by the same path; a flow keeps
the path of each alias (`aliases`) and which are stale. A loop brings the end of its body round to
its head: an alias that is stale there must not be used before it is bound again.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check.flow import Flow
from compiler.source import CompileError, Note, Span
from compiler.tree import Expression, Literal, Local
from compiler.types import VariableDeclaration, is_place

if TYPE_CHECKING:
    from compiler.check.checker import Checker, Loop

ANY = object()  # an index that is not constant: it may be any
Step = str | int | object
Place = tuple[Local | VariableDeclaration, tuple[Step, ...]]


def place_of(flow: Flow, value: Expression) -> Place | None:
    """Return the root and the steps by which a place is reached; None if that is not seen."""
    steps: list[Step] = []
    while True:
        match value:
            case tree.FieldRef(object=base, field=field):
                steps.append(field.name)
                value = base
            case tree.IndexRef(base=base, index=index):
                constant = isinstance(index, Literal) and index.value >= 0
                steps.append(index.value if constant else ANY)
                value = base
            case tree.Deref(pointer=base):
                steps.append(0)
                value = base
            case tree.Convert(operand=base) | tree.Walrus(value=base) | tree.SliceOf(base=base):
                value = base
            case tree.LocalRef(local=local):
                around = flow.aliases.get(local)
                if around is not None:
                    return around[0], (*around[1], *reversed(steps))
                return local, tuple(reversed(steps))
            case tree.VariableRef(variable=variable):
                return variable, tuple(reversed(steps))
            case _:
                return None


def aliased(check: Checker, local: Local, value: Expression) -> None:
    """A local has been bound to a value: note where it leads if it is an alias."""
    flow = check.flow
    if flow.aliases:
        _forget(flow, local)
    if not is_place(local.type) or local.owns:
        return
    place = place_of(flow, value)
    if place is not None and place[1]:
        flow.aliases = {**flow.aliases, local: place}


def aliased_element(check: Checker, local: Local, sequence: Expression) -> None:
    """A loop has bound a local to an element of a sequence."""
    flow = check.flow
    _forget(flow, local)
    place = place_of(flow, sequence)
    if place is not None:
        flow.aliases = {**flow.aliases, local: (place[0], (*place[1], ANY))}


def _forget(flow: Flow, local: Local) -> None:
    """A local gets another value: paths that start at it mean something else from now on."""
    flow.aliases = {
        alias: place
        for alias, place in flow.aliases.items()
        if alias is not local and place[0] is not local
    }
    if local in flow.stale:
        flow.stale = {alias: span for alias, span in flow.stale.items() if alias is not local}


def replaced(
    check: Checker, span: Span, target: Expression, further: tuple[Step, ...] = ()
) -> None:
    """A whole struct is stored to `target`, or to what `further` steps lead to from there."""
    flow = check.flow
    if not flow.aliases:
        return
    place = place_of(flow, target)
    if place is None:
        return
    steps = (*place[1], *further)
    lost = [
        alias
        for alias, (root, own) in flow.aliases.items()
        if root is place[0] and _may_contain(steps, own)
    ]
    if lost:
        flow.stale = {**flow.stale, **dict.fromkeys(lost, span)}


def _may_contain(outer: tuple[Step, ...], inner: tuple[Step, ...]) -> bool:
    """True if the place at `inner` may lie in the one at `outer`, or be it."""
    if len(outer) > len(inner):
        return False
    return all(a is ANY or b is ANY or a == b for a, b in zip(outer, inner, strict=False))


def check_use(check: Checker, node: ast.Name, local: Local) -> None:
    """Report the use of an alias that is stale, and remember it for the loop around it."""
    flow = check.flow
    span = flow.stale.get(local)
    if span is not None and flow.reachable:
        raise _stale(check, node, local, span)
    if check.loops:
        check.loops[-1].alias_uses.append((local, flow.aliases.get(local), node))


def _stale(check: Checker, node: ast.AST, local: Local, span: Span) -> CompileError:
    return check.error(
        node,
        f"'{local.name}' leads to a struct that was replaced; in Python it would keep the old one",
        f"bind '{local.name}' to copy(...) for the old one, or again for the new one",
        (Note(span, "replaced here"),),
    )


def check_round(check: Checker, loop: Loop, start: Flow, ends: list[Flow]) -> None:
    """The body of a loop is checked: report aliases that its end makes stale for its beginning."""
    stale = {local: span for end in ends if end.reachable for local, span in end.stale.items()}
    for local, place, node in loop.alias_uses:
        span = stale.get(local)
        if span is not None and place is not None and start.aliases.get(local) is place:
            check.report(_stale(check, node, local, span))
            return
