"""Patterns of programs that look into lists and dicts, or bind names in alternatives.

Such a `match` is the chain of tests that it stands for, over new syntax:

    case [a, *rest] if a > 0:       if length is at least 1, and (a bound to it[0]), and
                                       (rest bound to it[1:]), and a > 0: body
    case {"k": v, **others}:        elif "k" in it, and (v bound to it["k"]), and (others bound to ...)
    case Circle(r) | Square(r):     elif it is a Circle, and (r bound to it.radius), or ...
    case _:                         else: body

Names are bound as their place in the pattern is reached. What a test is depends on the type of its
subject, which is known when those before it are checked: until then it is `Delayed`.

Source: Python Language Reference, section 8.6.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import bindings, classes, containers, names, value_unions, values
from compiler.check.checker import expression_of
from compiler.check.conversions import described, is_subclass
from compiler.layout import fields_of
from compiler.tree import Expression, Literal
from compiler.types import BOOL, ClassKind, NamedType, OptionalType, TupleType, Type

if TYPE_CHECKING:
    from compiler.check.checker import Checker


class Delayed(ast.expr):
    """Syntax that is made when it is checked."""

    _fields = ()
    make: Callable[[Checker], ast.expr]


class Capture(ast.expr):
    """Binds a name, and is true."""

    _fields = ("value",)
    name: str
    value: ast.expr


@expression_of(Delayed)
def delayed(check: Checker, node: Delayed, hint: Type | None) -> Expression:
    return check.operand(made(check, node), hint)


def made(check: Checker, node: Delayed) -> ast.expr:
    return _placed(node, node.make(check))


@expression_of(Capture)
def capture(check: Checker, node: Capture, hint: Type | None) -> Expression:
    value = values.settled(check, check.operand(node.value))
    target = ast.copy_location(ast.Name(node.name, ast.Store()), node)
    around, check.out = check.out, []
    bindings.bind(check, target, value, node)
    statements, check.out = check.out, around
    span = check.span(node)
    return tree.Steps(span, BOOL, statements, Literal(span, BOOL, True))


def _placed(at: ast.AST, node: ast.expr) -> ast.expr:
    """Give new syntax a place in the source."""
    for each in ast.walk(node):
        if isinstance(each, ast.expr | ast.stmt) and not hasattr(each, "lineno"):
            ast.copy_location(each, at)
    return node


# Which matches are written so ----------------------------------------------------------------


def are_needed(check: Checker, node: ast.Match, type: Type) -> bool:
    """True for a `match` that looks into more than tuples and objects."""
    if not containers.in_program(check):
        return False
    inner = type.inner if isinstance(type, OptionalType) else type
    if value_unions.names_of(inner):
        return True
    return any(_looks_inside(case.pattern, isinstance(inner, TupleType)) for case in node.cases)


def _looks_inside(pattern: ast.pattern, is_tuple: bool) -> bool:
    match pattern:
        case ast.MatchMapping() | ast.MatchStar():
            return True
        case ast.MatchSequence(patterns=items):
            return not is_tuple or any(_looks_inside(each, False) for each in items)
        case ast.MatchOr(patterns=alternatives):
            binds = any(
                isinstance(each, ast.MatchAs) and each.name is not None
                for alternative in alternatives
                for each in ast.walk(alternative)
            )
            return binds or any(_looks_inside(each, is_tuple) for each in alternatives)
        case ast.MatchAs(pattern=ast.pattern() as inner):
            return _looks_inside(inner, is_tuple)
        case ast.MatchClass(patterns=some, kwd_patterns=others):
            return any(_looks_inside(each, False) for each in (*some, *others))
    return False


def check_match(check: Checker, node: ast.Match, subject: Expression) -> None:
    """Check a `match` as a chain of tests."""
    name = _named_subject(node, subject) or _kept_subject(check, node, subject)
    tests = _Tests(name if name.startswith(".") else f".{name}")
    chain: list[ast.stmt] = []
    for case in reversed(node.cases):
        parts = tests.of(case.pattern, name)
        if case.guard is not None:
            parts.append(case.guard)
        if not parts:
            chain = case.body
        else:
            chain = [
                ast.copy_location(ast.If(_all(case.pattern, parts), case.body, chain), case.pattern)
            ]
    for statement in chain:
        check.statement(statement)


def _named_subject(node: ast.Match, subject: Expression) -> str | None:
    """Return the name of a subject of a union of values, of which a case proves the type, unless the
    match itself binds that name."""
    if not isinstance(node.subject, ast.Name) or not isinstance(subject, tree.LocalRef):
        return None
    type = subject.type.inner if isinstance(subject.type, OptionalType) else subject.type
    bound = {getattr(each, "name", None) for case in node.cases for each in ast.walk(case.pattern)}
    is_free = node.subject.id not in bound and bool(value_unions.names_of(type))
    return node.subject.id if is_free else None


def _kept_subject(check: Checker, node: ast.Match, subject: Expression) -> str:
    """Keep a subject in a hidden local, and return its name."""
    local = check.hidden_local("subject", subject.type, node.subject)
    check.names[local.name] = local
    check.emit(tree.SetLocal(subject.span, local, subject))
    if isinstance(subject.type, OptionalType):
        bindings.note_bound(check, local, subject)
    return local.name


def _all(at: ast.AST, parts: list[ast.expr]) -> ast.expr:
    whole = parts[0] if len(parts) == 1 else ast.BoolOp(ast.And(), parts)
    return _placed(at, whole)


class _Tests:
    """Makes the tests of patterns; what is inside of a subject gets a hidden name of its own."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.count = 0

    def of(self, node: ast.pattern, subject: str) -> list[ast.expr]:
        """Return the tests of one pattern, in order; none if it matches everything."""
        it = ast.Name(subject, ast.Load())
        match node:
            case ast.MatchAs(pattern=inner, name=name):
                tests = self.of(inner, subject) if inner is not None else []
                return tests if name is None else [*tests, _capture(node, name, it)]
            case ast.MatchValue(value=value):
                return [_placed(node, ast.Compare(it, [ast.Eq()], [value]))]
            case ast.MatchSingleton(value=None):
                return [_placed(node, ast.Compare(it, [ast.Is()], [ast.Constant(None)]))]
            case ast.MatchSingleton(value=value):
                return [_placed(node, ast.Compare(it, [ast.Eq()], [ast.Constant(value)]))]
            case ast.MatchOr(patterns=alternatives):
                return [self.alternatives(node, alternatives, subject)]
            case ast.MatchSequence(patterns=items):
                return self.sequence(node, items, subject)
            case ast.MatchMapping():
                return self.mapping(node, subject)
            case ast.MatchClass():
                return self.object(node, subject)
        raise AssertionError(node)

    def inside(self, node: ast.pattern, item: ast.expr) -> list[ast.expr]:
        """Return the tests of a pattern for what is inside of a subject."""
        match node:
            case ast.MatchAs(pattern=None, name=None):
                return []
            case ast.MatchAs(pattern=None, name=name):
                return [_capture(node, name, item)]
        self.count += 1
        name = f"{self.prefix}.{self.count}"
        return [_capture(node, name, item), *self.of(node, name)]

    def alternatives(
        self, node: ast.pattern, alternatives: list[ast.pattern], subject: str
    ) -> ast.expr:
        either = []
        for each in alternatives:
            tests = self.of(each, subject)
            either.append(_all(each, tests) if tests else ast.Constant(True))
        return _placed(node, ast.BoolOp(ast.Or(), either))

    def sequence(self, node: ast.pattern, items: list[ast.pattern], subject: str) -> list[ast.expr]:
        stars = [n for n, each in enumerate(items) if isinstance(each, ast.MatchStar)]
        star = stars[0] if stars else None
        least = len(items) - len(stars)
        tests = [_delayed(node, lambda check: _length(check, node, subject, least, star))]
        for number, item in enumerate(items):
            if isinstance(item, ast.MatchStar):
                if item.name is not None:
                    end = number + 1 - len(items)
                    rest = _delayed(
                        item, lambda check, n=number, e=end: _rest(check, node, subject, n, e)
                    )
                    tests.append(_capture(item, item.name, rest))
                continue
            index = number if star is None or number < star else number - len(items)
            place = ast.Subscript(ast.Name(subject, ast.Load()), ast.Constant(index), ast.Load())
            tests += self.inside(item, _placed(item, place))
        return tests

    def mapping(self, node: ast.MatchMapping, subject: str) -> list[ast.expr]:
        tests = [_delayed(node, lambda check: _is_dict(check, node, subject))]
        for key, pattern in zip(node.keys, node.patterns, strict=True):
            it = ast.Name(subject, ast.Load())
            tests.append(_placed(key, ast.Compare(key, [ast.In()], [it])))
            tests += self.inside(pattern, _placed(key, ast.Subscript(it, key, ast.Load())))
        if node.rest is not None:
            keys = ast.Tuple(list(node.keys), ast.Load())
            copied = ast.parse("{key: value for key, value in it.items()}", mode="eval").body
            for each in ast.walk(copied):
                ast.copy_location(each, node)
                if isinstance(each, ast.Name) and each.id == "it":
                    each.id = subject
            if node.keys:
                key = ast.Name("key", ast.Load())
                outside = _placed(node, ast.Compare(key, [ast.NotIn()], [keys]))
                copied.generators[0].ifs.append(outside)
            tests.append(_capture(node, node.rest, copied))
        return tests

    def object(self, node: ast.MatchClass, subject: str) -> list[ast.expr]:
        tests = [_delayed(node, lambda check: _is_one(check, node, subject))]
        for number, pattern in enumerate(node.patterns):
            item = _delayed(pattern, lambda check, n=number: _field(check, node, subject, n))
            tests += self.inside(pattern, item)
        for name, pattern in zip(node.kwd_attrs, node.kwd_patterns, strict=True):
            item = ast.Attribute(ast.Name(subject, ast.Load()), name, ast.Load())
            tests += self.inside(pattern, _placed(pattern, item))
        return tests


