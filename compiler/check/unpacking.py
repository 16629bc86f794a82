"""Unpacking: `a, b = value`. All values first, then the targets from left to right."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    aliasing,
    assignment,
    bindings,
    calls,
    containers,
    generics,
    special,
    stores,
    tuples,
)
from compiler.check.conversions import LITERAL, described, none_hint
from compiler.tree import Expression, Literal, LocalRef
from compiler.types import BOOL, BROKEN, INT, NONE, ArrayType, SliceType, TupleType, Type, is_place

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def unpack(check: Checker, node: ast.expr, targets: list[ast.expr], value_node: ast.expr) -> None:
    """`a, b = value`: all values first, then the targets left to right (section 7.2)."""
    starred = [target for target in targets if isinstance(target, ast.Starred)]
    if isinstance(value_node, ast.Tuple | ast.List) and not starred:
        if any(isinstance(each, ast.Starred) for each in value_node.elts):
            raise check.error(value_node, "a tuple lists its items", "write each one out")
        if len(value_node.elts) != len(targets):
            raise _wrong_count(check, node, len(targets), len(value_node.elts))
        _unpack_items(check, node, targets, value_node)
        return
    if containers.in_program(check) and containers.is_lazy(check, value_node):
        value = containers.as_list(check, value_node, None)
    else:
        value = check.operand(value_node)
    unpack_value(check, node, targets, value, value_node)


def _unpack_items(
    check: Checker, node: ast.expr, targets: list[ast.expr], value_node: ast.Tuple
) -> None:
    """`a, b = x, y`: each value has its own target, so each is converted for it."""
    values_made = []
    for target, item in zip(targets, value_node.elts, strict=True):
        hint = _type_of_target(check, target)
        value = check.operand(item) if hint is None else check.expression(item, hint)
        value = bindings.settled_value(check, item, value) if value.type is LITERAL else value
        if is_place(value.type):
            value = aliasing.stored(check, item, value, target)
        values_made.append(value)
    type = TupleType(tuple(value.type for value in values_made))
    whole = tree.TupleValue(check.span(value_node), type, values_made)
    unpack_value(check, node, targets, whole, value_node)


def _type_of_target(check: Checker, target: ast.expr) -> Type | None:
    """Return the type of a target that has one already."""
    match target:
        case ast.Name(id=name) if name in check.globals_declared:
            return check.globals_declared[name].type
        case ast.Name(id=name):
            local = check.names.get(name)
            return local.type if local is not None and local.type is not BROKEN else None
        case ast.Subscript() if not isinstance(target.slice, ast.Slice):
            setter = special.find(check, check.operand(target.value).type, "__setitem__")
            if setter is not None:
                value = setter.declaration.parameters[2].type
                return generics.substituted(value, calls.known_of(setter))
            return stores.place_of(check, target).type
        case ast.Attribute():
            return stores.place_of(check, target).type
    return None


def unpack_value(
    check: Checker,
    node: ast.expr,
    targets: list[ast.expr],
    value: Expression,
    value_node: ast.AST,
) -> None:
    """Store the items of a tuple. Items that a store would have to convert, and targets that are
    unpacked themselves, go through hidden locals."""
    has_star = any(isinstance(target, ast.Starred) for target in targets)
    value = tuples.of_record(check, value_node, value)
    if containers.in_program(check) and (has_star or not isinstance(value.type, TupleType)):
        _unpack_list(check, node, targets, value, value_node)
        return
    items = _items(check, node, targets, value, value_node)
    span = check.span(node)
    direct = all(
        isinstance(target, ast.Name) and target.id not in check.globals_declared
        for target in targets
    )
    places: list[Expression] = []
    if direct:
        for target, type in zip(targets, items, strict=True):
            item = tree.TupleItem(span, type, value, 0)
            local, converted = bindings.bound_local(check, target, item, value_node)
            if converted is not item:
                direct = False
                break
            places.append(LocalRef(check.span(target), local.type, local))
    if direct:
        check.emit(tree.Unpack(span, value, places))
        for place, type in zip(places, items, strict=True):
            bindings.note_bound(check, place.local, tree.TupleItem(span, type, value, 0))
        return

    local = check.hidden_local("items", value.type, node)
    check.emit(tree.SetLocal(span, local, value))
    for number, (target, type) in enumerate(zip(targets, items, strict=True)):
        whole = LocalRef(span, local.type, local)
        assignment.store_value(check, target, tree.TupleItem(span, type, whole, number), value_node)


def _unpack_list(
    check: Checker,
    node: ast.expr,
    targets: list[ast.expr],
    value: Expression,
    value_node: ast.AST,
) -> None:
    """Unpack what can be iterated, as a list: its length is checked, a starred target takes a part."""
    values = containers.listed(check, value, value_node)
    span = check.span(node)
    local = check.hidden_local("items", values.type, node)
    check.emit(tree.SetLocal(span, local, values))
    starred = [i for i, target in enumerate(targets) if isinstance(target, ast.Starred)]

    def asked(name: str, *given: Expression) -> Expression:
        whole = LocalRef(span, local.type, local)
        return special.call(check, node, whole, name, list(given))

    least = Literal(span, INT, len(targets) - len(starred))
    expected = asked("expect", least, Literal(span, BOOL, not starred))
    check.emit(tree.Evaluate(span, expected))
    after = 0 if not starred else len(targets) - starred[0] - 1
    for number, target in enumerate(targets):
        if isinstance(target, ast.Starred):
            stop = Literal(span, INT, -after) if after else Literal(span, NONE, None)
            bounds = (Literal(span, INT, number), stop, Literal(span, NONE, None))
            part = asked("get_slice", *bounds)
            assignment.store_value(check, target.value, part, value_node)
        else:
            from_end = bool(starred) and number > starred[0]
            index = number - len(targets) if from_end else number
            item = asked("__getitem__", Literal(span, INT, index))
            assignment.store_value(check, target, item, value_node)


def _items(
    check: Checker,
    node: ast.expr,
    targets: list[ast.expr],
    value: Expression,
    value_node: ast.AST,
) -> tuple[Type, ...]:
    """Return the types of the items of a tuple that is to be unpacked."""
    for target in targets:
        if isinstance(target, ast.Starred):
            raise check.error(
                target,
                "a starred name makes a list, which the kernel's language does not have",
                "take a view of the rest: rest = values[1:]",
            )
    if not isinstance(value.type, TupleType):
        hint = none_hint(check, value, value_node)
        if isinstance(value.type, SliceType | ArrayType):
            hint = "index it: a, b = s[0], s[1]"
        raise check.error(value_node, f"{described(value.type)} cannot be unpacked", hint)
    if len(value.type.items) != len(targets):
        raise _wrong_count(check, node, len(targets), len(value.type.items))
    return value.type.items


def _wrong_count(check: Checker, node: ast.AST, targets: int, items: int):
    return check.error(node, f"{items} values cannot be unpacked into {targets} targets")
