"""Classes and what they inherit: members, virtual methods, and the signatures of instances.

A vtable begins with its base's, so that a slot means the same in every derived class. Every method
that an instance can be asked for by name has a slot, in the order of declaration: the table of a
class does not depend on what else is in the image. No slot have `__init__` and `__del__` (called for
a class that is known), static and class methods, and generic methods, which have no single body.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from compiler.layout import base_of
from compiler.types import (
    ClassDeclaration,
    ConstantDeclaration,
    FieldDeclaration,
    FunctionDeclaration,
    FunctionInstance,
    NamedType,
    Signature,
    Type,
    is_place,
    substitute,
)


@dataclass(frozen=True)
class Member:
    """What a class has under a name, and the class in its ancestry that declares it."""

    owner: NamedType
    declaration: FieldDeclaration | FunctionDeclaration | ConstantDeclaration | int

    @property
    def type(self) -> Type:
        """The concrete type of a field."""
        return substitute(self.declaration.type, bindings_of(self.owner))


def find_member(type: NamedType, name: str) -> Member | None:
    """Return the field, method, constant or (an int) enum member of that name; None without one."""
    for owner in ancestry(type):
        declaration = owner.declaration
        for own in (
            declaration.fields,
            declaration.methods,
            declaration.constants,
            declaration.members,
        ):
            if name in own:
                return Member(owner, own[name])
    return None


def ancestry(type: NamedType) -> Iterator[NamedType]:
    """Yield a class, its base, and so on to the top."""
    each: NamedType | None = type
    while each is not None:
        yield each
        each = base_of(each)


def bindings_of(type: NamedType) -> dict:
    """Return what the class's type variables stand for."""
    return dict(zip(type.declaration.parameters, type.arguments, strict=True))


@cache
def vtable_of(type: NamedType) -> list[FunctionInstance]:
    """Return the method in each slot of a class: its own, or the one that it inherits.

    A slot whose method is abstract (`declaration.is_abstract`) belongs to a class without instances.
    """
    base = base_of(type)
    slots = list(vtable_of(base)) if base else []
    places = {each.declaration.name: number for number, each in enumerate(slots)}
    for method in virtual_methods(type.declaration):
        instance = FunctionInstance(method, type.arguments)
        if method.name in places:
            slots[places[method.name]] = instance
        else:
            slots.append(instance)
    return slots


def slot_of(type: NamedType, name: str) -> int | None:
    """Return the slot of a virtual method; None if the name has none."""
    for number, each in enumerate(vtable_of(type)):
        if each.declaration.name == name:
            return number
    return None


def virtual_methods(declaration: ClassDeclaration) -> Iterator[FunctionDeclaration]:
    """Yield the methods of a class that have a slot, in order."""
    for method in declaration.methods.values():
        if not (
            method.is_static
            or method.is_class_method
            or method.is_comptime
            or method.type_parameters
            or method.name in ("__init__", "__del__")
        ):
            yield method


def signature_of(instance: FunctionInstance) -> Signature:
    """Return the concrete types of a function instance."""
    declaration = instance.declaration
    bindings = dict(zip(declaration.all_type_parameters, instance.arguments, strict=True))
    result = substitute(declaration.result, bindings)
    return Signature(
        tuple(substitute(each.type, bindings) for each in declaration.parameters),
        result,
        declaration.returns_view and is_place(result),
        declaration.effects,
    )
