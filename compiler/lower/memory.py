"""Memory: where things are, and how they get in and out.

A `Place` is an address with the type of what is there, and as much as is known of its alignment
(members of packed structs have less than their type's). A bit-field's place is that of the
integer it is in. A local that is not in memory is a place without an address.

Indices. A checked index is compared with the length once, as an unsigned number; a negative one,
where the type allows it, first has the length added. Bounds of `s[a:b]` are clamped as in Python.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import I1, I64, PTR, Cast, Constant, Op, Predicate, Symbol, Value
from compiler.layout import Field, layout_of
from compiler.lower.function import place_of, value_of
from compiler.lower.representation import SLICE, holds_references, is_place, is_signed, machine_type
from compiler.types import (
    BYTES,
    STR,
    ArrayType,
    BitsType,
    ClassKind,
    IntType,
    NamedType,
    PointerType,
    SliceType,
    Type,
    WrappedType,
)

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering

OBJECT_ALIGN = 16

ELEMENT = "core.containers.storage.Slot"  # the struct around each element of a list

TEXT = "core.containers.text.Text"  # any str has its fields

# Fields of str and bytes objects (compiler/ir.py).
TEXT_DATA, TEXT_SIZE, STR_LENGTH = 16, 24, 32


@dataclass
class Place:
    """Where something is. `local`: a local outside memory, which has no address."""

    address: Value | None
    type: Type
    align: int = 1
    field: Field | None = None  # of a bit-field
    local: tree.Local | None = None
    part: ir.Part | None = None  # of memory


# Loads and stores ----------------------------------------------------------------------------


def load_place(f: FunctionLowering, place: Place) -> Value:
    """Return the value at a place; of a place-typed one, its address."""
    if place.local is not None:
        return f.read_local(place.local)
    if is_place(place.type):
        return place.address
    if isinstance(place.type, BitsType):
        return _load_bits(f, place)
    held = machine_type(place.type)
    if held is ir.VOID:
        return Constant(I1, 0)
    return f.load(place.address, held, align=_stated_align(place), part=place.part)


def store_place(f: FunctionLowering, place: Place, value: Value, initialises: bool = False) -> None:
    """Put a value that is no place where `place` is."""
    if place.local is not None:
        f.write_local(place.local, value)
    elif isinstance(place.type, BitsType):
        _store_bits(f, place, value)
    elif machine_type(place.type) is not ir.VOID:
        align = _stated_align(place)
        f.store(place.address, value, align=align, initialises=initialises, part=place.part)


def _stated_align(place: Place) -> int:
    """Return 0 where the alignment is natural, as nearly always."""
    return 0 if place.align >= layout_of(place.type).align else place.align


def _load_bits(f: FunctionLowering, place: Place) -> Value:
    field, base = place.field, place.type.base
    held = machine_type(base)
    whole = f.load(place.address, held, align=_stated_align(place))
    if base.signed:
        above = Constant(held, base.bits - field.bit - field.bits)
        raised = f.binary(Op.SHL, whole, above)
        return f.binary(Op.ASHR, raised, Constant(held, base.bits - field.bits))
    lowered = f.binary(Op.LSHR, whole, Constant(held, field.bit))
    if field.bit + field.bits == base.bits:
        return lowered
    return f.binary(Op.AND, lowered, Constant(held, (1 << field.bits) - 1))


def _store_bits(f: FunctionLowering, place: Place, value: Value) -> None:
    held = machine_type(place.type)
    align = _stated_align(place)
    whole = f.load(place.address, held, align=align)
    others = f.binary(Op.AND, whole, Constant(held, ~shifted_mask(place.field)))
    bits = bits_in_place(f, place.type, place.field, value)
    f.store(place.address, f.binary(Op.OR, others, bits), align=align)


def shifted_mask(field: Field) -> int:
    return ((1 << field.bits) - 1) << field.bit


def bits_in_place(f: FunctionLowering, type: BitsType, field: Field, value: Value) -> Value:
    """Return a bit-field's value, which must fit, shifted to where it belongs."""
    held, base = value.type, type.base
    if field.bits == base.bits:
        return value
    mask = (1 << field.bits) - 1
    if base.signed:
        half = Constant(held, 1 << (field.bits - 1))
        fits = f.compare(Predicate.ULE, f.binary(Op.ADD, value, half), Constant(held, mask))
    else:
        fits = f.compare(Predicate.ULE, value, Constant(held, mask))
    f.check(fits, "CONVERSION", f.resize(value, I64, base.signed))
    if base.signed:
        value = f.binary(Op.AND, value, Constant(held, mask))
    return f.binary(Op.SHL, value, Constant(held, field.bit))


