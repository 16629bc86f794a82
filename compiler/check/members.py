"""Members: what a class offers under a name, and how its methods are called.

A name is looked for in the class, then in its bases. A method of a reference class is called
through the object's vtable unless the class is known to have no derived class, or the method no
place in the vtable. Type arguments of the class are those of the instance type in which the member
was found.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import narrowing
from compiler.declare import Member, ancestry, find_member
from compiler.layout import fields_of, virtual_methods
from compiler.tree import Conversion, Convert, Expression
from compiler.types import (
    ClassKind,
    FunctionDeclaration,
    FunctionInstance,
    NamedType,
    PointerType,
    Signature,
    Type,
    is_place,
    is_reference,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def find(check: Checker, type: NamedType, name: str) -> Member | None:
    """Return the member of a class called `name`, its own or inherited."""
    known = check.unit.members
    key = (type, name)
    if key not in known:
        known[key] = find_member(type, name)
    return known[key]


def find_method(check: Checker, type: Type, name: str) -> Member | None:
    """Return the method of a class called `name`; None for other types and members."""
    if not isinstance(type, NamedType):
        return None
    member = find(check, type, name)
    if member is None or not isinstance(member.declaration, FunctionDeclaration):
        return None
    return member


def names_of(type: NamedType) -> list[str]:
    """Return the names of all members, for suggestions."""
    names: list[str] = []
    for each in ancestry(type):
        declaration = each.declaration
        names += [*declaration.fields, *declaration.methods, *declaration.constants]
        names += declaration.members
    return names


def no_member(check: Checker, node: ast.Attribute, type: NamedType, names: list[str] | None = None):
    """Return the error that a class has no such member; names: those that it may be told to have, all unless given."""
    hint = check.unit.suggestion(node.attr, names_of(type) if names is None else names)
    return check.error(node, f"'{type}' has no member '{node.attr}'", hint)


def field_ref(check: Checker, node: ast.AST, object: Expression, name: str) -> tree.FieldRef:
    """Return `object.name` of a struct place, a reference or a Ptr to either."""
    type = object.type.target if isinstance(object.type, PointerType) else object.type
    field = fields_of(type)[name]
    value_type = field.type.base if field.bits else field.type
    return tree.FieldRef(check.span(node), value_type, object, field)


def call_method(
    check: Checker,
    node: ast.AST,
    receiver: Expression,
    instance: FunctionInstance,
    signature: Signature,
    arguments: list[Expression],
    evaluation: list[int] | None = None,
    slot_name: str | None = None,
) -> Expression:
    """Return the call of a method with `receiver` before `arguments`, through the vtable if the
    receiver's class may have a derived one."""
    check.unit.request(instance, check.span(node))
    narrowing.forget_memory(check, node)
    span = check.span(node)
    arguments = [as_receiver(receiver, signature.parameters[0]), *arguments]
    if evaluation is not None:
        evaluation = [0, *(index + 1 for index in evaluation)]
    slot = _slot(receiver, slot_name or instance.declaration.name)
    if slot is not None:
        return tree.VirtualCall(
            span, signature.result, instance, signature, slot, arguments, evaluation
        )
    return tree.Call(span, signature.result, instance, signature, arguments, evaluation)


def as_receiver(receiver: Expression, wanted: Type) -> Expression:
    """Return the receiver as the method's class wants it: a base class, or what a Ptr points at."""
    type = receiver.type
    if isinstance(type, PointerType):
        receiver = pointed_at(receiver)
        type = receiver.type
    return (
        receiver if type == wanted else Convert(receiver.span, wanted, Conversion.UPCAST, receiver)
    )


def pointed_at(pointer: Expression) -> Expression:
    """Return what a pointer points at: a place, or an object that someone else keeps alive."""
    target = pointer.type.target
    if is_reference(target):
        return Convert(pointer.span, target, Conversion.ASSUME, pointer)
    return tree.Deref(pointer.span, target, pointer)


def _slot(receiver: Expression, name: str) -> int | None:
    """Return the slot of a method in the receiver's vtable; None: call it directly."""
    type = receiver.type
    if isinstance(type, PointerType):
        type = type.target
    if not isinstance(type, NamedType) or type.kind not in (ClassKind.CLASS, ClassKind.EXCEPTION):
        return None
    declaration = type.declaration
    if declaration.is_final or isinstance(receiver, tree.New):
        return None
    for slot, (known, method) in enumerate(virtual_methods(type).items()):
        if known == name:
            is_open = name in type.declaration.overridden or method.declaration.is_abstract
            return slot if is_open else None
    return None


def is_pinned(type: Type) -> bool:
    """True for a struct that may not be copied or moved, by itself or because of what it embeds."""
    if not is_place(type):
        return False
    return _is_pinned(type)


def _is_pinned(type: Type) -> bool:
    from compiler.types import ArrayType, WrappedType

    match type:
        case ArrayType(element=element):
            return is_pinned(element)
        case WrappedType():
            return True
        case NamedType(declaration=declaration):
            return declaration.pinned or any(
                is_pinned(field.type) for field in declaration.fields.values()
            )
    return False
