"""Words on places and memory: copies, addresses, sizes and offsets, owners, counted references,
len."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    construction,
    containers,
    members,
    narrowing,
    presence,
    special,
    union_uses,
    values,
)
from compiler.check.conversions import LITERAL, described, none_hint
from compiler.check.words import arguments, name_of, word
from compiler.layout import fields_of, layout_of
from compiler.tree import Conversion, Convert, Expression, Literal
from compiler.types import (
    BYTES,
    INT,
    NONE,
    STR,
    U64,
    ArrayType,
    IntType,
    NamedType,
    OptionalType,
    PointerType,
    SliceType,
    TupleType,
    Type,
    WrappedType,
    is_enum,
    is_place,
    is_reference,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@word("copy")
def copy(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`copy(x)`: a second struct or Array; of anything else, the value itself."""
    (argument,) = arguments(check, node, "copy(x)", 1)
    value = check.expression(argument)
    if not is_place(value.type):
        return value
    if members.is_pinned(value.type):
        raise check.error(node, f"'{value.type}' is pinned: there is only the one that was made")
    return tree.Copy(check.span(node), value.type, value)


@word("duplicate")
def duplicate(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`duplicate(x)`: a second object of a class, whose fields hold the same."""
    (argument,) = arguments(check, node, "duplicate(x)", 1)
    value = check.operand(argument)
    if not isinstance(value.type, NamedType) or not is_reference(value.type):
        raise check.error(argument, f"{described(value.type)} is no object of a class")
    span, object = check.span(node), values.held(check, node, value)
    check.unit.request_class(value.type)
    fields = fields_of(value.type).values()
    contents: list[Expression | None] = []
    for each in fields:
        whole = object if not contents else values.again(object)
        contents.append(tree.FieldRef(span, each.type, whole, each))
    return tree.New(span, value.type, None, None, contents)


@word("address_of")
def address_of(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`address_of(place)`."""
    (argument,) = arguments(check, node, "address_of(place)", 1)
    place = check.operand(argument)
    while isinstance(place, Convert) and place.conversion in (
        Conversion.UNWRAP,
        Conversion.DOWNCAST,
    ):
        place = place.operand
    is_bits = isinstance(place, tree.FieldRef) and place.field.bits
    addressable = isinstance(
        place, tree.LocalRef | tree.VariableRef | tree.FieldRef | tree.IndexRef | tree.Deref
    ) or (is_place(place.type) and not tree.is_fresh(place))
    if not addressable or is_bits or place.type is LITERAL:
        what = "a bit-field" if is_bits else f"'{check.text(argument)}'"
        raise check.error(argument, f"{what} has no address", "bind it to a local first")
    if isinstance(place, tree.LocalRef):
        check.addressed.add(place.local)
        check.flow.forget(place.local)
    return tree.AddressOf(check.span(node), PointerType(place.type), place)


@word("sizeof", "alignof")
def size_of(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`sizeof(T)`, `alignof(T)`: constants of the context's type."""
    (argument,) = arguments(check, node, f"{name_of(node)}(T)", 1)
    layout = layout_of(check.type_of(argument))
    number = layout.size if name_of(node) == "sizeof" else layout.align
    return Literal(check.span(node), LITERAL, number)


@word("offsetof")
def offset_of(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`offsetof(T, "field")`: a constant of the context's type."""
    type_node, name_node = arguments(check, node, 'offsetof(T, "field")', 2)
    field = _field_named(check, check.type_of(type_node), name_node)
    return Literal(check.span(node), LITERAL, field.offset)


def _field_named(check: Checker, type: Type, node: ast.expr):
    if not isinstance(type, NamedType) or is_enum(type):
        raise check.error(node, f"{described(type)} has no fields")
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        raise check.error(node, "a field is named by a literal", 'write "field"')
    field = fields_of(type).get(node.value)
    if field is None:
        raise check.error(node, f"'{type}' has no field '{node.value}'")
    return field


@word("owner")
def owner(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`owner(link, T, "field")`: the T whose field `link` is; through a pointer or as a place."""
    link_node, type_node, name_node = arguments(check, node, 'owner(link, T, "field")', 3)
    link = check.operand(link_node)
    type = check.type_of(type_node)
    field = _field_named(check, type, name_node)
    pointed = isinstance(link.type, PointerType)
    own = link.type.target if pointed else link.type
    if own != field.type:
        raise check.error(
            link_node,
            f"'{name_node.value}' of '{type}' is {described(field.type)}, not {described(own)}",
        )
    span = check.span(node)
    member = tree.Deref(link.span, own, link) if pointed else link
    if is_reference(type):
        pointer = tree.OwnerOf(span, PointerType(type), member, field.offset)
        return pointer
    return tree.OwnerOf(span, PointerType(type) if pointed else type, member, field.offset)


@word("borrow")
def borrow(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`borrow(x)`: the address of a counted object, not counted; of a str, that of its fields.

    Of what may be None, a `Ptr[T] | None`.
    """
    (argument,) = arguments(check, node, "borrow(x)", 1)
    value = check.expression(argument)
    if value.type is STR:
        text = NamedType(check.unit.core_class(check, node, "core.containers.text", "Text"))
        return Convert(check.span(node), PointerType(text), Conversion.BORROW, value)
    is_nullable = isinstance(value.type, OptionalType)
    type = value.type.inner if is_nullable else value.type
    if not isinstance(type, NamedType) or not is_reference(type):
        raise check.error(
            argument, f"{described(value.type)} is not counted", "write address_of(x)"
        )
    address = PointerType(type)
    result = OptionalType(address) if is_nullable else address
    return Convert(check.span(node), result, Conversion.BORROW, value)


@word("retain")
def retain(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`retain(p)`: a reference to the object at p, which keeps it alive from now on."""
    (argument,) = arguments(check, node, "retain(p)", 1)
    value = check.expression(argument)
    if not isinstance(value.type, PointerType) or not is_reference(value.type.target):
        raise check.error(argument, f"{described(value.type)} does not point at a counted object")
    return Convert(check.span(node), value.type.target, Conversion.RETAIN, value)


@word("vacate")
def vacate(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`vacate(place)`: release what is there, and leave memory that holds nothing."""
    (argument,) = arguments(check, node, "vacate(place)", 1)
    place = check.operand(argument)
    if not is_place(place.type) or tree.is_fresh(place):
        raise check.error(argument, f"'{check.text(argument)}' is no struct that lies somewhere")
    narrowing.forget_memory(check, node)
    return tree.Intrinsic(check.span(node), NONE, "vacate", [place])


@word("zeroed")
def zeroed(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`zeroed(T)`: a value with every byte 0."""
    (argument,) = arguments(check, node, "zeroed(T)", 1)
    type = check.type_of(argument)
    if not construction.zero_is_valid(type):
        raise check.error(argument, f"zero is no value of '{type}'")
    return tree.Zero(check.span(node), type)


@word("len")
def length(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`len(x)`: a usize, or a signed type of 64 bits where the context wants one."""
    (argument,) = arguments(check, node, "len(x)", 1)
    value = check.operand(argument)
    value = presence.operand(check, node, value, "object of type 'NoneType' has no len()")
    if union_uses.is_union(check, value):
        message = "object of type '{}' has no len()"
        used = union_uses.operand(
            check, node, value, message, lambda each: _length_of(check, node, each, hint)
        )
        if used is not None:
            return used
    return _length_of(check, node, value, hint)


def _length_of(check: Checker, node: ast.Call, value: Expression, hint: Type | None) -> Expression:
    """Return the length of a value."""
    argument = node.args[0]
    span = check.span(node)
    match value.type:
        case ArrayType(length=number):
            return Literal(span, LITERAL, number)
        case SliceType() | WrappedType(word="UserSlice"):
            return tree.Length(span, _length_type(hint), value)
        case TupleType(items=items):
            return Literal(span, LITERAL, len(items))
    if isinstance(value, tree.StringLiteral):
        return Literal(span, LITERAL, len(value.value))
    if value.type is BYTES:
        return tree.Length(span, _length_type(hint), value)
    if value.type is STR:
        is_counted = containers.in_program(check)
        type = INT if is_counted and not isinstance(hint, IntType) else _length_type(hint)
        return tree.Length(span, type, value)
    called = special.call(check, node, value, "__len__", [])
    if called is not None:
        return called
    raise check.error(
        argument, f"{described(value.type)} has no length", none_hint(check, value, argument)
    )


def _length_type(hint: Type | None) -> IntType:
    is_wide = isinstance(hint, IntType) and hint.bits == 64
    return hint if is_wide else U64