def copy_place(f: FunctionLowering, target: Value, source: Value, type: Type) -> None:
    """Make a second one of what is at `source` in memory that holds nothing yet."""
    if holds_references(type):
        f.unit.objects.call_copy(f, type, target, source)
    else:
        f.copy_memory(target, source, layout_of(type))


def move_place(f: FunctionLowering, target: Value, source: ir.Local, type: Type) -> None:
    """Move what a temporary holds to memory that holds nothing yet."""
    address = f.local_address(source)
    f.copy_memory(target, address, layout_of(type))
    if source.drop is not None:
        f.zero_memory(address, layout_of(type))


def replace_place(f: FunctionLowering, target: Value, source: ir.Local, type: Type) -> None:
    """Move what a temporary holds to a place, and drop what was there after that."""
    if source.drop is not None:
        old = f.temporary(type, "replaced")
        f.copy_memory(f.local_address(old), target, layout_of(type))
    move_place(f, target, source, type)


# Places --------------------------------------------------------------------------------------


@place_of(tree.Expression)
def place_of_value(f: FunctionLowering, node: tree.Expression) -> Place:
    """A fresh place (in a temporary), a view that a call returned, or a value that is no place."""
    if is_place(node.type):
        return Place(f.value(node), node.type, layout_of(node.type).align)
    local = f.temporary(node.type)
    address = f.local_address(local)
    f.store(address, f.value(node))
    return Place(address, node.type, layout_of(node.type).align)


@place_of(tree.LocalRef)
def place_of_local(f: FunctionLowering, node: tree.LocalRef) -> Place:
    local = node.local
    if not is_place(local.type) and not f.is_in_memory(local):
        return Place(None, local.type, local=local)
    return Place(f.local_place(local), local.type, layout_of(local.type).align)


@place_of(tree.VariableRef)
def place_of_variable(f: FunctionLowering, node: tree.VariableRef) -> Place:
    variable = node.variable
    align = max(variable.align, layout_of(variable.type).align)
    return Place(Symbol(PTR, variable.symbol), variable.type, align)


@place_of(tree.StaticRef)
def place_of_static(f: FunctionLowering, node: tree.StaticRef) -> Place:
    return Place(f.unit.statics.address(node.static), node.type, layout_of(node.type).align)


@place_of(tree.Deref)
def place_of_target(f: FunctionLowering, node: tree.Deref) -> Place:
    return Place(f.value(node.pointer), node.type, layout_of(node.type).align)


@place_of(tree.FieldRef)
def place_of_field(f: FunctionLowering, node: tree.FieldRef) -> Place:
    field = node.field
    base = base_place(f, node.object)
    bits = field if field.bits else None
    address = f.offset(base.address, field.offset)
    align = align_at(base.align, field.offset)
    return Place(address, field.type, align, bits, part=_part_of(node.object.type, field.offset))


def _part_of(owner: Type, offset: int) -> ir.Part | None:
    """Return which part of memory the field of an owner at an offset is."""
    if isinstance(owner, PointerType):  # as `borrow` gives it
        owner = owner.target
    if not isinstance(owner, NamedType):
        return None
    if owner.declaration.symbol == TEXT:
        return ir.text_part(offset)
    if owner.kind is ClassKind.CLASS:
        return ir.field_part(offset)
    return ir.ELEMENT if owner.declaration.symbol == ELEMENT else None


def base_place(f: FunctionLowering, node: tree.Expression) -> Place:
    """Return where the fields of an object start, be it a place, a pointer or a reference."""
    type = node.type
    if is_place(type):
        return f.place(node)
    if isinstance(type, PointerType):
        return Place(f.value(node), type.target, layout_of(type.target).align)
    return Place(f.value(node), type, OBJECT_ALIGN)


def align_at(align: int, offset: int) -> int:
    """Return the alignment known of an address `offset` beyond one aligned to `align`."""
    at = align | offset
    return at & -at