def _capture(at: ast.AST, name: str, value: ast.expr) -> Capture:
    node = ast.copy_location(Capture(), at)
    node.name, node.value = name, _placed(at, value)
    return node


def _delayed(at: ast.AST, make: Callable[[Checker], ast.expr]) -> Delayed:
    node = ast.copy_location(Delayed(), at)
    node.make = make
    return node


# Tests that depend on a type -----------------------------------------------------------------


def _type_of(check: Checker, node: ast.AST, subject: str) -> Type:
    name = ast.copy_location(ast.Name(subject, ast.Load()), node)
    return check.operand(name).type


def _present(type: Type, subject: str, test: ast.expr) -> ast.expr:
    """Return a test of what may be None."""
    if not isinstance(type, OptionalType):
        return test
    it = ast.Name(subject, ast.Load())
    return ast.BoolOp(ast.And(), [ast.Compare(it, [ast.IsNot()], [ast.Constant(None)]), test])


def _length(
    check: Checker, node: ast.pattern, subject: str, least: int, star: int | None
) -> ast.expr:
    """Return the test that a sequence has as many items as its pattern."""
    type = _type_of(check, node, subject)
    inner = type.inner if isinstance(type, OptionalType) else type
    if isinstance(inner, TupleType):
        fits = len(inner.items) == least if star is None else len(inner.items) >= least
        if not fits:
            raise check.error(
                node, f"{described(inner)} has {len(inner.items)} items, and this never matches"
            )
        return _present(type, subject, ast.Constant(True))
    if not containers.is_container(inner, "list"):
        raise check.error(
            node, f"a sequence pattern matches a tuple or a list, and this is {described(type)}"
        )
    length = ast.Call(ast.Name("len", ast.Load()), [ast.Name(subject, ast.Load())], [])
    operator = ast.Eq() if star is None else ast.GtE()
    return _present(type, subject, ast.Compare(length, [operator], [ast.Constant(least)]))


