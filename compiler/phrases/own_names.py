"""Names that a `case` or an `except` binds for itself, though the function has them for other values, too.

    case Num(value): ...                case Num(value): ...
    case Assign(name, value): ...   ->  case Assign(name, value__2): ...

    for e in events: ...                for e in events: ...
    except ValueError as e: ...     ->  except ValueError as e__2: ...

A name stands for values of one type. What several cases bind, and only they use, is a name of each; and an
`except` has a name of its own, since Python deletes it behind the handler. The handler notes the name that
it would delete (`deletes`), so that the checker allows no use of it behind.

Source: Python Language Reference, sections 8.4.1 and 8.6.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

_Region = ast.match_case | ast.ExceptHandler
_SCOPES = (ast.FunctionDef, ast.Lambda, ast.ClassDef)


def with_names(tree: ast.Module) -> ast.Module:
    """Return the module with such names told apart."""
    scopes = [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]
    for scope in (tree, *scopes):
        Scope(scope).tell_apart()
    return tree


class Scope:
    """A function, or the module."""

    def __init__(self, node: ast.FunctionDef | ast.Module) -> None:
        self.node = node
        self.taken = {part for each in ast.walk(node) for part in _names(each)}

    def tell_apart(self) -> None:
        regions = list(_regions(self.node.body))
        bound = {name for each in regions for name in _bound_by(each)}
        for name in sorted(bound - kept(self.node)):
            found = [each for each in regions if name in _bound_by(each)]
            if not is_captured(self.node, name, _outermost(found)):
                self.tell_one_apart(self.node, name, found)

    def tell_one_apart(self, around: ast.AST, name: str, regions: list[_Region]) -> None:
        """Give the regions that bind a name, in the function or in one of its handlers, names of their own."""
        outermost = _outermost(regions)
        inside = sum(_count(each, name) for each in outermost)
        is_used_outside = _count(around, name) > inside
        cases = [each for each in outermost if isinstance(each, ast.match_case)]
        handlers = [each for each in outermost if isinstance(each, ast.ExceptHandler)]
        if is_used_outside and cases:
            return
        for each in cases[1:]:
            self.rename(each, name)
        for each in handlers:
            if is_used_outside or cases:
                self.rename(each, name)
                each.deletes = name
            nested = [other for other in regions if each is not other and _contains(each, other)]
            self.tell_one_apart(each, each.name, nested)

    def rename(self, region: ast.AST, name: str) -> None:
        number = next(n for n in range(2, len(self.taken) + 3) if f"{name}__{n}" not in self.taken)
        new = f"{name}__{number}"
        self.taken.add(new)
        _Renamed(name, new).visit(region)


def _outermost(regions: list[_Region]) -> list[_Region]:
    """Return the regions that are in no other one."""
    return [
        each
        for each in regions
        if not any(each is not other and _contains(other, each) for other in regions)
    ]


def _regions(body: list[ast.stmt]) -> Iterator[_Region]:
    """Yield the cases and handlers of a function, without those of functions and classes inside."""
    for statement in body:
        if isinstance(statement, _SCOPES):
            continue
        yield from getattr(statement, "handlers", [])
        yield from getattr(statement, "cases", [])
        for name in ("body", "orelse", "finalbody"):
            yield from _regions(getattr(statement, name, []))
        for part in (*getattr(statement, "handlers", []), *getattr(statement, "cases", [])):
            yield from _regions(part.body)


def _names(node: ast.AST) -> list[str]:
    """Return the names that a node by itself has."""
    match node:
        case ast.Name(id=name) | ast.arg(arg=name):
            return [name]
        case ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name):
            return [name]
        case ast.MatchMapping(rest=str() as name) | ast.ExceptHandler(name=str() as name):
            return [name]
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.alias(name=name, asname=other):
            return [other or name]
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            return list(names)
    return []


def _bound_by(region: _Region) -> set[str]:
    """Return the names that a case or handler binds whenever it runs."""
    if isinstance(region, ast.ExceptHandler):
        return {region.name} if region.name else set()
    return {name for each in ast.walk(region.pattern) for name in _names(each) if _captures(each)}


def _captures(node: ast.AST) -> bool:
    return isinstance(node, ast.MatchAs | ast.MatchStar | ast.MatchMapping)


def kept(scope: ast.FunctionDef | ast.Module) -> set[str]:
    """Return the names of a scope that are more than its locals."""
    found: set[str] = set()
    if isinstance(scope, ast.FunctionDef):
        found |= {each.arg for each in ast.walk(scope.args) if isinstance(each, ast.arg)}
    for each in _own(scope):
        if isinstance(each, ast.Global | ast.Nonlocal | ast.FunctionDef | ast.ClassDef | ast.alias):
            found |= set(_names(each))
    return found


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a scope, without what is in functions and classes inside."""
    for child in ast.iter_child_nodes(scope):
        yield child
        if not isinstance(child, _SCOPES):
            yield from _own(child)


def _count(node: ast.AST, name: str) -> int:
    """Return how often a name stands in a scope, or in a part of one."""
    here = name in _names(node) and not isinstance(node, _SCOPES)
    return here + sum(name in _names(each) for each in _own(node))


def _contains(region: ast.AST, other: ast.AST) -> bool:
    return any(each is other for each in ast.walk(region))


def is_captured(scope: ast.AST, name: str, regions: list[_Region]) -> bool:
    """True if a function or class inside, not in one of the regions, uses the scope's name."""
    inside = {part for each in regions for part in ast.walk(each)}
    return any(
        isinstance(each, _SCOPES) and each not in inside and _is_free_in(each, name)
        for each in _own(scope)
    )


def _is_free_in(scope: ast.FunctionDef | ast.Lambda | ast.ClassDef, name: str) -> bool:
    """True if a function or class uses a name of what is around it."""
    if not isinstance(scope, ast.ClassDef) and _binds(scope, name):
        return False
    for each in _own(scope):
        if isinstance(each, _SCOPES) and _is_free_in(each, name):
            return True
        if name in _names(each) and not isinstance(each, _SCOPES):
            return True
    return False


def _binds(function: ast.FunctionDef | ast.Lambda, name: str) -> bool:
    if any(each.arg == name for each in ast.walk(function.args) if isinstance(each, ast.arg)):
        return True
    own = list(_own(function))
    if any(isinstance(e, ast.Global | ast.Nonlocal) and name in e.names for e in own):
        return False
    return any(
        name in _names(each) and not (isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load))
        for each in own
    )


class _Renamed(ast.NodeTransformer):
    """Gives a name of a case or handler another one, but in functions that have one of that name."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.FunctionDef | ast.Lambda) and _binds(node, self.old):
            return node
        for field in ("id", "name", "rest"):
            if getattr(node, field, None) == self.old and not isinstance(node, ast.FunctionDef):
                setattr(node, field, self.new)
        if isinstance(node, ast.Nonlocal):
            node.names = [self.new if each == self.old else each for each in node.names]
        return super().visit(node)