@place_of(tree.IndexRef)
def place_of_element(f: FunctionLowering, node: tree.IndexRef) -> Place:
    stride = layout_of(node.type).size
    base, type = node.base, node.base.type
    align = layout_of(node.type).align
    if isinstance(type, ArrayType):
        array = f.place(base)
        align = min(align, array.align)
        pointer, length = array.address, Constant(I64, type.length)
    elif isinstance(type, PointerType):
        pointer = f.value(base)
        return Place(f.index(pointer, position(f, node.index), stride), node.type, align)
    else:
        pointer, length = view_of(f, base)
    index = checked_index(f, node.index, length) if node.checked else position(f, node.index)
    return Place(f.index(pointer, index, stride), node.type, align)


@value_of(tree.FieldRef, tree.IndexRef, tree.Deref, tree.VariableRef)
def load_of_place(f: FunctionLowering, node: tree.Expression) -> Value:
    place = f.place(node)
    if isinstance(node, tree.IndexRef) and node.base.type is BYTES:
        return f.load(place.address, machine_type(node.type), invariant=True)
    return load_place(f, place)


@value_of(tree.LocalRef)
def value_of_local(f: FunctionLowering, node: tree.LocalRef) -> Value:
    return f.read_local(node.local)


@value_of(tree.StaticRef)
def value_of_static(f: FunctionLowering, node: tree.StaticRef) -> Value:
    return f.unit.statics.address(node.static)


# Indices and views ---------------------------------------------------------------------------


def position(f: FunctionLowering, node: tree.Expression) -> Value:
    """Return an index as the i64 that it is known to fit."""
    return f.resize(f.value(node), I64, is_signed(node.type))


def checked_index(f: FunctionLowering, node: tree.Expression, length: Value) -> Value:
    """Return an index of `length` elements, which fails unless there is such an element."""
    signed = is_signed(node.type)
    if isinstance(node.type, IntType) and node.type.bits > 64:
        return _checked_wide_index(f, node, length)
    index = position(f, node)
    if isinstance(length, Constant) and _maximum(node) < length.value and not signed:
        return index
    return in_bounds(f, index, length, signed)


def in_bounds(f: FunctionLowering, index: Value, length: Value, signed: bool) -> Value:
    """Return where the element of an index lies, which fails unless there is one of `length`."""
    if signed:
        from_end = f.binary(Op.ADD, index, length)
        index = f.select(f.compare(Predicate.SLT, index, Constant(I64, 0)), from_end, index)
    f.check(f.compare(Predicate.ULT, index, length), "BOUNDS", index, length)
    return index


def _checked_wide_index(f: FunctionLowering, node: tree.Expression, length: Value) -> Value:
    wide = f.value(node)
    limit = f.resize(length, wide.type, signed=False)
    if is_signed(node.type):
        is_negative = f.compare(Predicate.SLT, wide, Constant(wide.type, 0))
        wide = f.select(is_negative, f.binary(Op.ADD, wide, limit), wide)
    index = f.resize(wide, I64, signed=False)
    f.check(f.compare(Predicate.ULT, wide, limit), "BOUNDS", index, length)
    return index


def _maximum(node: tree.Expression) -> int:
    """Return a number that an unsigned index cannot exceed, by its form alone."""
    match node:
        case tree.Literal(value=value):
            return value
        case tree.Convert(conversion=tree.Conversion.WIDEN, operand=operand):
            return _maximum(operand)
        case tree.Convert(conversion=tree.Conversion.BOOL_TO_INT):
            return 1
        case tree.Binary(operator=tree.BinaryOperator.AND, left=left, right=right):
            return min(_maximum(left), _maximum(right))
        case tree.Binary(operator=tree.BinaryOperator.MODULO, right=tree.Literal(value=divisor)):
            return divisor - 1
        case tree.Expression(type=IntType() as type):
            return type.maximum
    return 1 << 128


def view_of(f: FunctionLowering, node: tree.Expression) -> tuple[Value, Value]:
    """Return the first element's address and the length of an Array place, Slice, str (its
    encoding) or bytes."""
    type = node.type
    if isinstance(type, ArrayType):
        return f.address(node), Constant(I64, type.length)
    if type in (STR, BYTES):
        if isinstance(node, tree.StringLiteral):
            return f.unit.statics.text_view(node.value)
        text = f.value(node)
        return (
            text_field(f, text, type, TEXT_DATA, PTR),
            text_field(f, text, type, TEXT_SIZE, I64),
        )
    view = f.value(node)
    return f.extract(view, 0), f.extract(view, 1)


