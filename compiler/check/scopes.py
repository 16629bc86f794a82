"""Scopes: which names a nested function binds, and which it takes from around itself.

Python Language Reference, section 4.2.2: a name that a function binds anywhere is its local
everywhere, unless it declares it `nonlocal` or `global`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

Scope = ast.FunctionDef | ast.Lambda


def free_names(scope: Scope) -> list[ast.Name]:
    """Return the names that a function or lambda uses and does not bind, functions inside it
    included: the first use of each, in the order of the source."""
    free: dict[str, ast.Name] = {}
    known = bound_names(scope) | _global_names(scope)
    for node in _own_nodes(scope):
        uses = [node] if isinstance(node, ast.Name) else []
        if isinstance(node, Scope):
            uses = free_names(node)
        elif isinstance(node, ast.Nonlocal):
            uses = [ast.copy_location(ast.Name(name, ast.Load()), node) for name in node.names]
        for name in uses:
            if name.id not in known:
                free.setdefault(name.id, name)
    return list(free.values())


def bound_names(scope: Scope) -> set[str]:
    """Return the names that are locals of a function or lambda."""
    arguments = scope.args
    bound = {each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    elsewhere: set[str] = set()
    for node in _own_nodes(scope):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                bound.add(name)
            case ast.FunctionDef(name=name) | ast.ExceptHandler(name=str() as name):
                bound.add(name)
            case ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name):
                bound.add(name)
            case ast.Nonlocal(names=names) | ast.Global(names=names):
                elsewhere.update(names)
    return bound - elsewhere


def _global_names(scope: Scope) -> set[str]:
    """Return the names that a function declares `global`."""
    return {
        name for node in _own_nodes(scope) if isinstance(node, ast.Global) for name in node.names
    }


def assigned_outside(scope: Scope) -> set[str]:
    """Return the names that a function, or one inside it, declares `nonlocal`."""
    return {
        name for node in ast.walk(scope) if isinstance(node, ast.Nonlocal) for name in node.names
    }


def _own_nodes(scope: Scope) -> Iterator[ast.AST]:
    """Yield the nodes of a body in order, nested functions without what is in them. Annotations
    and default values belong to the scope around it, or are no code."""
    waiting = scope.body[::-1] if isinstance(scope.body, list) else [scope.body]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Scope | ast.ClassDef | ast.AsyncFunctionDef):
            continue
        children = list(ast.iter_child_nodes(node))
        if isinstance(node, ast.AnnAssign):
            children = [node.target, *([node.value] if node.value else [])]
        waiting += children[::-1]
