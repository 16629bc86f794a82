"""Patterns: `match` on integers, enums, strings, tuples, classes (Language Reference, section 8.6).

The subject is evaluated once into a local. Each pattern is checked against the type of what it is
matched with, so that a case that could never match is an error. What a class pattern proves of the
subject holds in its case, as after `isinstance`. A match is *exhaustive* when its cases cover every
value: by a wildcard, all members of an enum, both bools, or None and the rest.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import aliasing, bindings, classes, narrowing, pattern_tests
from compiler.check.checker import statement_of
from compiler.check.conversions import LITERAL, described, is_subclass, try_convert
from compiler.check.flow import Flow, join_all, path_of
from compiler.layout import Field, fields_of
from compiler.source import CompileError
from compiler.tree import Expression, Local, LocalRef, Pattern
from compiler.types import (
    BOOL,
    BYTES,
    NONE,
    STR,
    ClassKind,
    IntType,
    NamedType,
    OptionalType,
    TupleType,
    Type,
    is_enum,
    is_place,
    is_reference,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@statement_of(ast.Match)
def match_statement(check: Checker, node: ast.Match) -> None:
    """`match subject: case pattern if guard: body`."""
    value = check.expression(node.subject)
    if value.type is NONE:
        raise check.error(node.subject, "there is nothing to match")
    if pattern_tests.are_needed(check, node, value.type):
        pattern_tests.check_match(check, node, value)
        return
    path = path_of(value)
    owns = not is_place(value.type) or tree.is_fresh(value)
    local = check.hidden_local("subject", value.type, node.subject, owns=owns)
    value = aliasing.bound_value(check, node.subject, local, value)

    cover = Cover(check, value.type)
    ends: list[Flow] = []
    cases: list[tree.Case] = []
    for case in node.cases:
        check.flow, following = check.flow, check.flow.copy()
        try:
            cases.append(_case(check, case, local, path, cover))
        except CompileError as error:
            check.report(error)
            check.poison(case)
            check.block(case.body)
        ends.append(check.flow)
        check.flow = following
        cover.narrow_rest(check, local, path)
    if not cover.is_complete:
        ends.append(check.flow)
    check.flow = join_all(ends)
    check.emit(tree.Match(check.span(node), local, value, cases, cover.is_complete))


def _case(
    check: Checker, case: ast.match_case, local: Local, path: object, cover: Cover
) -> tree.Case:
    subject = narrowing.narrowed(check, LocalRef(check.span(case.pattern), local.type, local))
    captured: list[Local] = []
    pattern = _pattern(check, case.pattern, subject.type, captured, Place(local, path))
    guard = None
    if case.guard is not None:
        guard, check.flow, _ = narrowing.condition(check, case.guard)
    else:
        cover.add(pattern)
    body = check.block(case.body)
    return tree.Case(pattern.span, pattern, guard, body)


class Place:
    """What a pattern is matched with, if it is the subject itself: facts about it are noted."""

    def __init__(self, local: Local | None, path: object) -> None:
        self.local = local
        self.path = path

    def narrow(self, check: Checker, type: Type) -> None:
        if self.local is not None:
            check.flow.narrow(self.local, type)
        if self.path is not None:
            check.flow.narrow(self.path, type)


_INSIDE = Place(None, None)


# Kinds of pattern ----------------------------------------------------------------------------


def _pattern(
    check: Checker, node: ast.pattern, type: Type, captured: list[Local], place: Place
) -> Pattern:
    """Check a pattern against the type of what it is matched with."""
    match node:
        case ast.MatchValue(value=value):
            return _value(check, node, value, type, place)
        case ast.MatchSingleton(value=value):
            return _singleton(check, node, value, type)
        case ast.MatchAs(pattern=None, name=None):
            return tree.AnyPattern(check.span(node), None)
        case ast.MatchAs(pattern=None, name=name):
            return tree.AnyPattern(check.span(node), _capture(check, node, name, type, captured))
        case ast.MatchAs(pattern=inner, name=name):
            pattern = _pattern(check, inner, type, captured, place)
            narrowed = _proved(pattern, type)
            local = _capture(check, node, name, narrowed, captured)
            return tree.AsPattern(check.span(node), pattern, local)
        case ast.MatchOr(patterns=alternatives):
            return _or(check, node, alternatives, type, place)
        case ast.MatchSequence(patterns=items):
            return _sequence(check, node, items, type, captured)
        case ast.MatchClass():
            return _class(check, node, type, captured, place)
    raise check.error(
        node, "a mapping pattern matches a dict, which is not part of the kernel's language"
    )


def _proved(pattern: Pattern, type: Type) -> Type:
    """Return the type of what a pattern has matched."""
    match pattern:
        case tree.ClassPattern(of=of):
            return of
        case tree.ValuePattern() if isinstance(type, OptionalType):
            return type.inner
        case tree.AsPattern(pattern=inner):
            return _proved(inner, type)
    return type


def _capture(
    check: Checker, node: ast.MatchAs, name: str, type: Type, captured: list[Local]
) -> Local:
    """Bind a name to what is matched."""
    target = ast.copy_location(ast.Name(name, ast.Store()), node)
    known = bindings.bindable(check, target)
    if known is None:
        known = check.new_local(name, type, node, owns=not is_place(type))
    elif known.type != type or known.owns and is_place(type):
        raise check.error(
            node,
            f"'{name}' is {described(known.type)} already, and this is {described(type)}",
            "choose another name",
        )
    captured.append(known)
    check.flow.forget(known)
    check.flow.bound.add(known)
    return known


def _value(
    check: Checker, node: ast.MatchValue, value: ast.expr, type: Type, place: Place
) -> Pattern:
    """A literal, constant or enum member: equal to the subject."""
    constant = check.operand(value, type)
    if isinstance(type, OptionalType):
        type = type.inner
        place.narrow(check, type)
    if constant.type is LITERAL or isinstance(constant, tree.Literal | tree.StringLiteral):
        constant = _as_type(check, value, constant, type)
        return tree.ValuePattern(check.span(node), constant)
    raise check.error(value, "a pattern is a constant, a class or a group of patterns")


def _as_type(check: Checker, node: ast.expr, constant: Expression, type: Type) -> Expression:
    """Return the constant of a pattern in the type of the subject."""
    converted = try_convert(check, constant, type)
    if converted is not None and isinstance(converted, tree.Literal | tree.StringLiteral):
        return converted
    comparable = constant.type in (STR, BYTES) and constant.type is type
    if comparable or isinstance(type, IntType) and isinstance(constant.type, IntType):
        return constant
    if isinstance(type, IntType) and is_enum(constant.type):
        number = constant.value
        raise check.error(
            node, f"{number} of '{constant.type}' is no {described(type)}, so this never matches"
        )
    raise check.error(
        node,
        f"this is {described(constant.type)}, and what is matched is {described(type)}",
        f"match {type}(...) against {described(constant.type)}" if is_enum(constant.type) else "",
    )


def _singleton(check: Checker, node: ast.MatchSingleton, value: object, type: Type) -> Pattern:
    """`None`, `True`, `False`."""
    span = check.span(node)
    if value is None:
        if not isinstance(type, OptionalType):
            raise check.error(node, f"what is matched is {described(type)}, which is never None")
        return tree.ValuePattern(span, tree.Literal(span, NONE, None))
    if type is not BOOL:
        raise check.error(node, f"what is matched is {described(type)}, not a bool")
    return tree.ValuePattern(span, tree.Literal(span, BOOL, value))


def _or(
    check: Checker, node: ast.MatchOr, alternatives: list[ast.pattern], type: Type, place: Place
) -> Pattern:
    """`a | b`: alternatives which bind nothing."""
    patterns, proved = [], []
    start = check.flow
    for alternative in alternatives:
        captured: list[Local] = []
        check.flow = start.copy()
        pattern = _pattern(check, alternative, type, captured, _INSIDE)
        if captured:
            raise check.error(
                alternative, "alternatives bind no names here", "write a case for each"
            )
        patterns.append(pattern)
        proved.append(_proved(pattern, type))
    check.flow = start
    agree = all(each == proved[0] for each in proved) and proved[0] != type
    if agree and not any(_is_none(pattern) for pattern in patterns):
        place.narrow(check, proved[0])
    return tree.OrPattern(check.span(node), patterns)


def _is_none(pattern: Pattern) -> bool:
    return (
        isinstance(pattern, tree.ValuePattern)
        and isinstance(pattern.value, tree.Literal)
        and pattern.value.type is NONE
    )


def _sequence(
    check: Checker,
    node: ast.MatchSequence,
    items: list[ast.pattern],
    type: Type,
    captured: list[Local],
) -> Pattern:
    """`(a, b)` against a tuple."""
    if not isinstance(type, TupleType):
        raise check.error(
            node, f"a sequence pattern matches a tuple, and this is {described(type)}"
        )
    if any(isinstance(item, ast.MatchStar) for item in items):
        raise check.error(node, "a tuple has a fixed number of items", "name each one, or '_'")
    if len(items) != len(type.items):
        raise check.error(
            node, f"{described(type)} has {len(type.items)} items, and this never matches"
        )
    patterns = [
        _pattern(check, item, item_type, captured, _INSIDE)
        for item, item_type in zip(items, type.items, strict=True)
    ]
    return tree.TuplePattern(check.span(node), patterns)


def _class(
    check: Checker, node: ast.MatchClass, type: Type, captured: list[Local], place: Place
) -> Pattern:
    """`Class(field=pattern)`: isinstance, then the fields."""
    of = classes.class_named(check, node.cls)
    inner = type.inner if isinstance(type, OptionalType) else type
    if not isinstance(inner, NamedType) or is_enum(inner):
        raise check.error(node.cls, f"what is matched is {described(type)}, no object of a class")
    if of.declaration is inner.declaration:
        of = inner
    if is_subclass(inner, of):
        known, of = not isinstance(type, OptionalType), inner
    elif is_reference(inner) and is_subclass(of, inner):
        known = False
    else:
        raise check.error(node.cls, f"a {described(inner)} is never a {described(of)}")
    place.narrow(check, of)
    fields = _fields(check, node, of, captured)
    return tree.ClassPattern(check.span(node), of, fields, known)


def _fields(
    check: Checker, node: ast.MatchClass, of: NamedType, captured: list[Local]
) -> list[tuple[Field, Pattern]]:
    known = fields_of(of)
    if len(node.patterns) > len(known):
        count = "1 field" if len(known) == 1 else f"{len(known)} fields"
        raise check.error(node.patterns[len(known)], f"'{of}' has {count}")
    if node.patterns and of.kind is ClassKind.CLASS and not of.declaration.is_dataclass:
        raise check.error(
            node.patterns[0], "the fields of a class have no order", "name them: field=pattern"
        )
    pairs = list(zip(known, node.patterns, strict=False))
    pairs += list(zip(node.kwd_attrs, node.kwd_patterns, strict=True))
    fields = []
    for name, pattern in pairs:
        field = known.get(name)
        if field is None:
            raise check.error(pattern, f"'{of}' has no field '{name}'")
        type = field.type.base if field.bits else field.type
        fields.append((field, _pattern(check, pattern, type, captured, _INSIDE)))
    return fields


# Exhaustiveness ------------------------------------------------------------------------------


class Cover:
    """Which values of the subject the cases so far match for certain."""

    def __init__(self, check: Checker, type: Type) -> None:
        self.check = check
        self.type = type.inner if isinstance(type, OptionalType) else type
        self.has_none = isinstance(type, OptionalType)
        self.none = not self.has_none  # None is covered, or not a value
        self.everything = False  # all other values are
        self.values: set[object] = set()
        self.classes: set[str] = set()

    @property
    def is_complete(self) -> bool:
        return self.none and (self.everything or self._all_values())

    def _all_values(self) -> bool:
        if self.type is BOOL:
            return self.values >= {True, False}
        members = narrowing.members_of_union(self.type)
        if members and self.classes >= members:
            return True
        if isinstance(self.type, NamedType) and self.type.kind is ClassKind.INT_ENUM:
            return self.values >= set(self.type.declaration.members.values())
        return False

    def add(self, pattern: Pattern) -> None:
        match pattern:
            case tree.AnyPattern():
                self.none = self.everything = True
            case tree.AsPattern(pattern=inner):
                self.add(inner)
            case tree.OrPattern(alternatives=alternatives):
                for each in alternatives:
                    self.add(each)
            case tree.ValuePattern(value=tree.Literal(type=type, value=value)):
                if type is NONE:
                    self.none = True
                else:
                    self.values.add(value)
            case tree.ClassPattern(of=of, fields=fields):
                covered = all(_always(each) for _, each in fields)
                if covered and is_subclass(self.type, of):
                    self.everything = True
                elif covered:
                    self.classes.add(of.declaration.name)
            case tree.TuplePattern(items=items):
                if all(_always(each) for each in items):
                    self.everything = True

    def narrow_rest(self, check: Checker, local: Local, path: object) -> None:
        """After a case for None the subject is not None."""
        if self.has_none and self.none and not self.everything:
            Place(local, path).narrow(check, self.type)


def _always(pattern: Pattern) -> bool:
    """True if a pattern matches everything of its type."""
    match pattern:
        case tree.AnyPattern():
            return True
        case tree.AsPattern(pattern=inner):
            return _always(inner)
        case tree.TuplePattern(items=items):
            return all(map(_always, items))
    return False