def text_field(f: FunctionLowering, text: Value, type: Type, offset: int, held: ir.IRType) -> Value:
    """Load a field of a str or bytes object."""
    part = ir.text_part(offset) if type is STR else None
    return f.load(f.offset(text, offset), held, invariant=True, part=part)


def element_of(type: Type) -> Type:
    """Return what a view of `type` has as elements."""
    match type:
        case ArrayType(element) | SliceType(element) | WrappedType(inner=element):
            return element
    return _BYTE


_BYTE = IntType("u8", 8, False)


@value_of(tree.SliceValue)
def lower_slice_value(f: FunctionLowering, node: tree.SliceValue) -> Value:
    pointer = f.value(node.pointer)
    return f.make(SLICE, pointer, f.value(node.length))


@value_of(tree.SliceOf)
def lower_slice_of(f: FunctionLowering, node: tree.SliceOf) -> Value:
    pointer, length = view_of(f, node.base)
    start = Constant(I64, 0) if node.start is None else _clamped(f, node.start, length)
    stop = length if node.stop is None else _clamped(f, node.stop, length)
    if isinstance(start, Constant) and start.value == 0:
        return f.make(SLICE, pointer, stop)
    start = _least(f, start, stop)
    stride = layout_of(element_of(node.base.type)).size
    return f.make(SLICE, f.index(pointer, start, stride), f.binary(Op.SUB, stop, start))


def _clamped(f: FunctionLowering, bound: tree.Expression, length: Value) -> Value:
    """Return a bound of a slice as a number between 0 and the length."""
    value = position(f, bound)
    if is_signed(bound.type):
        zero = Constant(I64, 0)
        from_end = f.binary(Op.ADD, value, length)
        from_end = f.select(f.compare(Predicate.SLT, from_end, zero), zero, from_end)
        value = f.select(f.compare(Predicate.SLT, value, zero), from_end, value)
    return _least(f, value, length)


def _least(f: FunctionLowering, first: Value, second: Value) -> Value:
    if first is second:
        return first
    return f.select(f.compare(Predicate.ULT, first, second), first, second)


@value_of(tree.Length)
def lower_length(f: FunctionLowering, node: tree.Length) -> Value:
    if node.operand.type is STR:
        if isinstance(node.operand, tree.StringLiteral):
            return Constant(I64, len(node.operand.value))
        return text_field(f, f.value(node.operand), STR, STR_LENGTH, I64)
    return f.resize(view_of(f, node.operand)[1], machine_type(node.type), signed=False)


# Addresses -----------------------------------------------------------------------------------


@value_of(tree.AddressOf)
def lower_address_of(f: FunctionLowering, node: tree.AddressOf) -> Value:
    return f.address(node.place)


@value_of(tree.OwnerOf)
def lower_owner_of(f: FunctionLowering, node: tree.OwnerOf) -> Value:
    return f.offset(base_place(f, node.member).address, -node.offset)


@value_of(tree.PointerOffset)
def lower_pointer_offset(f: FunctionLowering, node: tree.PointerOffset) -> Value:
    pointer = f.value(node.pointer)
    count = position(f, node.count)
    if node.negate:
        count = f.binary(Op.SUB, Constant(I64, 0), count)
    return f.index(pointer, count, _stride(node.pointer.type))


@value_of(tree.PointerDifference)
def lower_pointer_difference(f: FunctionLowering, node: tree.PointerDifference) -> Value:
    """Elements between two pointers of one type; the bytes between them are a multiple."""
    left = f.convert(Cast.POINTER_TO_INT, f.value(node.left), I64)
    right = f.convert(Cast.POINTER_TO_INT, f.value(node.right), I64)
    stride = _stride(node.left.type)
    difference = f.binary(Op.SUB, left, right)
    if stride & (stride - 1) == 0:
        return f.binary(Op.ASHR, difference, Constant(I64, stride.bit_length() - 1))
    return f.binary(Op.SDIV, difference, Constant(I64, stride))


def _stride(pointer: Type) -> int:
    assert isinstance(pointer, PointerType)
    return max(1, layout_of(pointer.target).size)
