"""Attempts: checking something again on weaker assumptions, as if the first time had not been.

What a loop may assume at its head depends on what holds at the end of its body, which is checked on
that assumption. So a loop is first checked as if the tests before it held in every round; should
the end of the body show otherwise, everything that this has changed is taken back, and the loop is
checked without them. Which facts failed is remembered for each loop, so that a loop inside another
is not checked twice in each attempt of that.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from compiler.check.flow import Flow
from compiler.tree import Local

if TYPE_CHECKING:
    from compiler.check.checker import Checker


class FactsLost(Exception):
    """What was assumed at the head of a loop does not hold at the end of its body."""

    def __init__(self, loop: ast.AST, names: set[str]) -> None:
        super().__init__()
        self.loop = loop
        self.names = names


def check_loop(check: Checker, node: ast.While | ast.For, action: Callable[[], None]) -> None:
    """Check a loop by `action`, which may raise FactsLost, as often as it needs."""
    while True:
        lost = check.lost_in_loops.get(node, set())
        bound = check.changes_in(node).bound
        assumed = {
            local
            for local in check.flow.narrowed
            if isinstance(local, Local) and local.name in bound and local.name not in lost
        }
        check.assumed[node] = assumed
        if not assumed:
            action()
            return
        before = Snapshot(check)
        try:
            action()
            return
        except FactsLost as failed:
            if failed.loop is not node:
                raise
            before.restore()
            check.lost_in_loops[node] = lost | failed.names


def verify(check: Checker, node: ast.AST, start: Flow, ends: list[Flow]) -> None:
    """Raise FactsLost if an end of a loop's body does not have the facts assumed at its start."""
    failed = {
        local.name
        for local in check.assumed[node]
        for end in ends
        if end.reachable and end.narrowed.get(local) != start.narrowed.get(local)
    }
    if failed:
        raise FactsLost(node, failed)


class Snapshot:
    """The state of a checker, and of those around it, to go back to."""

    def __init__(self, check: Checker) -> None:
        self.states: list[tuple[Any, dict[str, tuple[Any, Any]]]] = []
        each: Checker | None = check
        while each is not None:
            self.states.append((each, _state(each)))
            each = each.outer
        self.states.append((check.unit, _state(check.unit, ("diagnostics", "known"))))

    def restore(self) -> None:
        for owner, state in self.states:
            for name, (value, copy) in state.items():
                if isinstance(value, list):
                    value[:] = copy
                elif isinstance(value, dict | set):
                    value.clear()
                    value.update(copy)
                elif isinstance(value, Flow):
                    value = copy
                setattr(owner, name, value)


def _state(owner: Any, names: tuple[str, ...] = ()) -> dict[str, tuple[Any, Any]]:
    """Return each attribute with a copy of what it contains."""
    state = {}
    for name in names or vars(owner):
        if name not in _KEPT:
            value = getattr(owner, name)
            is_container = isinstance(value, list | dict | set | Flow)
            state[name] = value, value.copy() if is_container else value
    return state


# What stays true whatever is taken back.
_KEPT = ("_changes", "_bindings", "lost_in_loops")
