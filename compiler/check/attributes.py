"""Attributes: `object.name` and `object.name(...)` for every type of object.

Of a struct, class or a Ptr to one: fields, properties, constants, methods. Of an enum: its members,
and `value` and `name`. Of the types of `lang`: their own words, from the tables of `methods.py`. A
pointer reaches through itself, as a reference does: `p.field`, `p.method()`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from compiler import tree
from compiler.check import (
    alternatives,
    calls,
    classes,
    closures,
    constants,
    container_calls,
    containers,
    exception_objects,
    initialisation,
    members,
    methods,
    names,
    narrowing,
    octets,
    own_members,
    presence,
    type_words,
    union_uses,
)
from compiler.check.checker import Poisoned, expression_of
from compiler.check.conversions import LITERAL, described, enum_number, narrowing_hint, settle
from compiler.declare import Member
from compiler.tree import Expression, Literal
from compiler.types import (
    BROKEN,
    CallableType,
    CFunctionType,
    ClassDeclaration,
    ConstantDeclaration,
    FieldDeclaration,
    FunctionDeclaration,
    FunctionInstance,
    Module,
    NamedType,
    OptionalType,
    PointerType,
    Type,
    Word,
    is_enum,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@expression_of(ast.Attribute)
def attribute(check: Checker, node: ast.Attribute, hint: Type | None) -> Expression:
    """`object.name` as a value (Python Language Reference, section 6.3.1)."""
    base = node.value
    if isinstance(base, ast.Name | ast.Attribute | ast.Subscript):
        owner = names.meaning(check, base)
        if owner is not None and not isinstance(owner, Member):  # of an enum: a value
            return _static(check, node, owner, hint)
    if classes.is_super_call(base):
        return classes.super_attribute(check, node)
    if check.initialisation is not None and initialisation.reaching_field(check, node):
        return _own_field(check, node, base)
    if node.attr == "__name__" and type_words.is_call(check, base):
        return type_words.name(check, base)
    return of_value(check, node, check.operand(base), hint)


def _own_field(check: Checker, node: ast.Attribute, base: ast.expr) -> Expression:
    """`self.field` in `__init__`, where it may have no value yet."""
    check.initialisation.reaches_field = True
    self = check.operand(base)
    check.initialisation.reaches_field = False
    place = of_value(check, node, self)
    if isinstance(node.ctx, ast.Load) and isinstance(place, tree.FieldRef):
        initialisation.check_read(check, node, place)
    return place


def _static(check: Checker, node: ast.Attribute, owner: Any, hint: Type | None) -> Expression:
    """`module.name`, `Class.name`, `Order.name`."""
    if isinstance(owner, ClassDeclaration):
        if owner.parameters:
            raise check.error(node, f"'{owner.name}' is generic: say which one it is")
        owner = NamedType(owner)
    if isinstance(owner, NamedType):
        return _of_class(check, node, owner, hint)
    if isinstance(owner, Word | Type):
        raise check.error(node, f"'{check.text(node.value)}' has no '{node.attr}'")
    if isinstance(owner, Module) and names.is_property(owner.scope.get(node.attr)):
        return names.value_of(check, node, owner.scope[node.attr], hint)
    found = names.meaning(check, node)
    if found is None:  # a value of a module: a constant, a variable
        return of_value(check, node, names.value_of(check, node.value, owner, None), hint)
    if isinstance(found, Member):
        return _of_class(check, node, found.owner, hint)
    return names.value_of(check, node, found, hint)


def _of_class(
    check: Checker, node: ast.Attribute, type: NamedType, hint: Type | None
) -> Expression:
    """`Class.name`: an enum's member, a constant, a method as a function."""
    member = members.find(check, type, node.attr)
    if member is None:
        raise members.no_member(check, node, type)
    match member.declaration:
        case int() as number:
            return Literal(check.span(node), type, number)
        case ConstantDeclaration() as constant:
            return constants.value_of_constant(check, node, constant, hint)
        case FunctionDeclaration() as function:
            instance = FunctionInstance(function, member.owner.arguments)
            if function.type_parameters:
                raise check.error(node, f"'{node.attr}' is generic: call it instead")
            return calls.function_ref(check, node, instance, hint)
        case FieldDeclaration():
            raise check.error(
                node,
                f"'{node.attr}' is a field of each '{type}', not of the class",
                "read it from an instance",
            )
    raise members.no_member(check, node, type)


# Of values -----------------------------------------------------------------------------------


def of_value(
    check: Checker, node: ast.Attribute, object: Expression, hint: Type | None = None
) -> Expression:
    """`object.name` of a value."""
    object = presence.attribute(check, node, object, node.attr)
    type = object.type
    reached = type.target if isinstance(type, PointerType) else type
    if isinstance(type, PointerType):
        word = methods.pointer_attribute(check, node, object)
        if word is not None:
            return word
    if isinstance(reached, NamedType) and not is_enum(reached):
        return _member_value(check, node, object, reached, hint)
    if is_enum(type):
        return _enum_attribute(check, node, object)
    if type is BROKEN:
        raise Poisoned(check.span(node), "")
    value = methods.attribute(check, node, object)
    if value is not None:
        return value
    raise no_attribute(check, node, object)


def no_attribute(check: Checker, node: ast.Attribute, object: Expression):
    """Return the error that a value has no such attribute."""
    type = object.type
    if isinstance(type, OptionalType):
        return check.error(
            node,
            f"this may be None: it is {described(type)}",
            narrowing_hint(check, object, node.value),
            check.note_of_loss(object),
        )
    hint = methods.suggestion(check, type, node.attr)
    return check.error(node, f"{described(type)} has no '{node.attr}'", hint)


