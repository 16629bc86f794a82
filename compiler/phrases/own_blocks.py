"""Names that a loop, or another block, binds for itself, though others bind them to something else.

    for size in (1, 2): ...                 for size in (1, 2): ...
    for size in ("S", "M"): ...       ->    for size__2 in ("S", "M"): ...

A name stands for values of one type. A statement of a function's outermost block that never sees what the
name stood for before it, and whose own value nothing behind it sees, may have a name of its own.

Where the file has a `__del__` all is left as it is: a value ends where its name gets the next one.

Before: the tree of a program's file, as Python parses it. After: the same with some names told apart.
"""

from __future__ import annotations

import ast
from enum import IntEnum

from compiler.phrases.own_names import Scope, is_captured, kept

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_BLOCKS = (ast.For, ast.While, ast.With, ast.If, ast.Try)


class Binds(IntEnum):
    """What a statement does to a name."""

    NOT = 0  # it may use the value from before
    MAYBE = 1  # it uses only values of its own, and may leave the one from before
    SURELY = 2  # and leaves one of its own


def with_names(tree: ast.Module) -> ast.Module:
    """Return the module with such names told apart."""
    functions = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]
    if not any(each.name == "__del__" for each in functions):
        for scope in (tree, *functions):
            _tell_apart(scope)
    return tree


def _tell_apart(node: ast.FunctionDef | ast.Module) -> None:
    scope = Scope(node)
    blocks = [each for each in node.body if isinstance(each, _BLOCKS)]
    stored = {name for each in blocks for name in _stored_in(each)}
    for name in sorted(stored - kept(node)):
        users = [each for each in node.body if _mentions(each, name)]
        if len(users) < 2 or is_captured(node, name, []):
            continue
        for each in _independent(users, name):
            if each is not users[0]:
                scope.rename(each, name)


def _independent(users: list[ast.stmt], name: str) -> list[ast.stmt]:
    """Return the blocks that share no value of a name with the others that use it."""
    found: list[ast.stmt] = []
    hands_on = True  # what follows sees no value from before
    for each in reversed(users):
        binds = _binding(each, name)
        if binds is not Binds.NOT and hands_on and isinstance(each, _BLOCKS):
            found.append(each)
        hands_on = binds is Binds.SURELY or (binds is Binds.MAYBE and hands_on)
    return found


def _binding(node: ast.stmt, name: str) -> Binds:
    """Return what a statement that mentions a name does to it."""
    match node:
        case ast.Assign(targets=[target], value=value) if not _mentions(value, name):
            return Binds.SURELY if _is_target(target, name) else Binds.NOT
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            is_new = _is_target(target, name) and not _mentions(value, name)
            return Binds.SURELY if is_new else Binds.NOT
        case ast.For(target=target, iter=items, orelse=other):
            if _mentions(items, name) or _mention(other, name):
                return Binds.NOT
            is_new = _is_target(target, name) or _in_block(node.body, name) is not Binds.NOT
            return Binds.MAYBE if is_new else Binds.NOT
        case ast.While(test=test, body=body, orelse=other):
            if _mentions(test, name) or _mention(other, name):
                return Binds.NOT
            return min(Binds.MAYBE, _in_block(body, name))
        case ast.With(items=items, body=body):
            if any(_mentions(each.context_expr, name) for each in items):
                return Binds.NOT
            if any(each.optional_vars and _is_target(each.optional_vars, name) for each in items):
                return Binds.SURELY
            return min(Binds.MAYBE, _in_block(body, name))
        case ast.If(test=test, body=body, orelse=other) if not _mentions(test, name):
            branches = [_in_block(each, name) for each in (body, other) if _mention(each, name)]
            return min(Binds.MAYBE if len(branches) < 2 else Binds.SURELY, *branches)
        case ast.Try(body=body, handlers=handlers, orelse=other, finalbody=final):
            if _mention([*handlers, *other, *final], name):
                return Binds.NOT
            return min(Binds.MAYBE, _in_block(body, name))
    return Binds.NOT


def _in_block(body: list[ast.stmt], name: str) -> Binds:
    """Return what a block that mentions a name does to it: what its first statement that does so does."""
    users = [each for each in body if _mentions(each, name)]
    if not users:
        return Binds.NOT
    first = _binding(users[0], name)
    if first is Binds.MAYBE and len(users) > 1:
        others = [_binding(each, name) for each in users[1:]]
        return Binds.MAYBE if Binds.NOT not in others else Binds.NOT
    return first


def _is_target(node: ast.expr, name: str) -> bool:
    """True if a target binds a name, and uses it for nothing else."""
    match node:
        case ast.Name(id=other):
            return other == name
        case ast.Tuple(elts=items) | ast.List(elts=items):
            users = [each for each in items if _mentions(each, name)]
            return bool(users) and all(_is_target(each, name) for each in users)
        case ast.Starred(value=value):
            return _is_target(value, name)
    return False


def _stored_in(node: ast.stmt) -> set[str]:
    return {
        each.id
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }


def _mention(nodes: list[ast.AST], name: str) -> bool:
    return any(_mentions(each, name) for each in nodes)


def _mentions(node: ast.AST, name: str) -> bool:
    """True if a part of a scope has a name; comprehensions and functions may have one of their own."""
    match node:
        case ast.Name(id=other):
            return other == name
        case ast.Lambda(args=given) if any(each.arg == name for each in given.args):
            return _mention(given.defaults, name)
        case ast.MatchAs(name=other) | ast.MatchStar(name=other) | ast.ExceptHandler(name=other):
            if other == name:
                return True
        case ast.MatchMapping(rest=other):
            if other == name:
                return True
    if isinstance(node, _COMPREHENSIONS):
        own = {part for each in node.generators for part in _stored_in(each.target)}
        if name in own:
            return _mentions(node.generators[0].iter, name)
    return _mention(list(ast.iter_child_nodes(node)), name)
