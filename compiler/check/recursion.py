"""Recursion: which functions of a program may call themselves, and so must look at the stack.

Found by names alone: a call of `f`, or of any object's method `f`, may be one of each function of the
module that is called `f`. A function that reaches its own name begins with a test of the depth, which
raises RecursionError; all others pay nothing. What goes in circles through another module is not found,
nor is a function inside another: there the end of the stack ends the program.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from compiler import tree
from compiler.check import exception_objects
from compiler.types import Effect

if TYPE_CHECKING:
    from compiler.check.checker import Checker

_found: WeakKeyDictionary[ast.Module, frozenset[str]] = WeakKeyDictionary()


def check_of_depth(check: Checker) -> tree.Block:
    """Return what a function begins with: a look at the stack if it may be called while it runs."""
    node, promises = check.function.node, check.function.effects
    if not exception_objects.has_messages(check) or promises & {Effect.NO_RAISE, Effect.NO_ALLOC}:
        return []
    if node.name == "__del__" or check.function.is_generator:
        return []
    whole = check.module.tree
    if whole not in _found:
        _found[whole] = recursive_names(whole)
    if node.name not in _found[whole]:
        return []
    return [tree.Evaluate(check.span(node), exception_objects.called(check, node, "look_at_stack"))]


def recursive_names(module: ast.Module) -> frozenset[str]:
    """Return the names of the functions of a module that may reach themselves."""
    calls: dict[str, set[str]] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            called = {name for each in ast.walk(node) if (name := _name_called(each))}
            calls.setdefault(node.name, set()).update(called)
    return frozenset(name for name in calls if name in _reached(calls, name))


def _name_called(node: ast.AST) -> str | None:
    match node:
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name
    return None


def _reached(calls: dict[str, set[str]], start: str) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for name in calls.get(waiting.pop(), ()):
            if name in calls and name not in reached:
                reached.add(name)
                waiting.append(name)
    return reached
