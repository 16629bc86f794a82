"""Generators: what a `yield` gives, and where one may stand.

A generator of structs or Arrays gives either places that exist, of which the loop's local is then an
alias, or fresh values, which the loop's local owns (`returns_view`, as of a function). A view that it
gives leads to what its arguments lead to: what is its own ends with it.

A loop that is left early closes the generator at the `yield` where it rests. CPython raises GeneratorExit
there; here the clean-ups around it run, with the same effect unless something catches or suppresses
everything, or yields meanwhile. That is refused.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import aliasing, members, narrowing, values
from compiler.check.conversions import described
from compiler.source import Note
from compiler.tree import Expression, Node
from compiler.types import BROKEN, is_place

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def yield_statement(check: Checker, node: ast.Yield) -> None:
    """`yield value` (Python Language Reference, section 7.7)."""
    if check.yields is None:
        raise check.error(node, "'yield' outside of a generator")
    if check.yields is BROKEN and node.value is not None:
        check.yields = values.settled(check, check.operand(node.value)).type
    if node.value is None:
        raise check.error(node, f"a generator of {described(check.yields)} yields one")
    value = _given(check, node.value, check.expression(node.value, check.yields))
    check.emit(tree.Yield(check.span(node), value))
    narrowing.forget_memory(check, node)


def _given(check: Checker, node: ast.expr, value: Expression) -> Expression:
    """Return an item as the loop gets it."""
    is_own = is_place(value.type) and not check.returns_view
    if is_own and not tree.is_fresh(value):
        text = check.text(node)
        raise check.error(
            node,
            f"each item of '{check.name}' is a value of its own, and '{text}' is a place that exists",
            "" if members.is_pinned(value.type) else f"write copy({text})",
        )
    if is_place(value.type) or aliasing.holds_views(value.type):
        return aliasing.returned(check, node, value)
    return value


# Where a yield may stand ---------------------------------------------------------------------

CATCHES_ALL = ("builtins.BaseException", "builtins.GeneratorExit")


def check_yields(check: Checker, body: list[tree.Statement]) -> None:
    """Report each `yield` at which a generator could not be closed."""
    for statement in body:
        _check_inside(check, statement)


def _check_inside(check: Checker, node: Node) -> None:
    match node:
        case tree.Try(body=body, handlers=handlers, final=final):
            _refuse(
                check,
                final,
                "'finally' runs when the generator is closed, where nobody takes items",
            )
            for handler in handlers:
                names = [each.symbol for each in handler.classes]
                if not names or any(name in CATCHES_ALL for name in names):
                    why = "this 'except' would catch the end of the generator, too"
                    _refuse(check, body, why, "name what it handles, such as Exception", handler)
        case tree.With(body=body, suppresses=True):
            why = "this context manager might suppress the end of the generator"
            _refuse(check, body, why, "let its '__exit__' return None", node)
    for child in node.children():
        if isinstance(child, tree.Statement | tree.Handler | tree.Case):
            _check_inside(check, child)


def _refuse(
    check: Checker,
    block: tree.Block,
    why: str,
    hint: str = "yield before it",
    at: Node | None = None,
) -> None:
    for node in _yields_in(block):
        notes = () if at is None else (Note(at.span, why),)
        message = why if at is None else "the generator cannot be closed at this 'yield'"
        check.report(check.error(node.span, message, hint, notes))


def _yields_in(nodes: list[tree.Statement]) -> list[tree.Yield]:
    found: list[tree.Yield] = []
    for node in nodes:
        if isinstance(node, tree.Yield):
            found.append(node)
        else:
            found += _yields_in(list(node.children()))
    return found