def _member_value(
    check: Checker, node: ast.Attribute, object: Expression, type: NamedType, hint: Type | None
) -> Expression:
    member = own_members.find(check, node, type)
    if member is None:
        if node.attr == "args" and exception_objects.is_exception(type):
            given = exception_objects.arguments_of(check, node, object)
            if given is not None:
                return given
        used = _of_union(check, node, object, lambda each: of_value(check, node, each, hint))
        if used is not None:
            return used
        raise own_members.no_member(check, node, type)
    match member.declaration:
        case FieldDeclaration() as field:
            if field.type is BROKEN:
                raise Poisoned(check.span(node), "")
            value = members.field_ref(check, node, object, node.attr)
            return narrowing.narrowed(check, value) if check.flow.narrowed else value
        case ConstantDeclaration() as constant:
            return constants.value_of_constant(check, node, constant, hint)
        case FunctionDeclaration() as function:
            if function.is_property:
                return _property(check, node, object, member)
            return closures.bound_method(check, node, object, member, hint)
    raise members.no_member(check, node, type)


def _of_union(
    check: Checker, node: ast.Attribute, object: Expression, use: union_uses.Use
) -> Expression | None:
    """Return what an attribute of the value in a union is; None for other objects."""
    if not union_uses.is_union(check, object):
        return None
    return union_uses.attribute(check, node, object, node.attr, use)


def _property(
    check: Checker, node: ast.Attribute, object: Expression, member: Member
) -> Expression:
    return calls.method_with_values(check, node, object, member, [])


def _enum_attribute(check: Checker, node: ast.Attribute, object: Expression) -> Expression:
    type: NamedType = object.type
    if node.attr == "value":
        return enum_number(object)
    member = members.find(check, type, node.attr)
    if member is None:
        if node.attr == "name":
            raise check.error(node, "names of enum members are not kept", "match on the member")
        raise members.no_member(check, node, type)
    match member.declaration:
        case int() as number:
            return Literal(check.span(node), type, number)
        case ConstantDeclaration() as constant:
            return constants.value_of_constant(check, node, constant, None)
        case FunctionDeclaration() as function if function.is_property:
            return _property(check, node, object, member)
    raise members.no_member(check, node, type)


# Calls ---------------------------------------------------------------------------------------


def method_call(
    check: Checker, node: ast.Call, callee: ast.Attribute, hint: Type | None
) -> Expression:
    """`object.name(arguments)` where `object` is a value."""
    if classes.is_super_call(callee.value):
        return classes.super_call(check, node, callee, hint)
    found = _needs_no_object(check, callee)
    if found is not None:
        return calls.function(check, node, found.declaration, hint, found.owner.arguments)
    object = check.operand(callee.value)
    if object.type is LITERAL:
        object = settle(check, object)
    return call_on(check, node, callee, object, hint)


def _needs_no_object(check: Checker, callee: ast.Attribute) -> Member | None:
    """Return the static method that is called on `self` in `__init__`, where fields may lack values."""
    if check.initialisation is None or not isinstance(callee.value, ast.Name):
        return None
    local = check.initialisation.self_local
    if check.names.get(callee.value.id) is not local or not isinstance(local.type, NamedType):
        return None
    member = members.find_method(check, local.type, callee.attr)
    return member if member is not None and member.declaration.is_static else None


def call_on(
    check: Checker,
    node: ast.Call,
    callee: ast.Attribute,
    object: Expression,
    hint: Type | None,
) -> Expression:
    """`object.name(arguments)` of a checked object."""
    object = presence.attribute(check, callee, object, callee.attr)
    type = object.type
    if isinstance(type, PointerType):
        word = methods.pointer_call(check, node, callee, object)
        if word is not None:
            return word
        type = type.target
    if octets.is_bytearray(type):
        found = octets.array_method_call(check, node, callee, object)
        if found is not None:
            return found
    if isinstance(type, NamedType):
        member = own_members.find(check, callee, type)
        if member is None:
            used = _of_union(
                check, callee, object, lambda each: call_on(check, node, callee, each, hint)
            )
            if used is not None:
                return used
            raise own_members.no_member(check, callee, type)
        if isinstance(member.declaration, FunctionDeclaration):
            return _call_member(check, node, object, member, hint)
        value = of_value(check, callee, object)
        if isinstance(value.type, CallableType | CFunctionType):
            return calls.indirect(check, node, value)
        return calls.value_call(check, node, value)
    if type is BROKEN:
        raise Poisoned(check.span(node), "")
    result = methods.call(check, node, callee, object, hint)
    if result is None:
        raise no_attribute(check, callee, object)
    return result


def _call_member(
    check: Checker, node: ast.Call, object: Expression, member: Member, hint: Type | None
) -> Expression:
    declaration: FunctionDeclaration = member.declaration
    if declaration.is_property:
        value = _property(check, node.func, object, member)
        return calls.value_call(check, node, value)
    if declaration.is_static or declaration.is_class_method:
        if not isinstance(object, tree.LocalRef):
            raise check.error(
                node.func, f"'{declaration.name}' needs no object", "call it on the class"
            )
        return calls.function(check, node, declaration, hint, member.owner.arguments)
    if containers.is_any(object.type):
        return container_calls.method_call(check, node, object, member, hint)
    return alternatives.chosen(
        check,
        declaration,
        lambda each: calls.method(check, node, object, Member(member.owner, each), hint),
    )
