"""What a stretch of code may change, from its syntax alone.

Where control can come round or leave in the middle (loops, `try`), what is known must hold whatever
the code in question has done so far. This says which names it may bind or delete, and whether it
may change memory: any store to a field or element, and any call.
"""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Changes:
    bound: frozenset[str]
    deleted: frozenset[str]
    touches_memory: bool


NOTHING = Changes(frozenset(), frozenset(), False)


def changes_in(node: ast.AST) -> Changes:
    """Return what a statement, with all that is inside it, may change."""
    bound: set[str] = set()
    deleted: set[str] = set()
    touches_memory = False
    waiting: list[ast.AST] = [node]
    while waiting:
        part = waiting.pop()
        match part:
            case ast.Name(ctx=ast.Store()):
                bound.add(part.id)
            case ast.Name(ctx=ast.Del()):
                deleted.add(part.id)
            case ast.ExceptHandler(deletes=name):
                deleted.add(name)
            case ast.Call() | ast.Yield() | ast.With():
                touches_memory = True
            case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
                touches_memory = True
            case ast.MatchAs(name=str() as name):
                bound.add(name)
            case ast.FunctionDef():
                bound.add(part.name)
            case ast.Global() | ast.Nonlocal():
                bound.update(part.names)
        waiting += ast.iter_child_nodes(part)
    return Changes(frozenset(bound), frozenset(deleted), touches_memory)


def merged(changes: list[Changes]) -> Changes:
    """Return what several stretches may change together."""
    if not changes:
        return NOTHING
    return Changes(
        frozenset().union(*(each.bound for each in changes)),
        frozenset().union(*(each.deleted for each in changes)),
        any(each.touches_memory for each in changes),
    )


def count_bindings(function: ast.FunctionDef) -> Counter[str]:
    """Return at how many places a function binds or deletes each name."""
    counts: Counter[str] = Counter()
    for part in ast.walk(function):
        match part:
            case ast.Name(ctx=ast.Store() | ast.Del()):
                counts[part.id] += 1
            case ast.MatchAs(name=str() as name):
                counts[name] += 1
            case ast.FunctionDef(name=name) if part is not function:
                counts[name] += 1
            case ast.Nonlocal():
                counts.update(part.names)
    return counts
