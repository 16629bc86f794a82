"""Stores: into fields, elements, what pointers point at, module variables, and by `__setitem__`.

A store evaluates its value first and then the parts of its target, as Python does. Since the
target's type is what the value is checked against, the target is checked first; should the value
contain a call that ends what tests had proved of the target, the target is checked again after it.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    aliasing,
    calls,
    construction,
    containers,
    exception_objects,
    generics,
    initialisation,
    members,
    narrowing,
    replacing,
    slice_objects,
    special,
    subscripts,
    value_unions,
)
from compiler.check.attempts import Snapshot
from compiler.check.conversions import convert, described
from compiler.check.flow import path_of
from compiler.declare import Member
from compiler.tree import Expression, LocalRef
from compiler.types import BYTES, STR, BitsType, NamedType, OptionalType, PointerType, is_place

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def assign_place(
    check: Checker, target: ast.Attribute | ast.Subscript, value_node: ast.expr
) -> None:
    """`object.name = value`, `base[index] = value`."""
    losses = check.losses
    if isinstance(target, ast.Subscript):
        target = slice_objects.stored_to(check, target)
        if isinstance(target.slice, ast.Slice):
            _store_range(check, target, value_node)
            return
        base = check.operand(target.value)
        setter = special.find(check, base.type, "__setitem__")
        if setter is not None:
            _store_item(check, target, setter, value_node)
            return
        place = as_place(check, target, subscripts.element(check, target, base))
    else:
        read = check.operand(target)
        if isinstance(read, tree.Call | tree.VirtualCall):
            _store_property(check, target, read, value_node)
            return
        place = as_place(check, target, read)

    value = place_value(check, place, value_node)
    if check.losses != losses:
        place = place_of(check, target)
    finish_store(check, target, place, value, value_node)


def place_value(check: Checker, place: Expression, node: ast.expr) -> Expression:
    """Check a value to be stored into a place."""
    if isinstance(place, tree.FieldRef) and isinstance(place.field.type, BitsType):
        return construction.bits_value(check, node, place.field.type)
    return check.expression(node, place.type)


def finish_store(
    check: Checker, node: ast.AST, place: Expression, value: Expression, value_node: ast.AST
) -> None:
    """Emit the store of a checked value, and forget what was known of the place."""
    value = aliasing.stored(check, value_node, value, node)
    if members.is_pinned(place.type) and not isinstance(place, LocalRef):
        _check_pinned_store(check, node, place)
    aliasing.check_stored_view(check, value_node, value, place)
    if is_frozen(check, node, place):
        refuse_frozen(check, node, place, value)
        return
    check.emit(tree.Store(check.span(node), place, value))
    flow = check.flow
    if check.initialisation is not None:
        initialisation.stored(check, place)
    if is_place(place.type):
        replacing.replaced(check, check.span(node), place)
    if is_place(place.type) or isinstance(place, tree.Deref | tree.IndexRef):
        narrowing.forget_memory(check, node)
    elif isinstance(place, tree.FieldRef):
        flow.forget_field(place.field.name)
    elif isinstance(place, tree.VariableRef):
        flow.forget_variable(place.variable)
    if isinstance(place.type, OptionalType) or value_unions.names_of(place.type):
        path = path_of(place)
        if path is not None:
            narrowing.assigned(check, path, value)


def _check_pinned_store(check: Checker, node: ast.AST, place: Expression) -> None:
    """What is pinned is made once, by the `__init__` of its owner."""
    in_init = check.name == "__init__" and isinstance(place, tree.FieldRef)
    if not in_init:
        raise check.error(
            node,
            f"'{place.type}' is pinned: what uses it knows its address, so it is not replaced",
            "reset its fields instead",
        )


def place_of(check: Checker, node: ast.Attribute | ast.Subscript) -> Expression:
    """Check the target of a store: a place as it is declared, whatever tests have proved of it."""
    return as_place(check, node, check.operand(node))


def as_place(check: Checker, node: ast.AST, place: Expression) -> Expression:
    """Return what was read from a place as the place itself, which can be stored to."""
    place = value_unions.held_by(place)
    while isinstance(place, tree.Convert) and place.conversion in _PROVED:
        place = place.operand
    match place:
        case tree.FieldRef() | tree.Deref() | tree.VariableRef():
            pass
        case tree.IndexRef(base=base) if base.type is not BYTES:
            pass
        case tree.IndexRef() | tree.TupleItem():
            raise check.error(node, f"{described(_base(place).type)} cannot be changed")
        case tree.Literal() | tree.StaticRef() | tree.StringLiteral():
            raise check.error(node, f"'{check.text(node)}' is a constant")
        case _:
            raise check.error(node, f"'{check.text(node)}' cannot be assigned to")
    _check_writable(check, node, place)
    return place


_PROVED = (tree.Conversion.UNWRAP, tree.Conversion.DOWNCAST)


def _base(place: Expression) -> Expression:
    return place.tuple if isinstance(place, tree.TupleItem) else place.base


def _check_writable(check: Checker, node: ast.AST, place: Expression) -> None:
    type = place.type
    if is_frozen(check, node, place) and not exception_objects.has_messages(check):
        name = place.field.name
        owner = described(place.object.type)
        raise check.error(node, f"{owner} is frozen, so '{name}' cannot be set", "make a new one")
    word = getattr(type, "word", "")
    if word in ("Atomic", "Volatile", "Rcu", "PerCpu"):
        if check.name == "__init__" and word != "PerCpu":
            return
        raise check.error(
            node, f"'{word}' is set by its method", f"write {check.text(node)}.store(...)"
        )
    if isinstance(place, tree.FieldRef) and not isinstance(place.object.type, PointerType):
        base = place.object
        if is_place(base.type) and tree.is_fresh(base):
            raise check.error(
                node,
                "this sets a field of a value that is gone at once",
                "bind it to a local first",
            )


def is_frozen(check: Checker, node: ast.AST, place: Expression) -> bool:
    """True for a field of a frozen dataclass, which only the constructor sets, and `object.__setattr__`."""
    if not isinstance(place, tree.FieldRef) or check.name == "__init__":
        return False
    type = place.object.type
    type = type.target if isinstance(type, PointerType) else type
    is_allowed = getattr(node, "sets_frozen", False)
    return isinstance(type, NamedType) and type.declaration.is_frozen and not is_allowed


def refuse_frozen(check: Checker, node: ast.AST, place: tree.FieldRef, value: Expression) -> None:
    """Raise, as a program does that sets a field of a frozen object all the same."""
    span = check.span(node)
    name = tree.StringLiteral(span, STR, place.field.name)
    check.emit(tree.Evaluate(span, value))
    check.emit(tree.Evaluate(span, place.object))
    check.emit(tree.Evaluate(span, exception_objects.called(check, node, "refuse_frozen", name)))


def _store_range(check: Checker, target: ast.Subscript, value_node: ast.expr) -> None:
    """`base[start:stop] = values`: as many values as the range has places."""
    if containers.store_range(check, target, value_node):
        return
    before = Snapshot(check)
    base = check.operand(target.value)
    setter = special.find(check, base.type, "__setitem__")
    before.restore()
    if setter is not None and slice_objects.are_here(check):
        _store_item(check, target, setter, value_node)
        return
    call = ast.Call(ast.Attribute(target, "copy_from", ast.Load()), [value_node], [])
    ast.copy_location(call, target)
    ast.copy_location(call.func, target)
    check.emit(tree.Evaluate(check.span(target), check.operand(call)))


def _store_item(
    check: Checker, target: ast.Subscript, setter: Member, value_node: ast.expr
) -> None:
    """`base[index] = value` by `__setitem__`."""
    known = calls.known_of(setter)
    index_type, value_type = (
        generics.substituted(each.type, known) for each in setter.declaration.parameters[1:3]
    )
    value = check.expression(value_node, value_type)
    base = check.operand(target.value)
    index = check.operand(target.slice, index_type)
    call = calls.method_with_values(check, target, base, setter, [index, value])
    call.evaluation = [2, 0, 1]
    check.emit(tree.Evaluate(check.span(target), call))


def store_item_value(
    check: Checker, target: ast.Subscript, value: Expression, value_node: ast.AST
) -> bool:
    """`base[index] = value` of a value that is held already; False if it is no `__setitem__`."""
    if isinstance(target.slice, ast.Slice):
        return False
    base = check.operand(target.value)
    setter = special.find(check, base.type, "__setitem__")
    if setter is None:
        return False
    known = calls.known_of(setter)
    index_type, value_type = (
        generics.substituted(each.type, known) for each in setter.declaration.parameters[1:3]
    )
    index = check.operand(target.slice, index_type)
    value = convert(check, value, value_type, value_node)
    call = calls.method_with_values(check, target, base, setter, [index, value])
    call.evaluation = [2, 0, 1]
    check.emit(tree.Evaluate(check.span(target), call))
    return True


def _store_property(
    check: Checker,
    target: ast.Attribute,
    read: tree.Call | tree.VirtualCall,
    value_node: ast.expr,
) -> None:
    """`object.name = value` where reading `object.name` calls the getter of a property."""
    _, setter = accessors(check, target, read.arguments[0])
    known = calls.known_of(setter)
    value_type = generics.substituted(setter.declaration.parameters[1].type, known)
    value = check.expression(value_node, value_type)
    receiver = check.operand(target.value)
    call = calls.method_with_values(check, target, receiver, setter, [value])
    call.evaluation = [1, 0]
    check.emit(tree.Evaluate(check.span(target), call))


def accessors(check: Checker, target: ast.Attribute, receiver: Expression) -> tuple[Member, Member]:
    """Return the getter and the setter of a property."""
    type = receiver.type.target if isinstance(receiver.type, PointerType) else receiver.type
    getter = members.find(check, type, target.attr)
    setter = getter.declaration.setter
    if setter is None:
        raise check.error(
            target, f"'{target.attr}' has no setter", f"define it with @{target.attr}.setter"
        )
    return getter, Member(getter.owner, setter)