def _rest(check: Checker, node: ast.pattern, subject: str, start: int, end: int) -> ast.expr:
    """Return what a star takes: a list, without the last `-end` items."""
    upper = ast.Constant(end) if end else None
    bounds = ast.Slice(ast.Constant(start) if start else None, upper, None)
    part = ast.Subscript(ast.Name(subject, ast.Load()), bounds, ast.Load())
    if isinstance(_type_of(check, node, subject), TupleType):
        return ast.Call(ast.Name("list", ast.Load()), [part], [])
    return part


def _is_dict(check: Checker, node: ast.pattern, subject: str) -> ast.expr:
    type = _type_of(check, node, subject)
    inner = type.inner if isinstance(type, OptionalType) else type
    if not containers.is_container(inner, "dict"):
        raise check.error(node, f"a mapping pattern matches a dict, and this is {described(type)}")
    return _present(type, subject, ast.Constant(True))


def _is_one(check: Checker, node: ast.MatchClass, subject: str) -> ast.expr:
    """Return the test that a subject is of a class."""
    type = _type_of(check, node, subject)
    inner = type.inner if isinstance(type, OptionalType) else type
    test = ast.Call(
        ast.Name("isinstance", ast.Load()), [ast.Name(subject, ast.Load()), node.cls], []
    )
    if value_unions.names_of(inner) or not isinstance(inner, NamedType):
        return test
    found = names.meaning(check, node.cls)
    is_known = inner == found or (
        isinstance(inner, NamedType) and is_subclass(inner, classes.class_named(check, node.cls))
    )
    if is_known:
        return _present(type, subject, ast.Constant(True))
    return test


def _field(check: Checker, node: ast.MatchClass, subject: str, number: int) -> ast.expr:
    """Return what a pattern by position is matched with."""
    type = _type_of(check, node, subject)
    it = ast.Name(subject, ast.Load())
    if not isinstance(type, NamedType) or containers.is_any(type):
        return it
    if type.kind is ClassKind.CLASS and not type.declaration.is_dataclass:
        raise check.error(node, "the fields of a class have no order", "name them: field=pattern")
    known = list(fields_of(type))
    if number >= len(known):
        raise check.error(node, f"'{type}' has {len(known)} fields")
    return ast.Attribute(it, known[number], ast.Load())
