"""Where things lie in memory: size and alignment of every type, offset of every field.

The rules are those of the System V ABI for C on x86-64. A counted object starts with a header of
16 bytes (`core/object.py`); the fields of its classes follow, the base's first.

    header:  0  strong  u32    references that keep the object alive
             4  weak    u32    weak references, plus one while strong > 0
             8  type    Ptr[TypeInfo]

Consecutive bit-fields over one integer type share one integer, low bits first, until it is full.

Source: System V Application Binary Interface, AMD64 Supplement, section 3.1.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from compiler.types import (
    BOOL,
    BROKEN,
    BYTES,
    FORMAT,
    NEVER,
    NONE,
    STR,
    ArrayType,
    BitsType,
    CallableType,
    CFunctionType,
    ClassKind,
    FloatType,
    FunctionInstance,
    GeneratorType,
    IntType,
    NamedType,
    OptionalType,
    PointerType,
    SliceType,
    TupleType,
    Type,
    TypeVariable,
    WrappedType,
    is_enum,
    is_reference,
    substitute,
)

HEADER_SIZE = 16
POINTER_SIZE = 8


@dataclass(frozen=True)
class Layout:
    """Size and alignment in bytes. The size is a multiple of the alignment."""

    size: int
    align: int


@dataclass(frozen=True)
class Field:
    """A field with its concrete type and place; `bits` 0 unless it is a bit-field."""

    name: str
    type: Type
    offset: int  # bytes from the start of the struct, or of the object's header
    bit: int = 0  # of a bit-field: its lowest bit in the integer at `offset`
    bits: int = 0


def layout_of(type: Type) -> Layout:
    """Return how many bytes a value of `type` takes where it is stored, and its alignment."""
    match type:
        case IntType(bits=bits) | FloatType(bits=bits):
            return Layout(bits // 8, bits // 8)
        case BitsType(base=base):
            return layout_of(base)
        case PointerType() | CFunctionType():
            return Layout(POINTER_SIZE, POINTER_SIZE)
        case SliceType() | CallableType():
            return Layout(2 * POINTER_SIZE, POINTER_SIZE)
        case ArrayType(element, length):
            of_element = layout_of(element)
            return Layout(of_element.size * length, of_element.align)
        case TupleType(items):
            return _in_sequence([layout_of(item) for item in items])
        case OptionalType(inner):
            return layout_of(inner) if has_null(inner) else _in_sequence([_FLAG, layout_of(inner)])
        case WrappedType(word="UserSlice"):
            return Layout(2 * POINTER_SIZE, POINTER_SIZE)
        case WrappedType(word="UserPtr" | "Weak" | "Rcu"):
            return Layout(POINTER_SIZE, POINTER_SIZE)
        case WrappedType(inner=inner):
            return layout_of(inner)
        case NamedType() if is_enum(type):
            return layout_of(type.declaration.representation)
        case NamedType(kind=ClassKind.STRUCT | ClassKind.UNION):
            return struct_layout(type)[0]
        case NamedType():
            return Layout(POINTER_SIZE, POINTER_SIZE)
        case GeneratorType():
            return Layout(POINTER_SIZE, POINTER_SIZE)
        case TypeVariable():
            raise AssertionError(f"{type} has no layout")
    return _SINGLE[type]


_FLAG = Layout(1, 1)
_SINGLE = {
    BOOL: Layout(1, 1),
    NONE: Layout(0, 1),
    NEVER: Layout(0, 1),
    STR: Layout(POINTER_SIZE, POINTER_SIZE),
    BYTES: Layout(POINTER_SIZE, POINTER_SIZE),
    BROKEN: Layout(0, 1),  # its error is reported, and nothing is made of it
    FORMAT: Layout(2 * POINTER_SIZE, POINTER_SIZE),
}


def has_null(type: Type) -> bool:
    """True if None of `type | None` is the value 0 of the same machine value."""
    return isinstance(type, PointerType | CFunctionType | CallableType | SliceType) or is_reference(
        type
    )


def fields_of(type: NamedType) -> dict[str, Field]:
    """Return the fields of a struct, union, class or exception by name, inherited ones first."""
    if type.kind in (ClassKind.STRUCT, ClassKind.UNION):
        return struct_layout(type)[1]
    return object_layout(type)[1]


@cache
def struct_layout(type: NamedType) -> tuple[Layout, dict[str, Field]]:
    """Return the layout and the fields of a struct or union."""
    declaration = type.declaration
    if declaration.kind is ClassKind.UNION:
        return _union_layout(type)
    return _place_fields(type, 0, {}, 1)


@cache
def object_layout(type: NamedType) -> tuple[Layout, dict[str, Field]]:
    """Return the layout of a counted object, its header included, and its fields."""
    base = base_of(type)
    if base is None:
        return _place_fields(type, HEADER_SIZE, {}, POINTER_SIZE)
    layout, fields = object_layout(base)
    end = max([HEADER_SIZE, *(f.offset + layout_of(f.type).size for f in fields.values())])
    return _place_fields(type, end, fields, layout.align)


@cache
def virtual_methods(type: NamedType) -> dict[str, FunctionInstance]:
    """Return what `type`'s vtable holds, in the order of its slots: by name (`name.setter` for the
    setter of a property), the implementation that its instances use, inherited ones first.

    Every method that takes an instance has a slot, but for `__init__`, `__del__`, generic ones, and
    those of a @final class without a base, which is never called through a table.
    """
    base = base_of(type)
    if type.declaration.is_sealed and base is None:
        return {}
    slots = dict(virtual_methods(base)) if base is not None else {}
    for method in type.declaration.methods.values():
        if method.is_static or method.is_class_method or method.is_comptime:
            continue
        if method.type_parameters or method.name in ("__init__", "__del__"):
            continue
        slots[method.name] = FunctionInstance(method, type.arguments)
        if method.setter is not None:
            slots[f"{method.name}.setter"] = FunctionInstance(method.setter, type.arguments)
    return slots


def base_of(type: NamedType) -> NamedType | None:
    """Return the class that `type` derives from, with concrete arguments; None at the top."""
    base = type.declaration.base
    if base is None:
        return None
    return substitute(base, dict(zip(type.declaration.parameters, type.arguments, strict=True)))


def _own_fields(type: NamedType) -> list[tuple[str, Type]]:
    arguments = dict(zip(type.declaration.parameters, type.arguments, strict=True))
    return [(f.name, substitute(f.type, arguments)) for f in type.declaration.fields.values()]


def _place_fields(
    type: NamedType, start: int, inherited: dict[str, Field], align: int
) -> tuple[Layout, dict[str, Field]]:
    packed = type.declaration.packed
    fields = dict(inherited)
    end = start
    shared: tuple[IntType, int, int] | None = None  # integer, its offset, bits used

    for name, field_type in _own_fields(type):
        of_field = layout_of(field_type)
        field_align = 1 if packed else of_field.align
        align = max(align, field_align)
        if isinstance(field_type, BitsType):
            base, width = field_type.base, field_type.width
            if shared is None or shared[0] != base or shared[2] + width > base.bits:
                shared = (base, _round_up(end, field_align), 0)
                end = shared[1] + of_field.size
            fields[name] = Field(name, field_type, shared[1], shared[2], width)
            shared = (base, shared[1], shared[2] + width)
            continue
        shared = None
        offset = _round_up(end, field_align)
        fields[name] = Field(name, field_type, offset)
        end = offset + of_field.size

    align = max(align, type.declaration.align)
    return Layout(_round_up(end, align), align), fields


def _union_layout(type: NamedType) -> tuple[Layout, dict[str, Field]]:
    fields, size, align = {}, 0, max(1, type.declaration.align)
    for name, field_type in _own_fields(type):
        of_field = layout_of(field_type)
        fields[name] = Field(name, field_type, 0)
        size, align = max(size, of_field.size), max(align, of_field.align)
    return Layout(_round_up(size, align), align), fields


def tuple_offsets(items: tuple[Type, ...]) -> list[int]:
    """Return the offset of each item of a tuple where it is stored."""
    offsets, end = [], 0
    for item in items:
        layout = layout_of(item)
        end = _round_up(end, layout.align)
        offsets.append(end)
        end += layout.size
    return offsets


def _in_sequence(layouts: list[Layout]) -> Layout:
    end, align = 0, 1
    for layout in layouts:
        end = _round_up(end, layout.align) + layout.size
        align = max(align, layout.align)
    return Layout(_round_up(end, align), align)


def _round_up(offset: int, align: int) -> int:
    return (offset + align - 1) // align * align
