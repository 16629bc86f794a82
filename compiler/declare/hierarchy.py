"""Members that classes have or inherit, and the signatures of instances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from compiler.layout import base_of
from compiler.types import (
    ConstantDeclaration,
    FieldDeclaration,
    FunctionDeclaration,
    FunctionInstance,
    NamedType,
    Signature,
    Type,
    given_type,
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


def signature_of(instance: FunctionInstance) -> Signature:
    """Return the concrete types of a function instance."""
    declaration = instance.declaration
    bindings = dict(zip(declaration.all_type_parameters, instance.arguments, strict=True))
    result = substitute(declaration.result, bindings)
    return Signature(
        tuple(substitute(each.type, bindings) for each in declaration.parameters),
        result,
        declaration.returns_view and is_place(given_type(result)),
        declaration.effects,
    )
