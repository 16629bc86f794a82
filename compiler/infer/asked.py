"""What `isinstance` tells of names, by syntax alone: which types a name has, or has not, where it is read.

    if isinstance(other, int):      other: int in here
        return Vector(other)
    return other.length             and no int behind, as the branch above does not come here

    if isinstance(x, int):          a branch that makes something else of it leaves no int either
        x = str(x)

Types are found without an order of statements, so what a test rules out would be lost otherwise.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from compiler.infer.program import own_nodes
from compiler.infer.syntax import falls_through


@dataclass(frozen=True)
class Fact:
    """A place has one of some types, or none of them."""

    place: str
    types: tuple[str, ...]
    holds: bool

    def denied(self) -> Fact:
        return Fact(self.place, self.types, not self.holds)


def facts_in(node: ast.AST) -> dict[ast.expr, list[Fact]]:
    """Return what is known of the names and attributes that a function, or the module, reads."""
    finder = _Facts()
    finder.block([*getattr(node, "body", [])] if not isinstance(node, ast.Lambda) else [])
    for each in own_nodes(node):
        if isinstance(each, ast.IfExp | ast.BoolOp):
            finder.expression(each)
    return finder.found


def facts_of_name(node: ast.FunctionDef, name: str) -> list[Fact]:
    """Return what the tests of a function ask of a name."""
    calls = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
    return [fact for each in calls for fact in _told(each)[0] if fact.place == name]


class _Facts:
    def __init__(self) -> None:
        self.found: dict[ast.expr, list[Fact]] = {}

    def block(self, statements: list[ast.stmt]) -> None:
        for number, statement in enumerate(statements):
            rest = statements[number + 1 :]
            match statement:
                case ast.If(test=test, body=body, orelse=orelse):
                    true, false = _told(test)
                    self.note(true, body)
                    self.note(false, orelse)
                    if not falls_through(body):
                        self.note(false, rest)
                    else:
                        self.note([each for each in false if _is_made_anew(each, body)], rest)
                    if orelse and not falls_through(orelse):
                        self.note(true, rest)
                case ast.Assert(test=test):
                    self.note(_told(test)[0], rest)
            for name in ("body", "orelse", "finalbody"):
                inner = getattr(statement, name, None)
                if inner and isinstance(inner[0], ast.stmt) and not _is_scope(statement):
                    self.block(inner)
            for handler in getattr(statement, "handlers", ()):
                self.block(handler.body)

    def expression(self, node: ast.IfExp | ast.BoolOp) -> None:
        if isinstance(node, ast.IfExp):
            true, false = _told(node.test)
            self.note(true, [node.body])
            self.note(false, [node.orelse])
            return
        for number, value in enumerate(node.values):
            true, false = _told(value)
            self.note(true if isinstance(node.op, ast.And) else false, node.values[number + 1 :])

    def note(self, facts: list[Fact], nodes: list[ast.AST]) -> None:
        """Note what holds in some code, up to where the place gets another value."""
        for fact in facts:
            end = min((each.lineno for n in nodes for each in _stores(n, fact.place)), default=None)
            for each in (part for node in nodes for part in ast.walk(node)):
                is_before = end is None or getattr(each, "lineno", 0) <= end
                if is_before and _is_read(each, fact.place):
                    self.found.setdefault(each, []).append(fact)


def _is_read(node: ast.AST, place: str) -> bool:
    is_place = isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
    return is_place and ast.unparse(node) == place


def _is_scope(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef)


def _stores(node: ast.AST, place: str) -> list[ast.expr]:
    return [
        each
        for each in ast.walk(node)
        if isinstance(each, ast.Name | ast.Attribute)
        and isinstance(each.ctx, ast.Store)
        and ast.unparse(each) == place
    ]


def _told(test: ast.expr) -> tuple[list[Fact], list[Fact]]:
    """Return what a test tells where it is true, and where it is false."""
    match test:
        case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name() | ast.Attribute(), types]):
            fact = Fact(ast.unparse(test.args[0]), _names(types), True)
            return ([fact], [fact.denied()]) if fact.types else ([], [])
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            true, false = _told(inner)
            return false, true
        case ast.BoolOp(op=ast.And(), values=values):
            return [fact for each in values for fact in _told(each)[0]], []
        case ast.BoolOp(op=ast.Or(), values=values):
            return [], [fact for each in values for fact in _told(each)[1]]
    return [], []


def _names(node: ast.expr) -> tuple[str, ...]:
    match node:
        case ast.Tuple(elts=parts):
            return tuple(name for each in parts for name in _names(each))
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return (*_names(left), *_names(right))
        case ast.Name(id=name):
            return (name,)
    return ()


def _is_made_anew(fact: Fact, body: list[ast.stmt]) -> bool:
    """True if a branch gives the place another type than those it was found to have."""
    match body[-1]:
        case ast.Assign(targets=[target], value=ast.Call(func=ast.Name(id=maker))):
            return ast.unparse(target) == fact.place and maker not in fact.types
        case ast.Assign(targets=[target], value=ast.JoinedStr()):
            return ast.unparse(target) == fact.place and "str" not in fact.types
    return False
