"""Conversions between types, each named by check in the tree.

A conversion that may lose something compares once: a value that fits survives being cut to the new
width and extended again; from an unsigned type it is enough to compare with the maximum, and a
negative number is above every maximum when read as unsigned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compiler import ir, tree
from compiler.ir import F64, I1, I64, PTR, REF, Cast, Constant, Op, Predicate, Value
from compiler.layout import layout_of
from compiler.lower import memory
from compiler.lower.expressions import zero_of
from compiler.lower.function import value_of
from compiler.lower.representation import (
    SLICE,
    integer_of,
    is_nullable,
    is_place,
    is_signed,
    machine_type,
)
from compiler.tree import Conversion
from compiler.types import (
    ClassKind,
    FloatType,
    IntType,
    NamedType,
    PointerType,
    is_reference,
)

if TYPE_CHECKING:
    from compiler.lower.function import FunctionLowering


@value_of(tree.Convert)
def lower_convert(f: FunctionLowering, node: tree.Convert) -> Value:
    return _LOWERED[node.conversion](f, node)


def _same(f: FunctionLowering, node: tree.Convert) -> Value:
    """The machine value is the same."""
    return f.value(node.operand)


# Numbers -------------------------------------------------------------------------------------


def _widen(f: FunctionLowering, node: tree.Convert) -> Value:
    value = f.value(node.operand)
    if isinstance(node.type, FloatType):
        return f.convert(Cast.FLOAT_EXTEND, value, machine_type(node.type))
    return f.resize(value, machine_type(node.type), is_signed(node.operand.type))


def _check_fit(f: FunctionLowering, node: tree.Convert) -> Value:
    value = f.value(node.operand)
    if isinstance(node.type, FloatType):
        return f.convert(Cast.FLOAT_TRUNCATE, value, machine_type(node.type))
    return fitting(f, value, integer_of(node.operand.type), integer_of(node.type))


def fitting(f: FunctionLowering, value: Value, own: IntType, to: IntType) -> Value:
    """Return an integer as a `to`; fails if it does not fit."""
    held = machine_type(to)
    if to.minimum <= own.minimum and own.maximum <= to.maximum:
        return f.resize(value, held, own.signed)
    if own.signed and to.signed:
        cut = f.resize(value, held, signed=True)
        fits = f.compare(Predicate.EQ, f.resize(cut, value.type, signed=True), value)
    elif own.signed and to.bits >= own.bits:
        fits = f.compare(Predicate.SGE, value, Constant(value.type, 0))
    else:
        fits = f.compare(Predicate.ULE, value, Constant(value.type, to.maximum))
    f.check(fits, "CONVERSION", f.resize(value, I64, own.signed))
    return f.resize(value, held, own.signed)


def _truncate(f: FunctionLowering, node: tree.Convert) -> Value:
    return f.resize(f.value(node.operand), machine_type(node.type), is_signed(node.operand.type))


def _int_to_float(f: FunctionLowering, node: tree.Convert) -> Value:
    signed = is_signed(node.operand.type)
    cast = Cast.SIGNED_TO_FLOAT if signed else Cast.UNSIGNED_TO_FLOAT
    return f.convert(cast, f.value(node.operand), machine_type(node.type))


def _float_to_int(f: FunctionLowering, node: tree.Convert) -> Value:
    """Rounds toward zero; a float that is no number fails both comparisons."""
    to = integer_of(node.type)
    value = f.value(node.operand)
    if value.type is not F64:
        value = f.convert(Cast.FLOAT_EXTEND, value, F64)
    above = f.compare(Predicate.FGT, value, Constant(F64, _float_below(to.minimum)))
    below = f.compare(Predicate.FLT, value, Constant(F64, float(to.maximum + 1)))
    f.check(f.binary(Op.AND, above, below), "CONVERSION")
    cast = Cast.FLOAT_TO_SIGNED if to.signed else Cast.FLOAT_TO_UNSIGNED
    return f.convert(cast, value, machine_type(to))


def _float_below(minimum: int) -> float:
    """Return the greatest float whose integer part is below `minimum`."""
    exact = float(minimum - 1)
    return exact if exact < minimum else float(minimum) * (1 + 2.0**-52)


def _bool_to_int(f: FunctionLowering, node: tree.Convert) -> Value:
    return f.convert(Cast.ZERO_EXTEND, f.value(node.operand), machine_type(node.type))


def _bits(f: FunctionLowering, node: tree.Convert) -> Value:
    """`bit_cast`: through memory where one of the two lives there."""
    own, to = node.operand.type, node.type
    if is_place(own) or is_place(to):
        return _bits_through_memory(f, node)
    value, held = f.value(node.operand), machine_type(to)
    if value.type is held:
        return value
    if value.type is PTR:
        return f.convert(Cast.POINTER_TO_INT, value, held)
    return f.convert(Cast.INT_TO_POINTER if held is PTR else Cast.BITS, value, held)


def _bits_through_memory(f: FunctionLowering, node: tree.Convert) -> Value:
    own, to = node.operand.type, node.type
    if is_place(own):
        source = f.address(node.operand)
        if is_place(to):
            address = f.local_address(f.temporary(to, "bits"))
            f.copy_memory(address, source, layout_of(own))
            return address
        align = min(layout_of(own).align, layout_of(to).align)
        return f.load(source, machine_type(to), align=align)
    value = f.value(node.operand)
    address = f.local_address(f.temporary(to, "bits"))
    f.store(address, value, align=min(layout_of(own).align, layout_of(to).align))
    return address


# Enumerations --------------------------------------------------------------------------------


def _int_to_enum(f: FunctionLowering, node: tree.Convert) -> Value:
    to = node.type
    value = f.value(node.operand)
    number = integer_of(to)
    own = integer_of(node.operand.type)
    value = fitting(f, value, own, number)
    if to.kind is ClassKind.INT_ENUM:
        _check_member(f, value, sorted(set(to.declaration.members.values())), number)
    return value


def _check_member(f: FunctionLowering, value: Value, members: list[int], type: IntType) -> None:
    """Fail unless `value` is among `members`.

    Members without a gap are one comparison. Otherwise:

    before:  switch value: each member -> member, else stranger
    stranger: check False
    member:
    """
    first, last = members[0], members[-1]
    if len(members) == last - first + 1:
        distance = f.binary(Op.SUB, value, Constant(value.type, first))
        is_member = f.compare(Predicate.ULE, distance, Constant(value.type, last - first))
        f.check(is_member, "MEMBER", f.resize(value, I64, type.signed))
        return
    member, stranger = f.new_blocks("member", "stranger")
    f.add(ir.Switch(value, [(number, member) for number in members], stranger))
    f.start(stranger)
    f.check(Constant(I1, False), "MEMBER", f.resize(value, I64, type.signed))
    f.add(ir.Unreachable())
    f.start(member)


# Pointers and references ---------------------------------------------------------------------


def _pointer_to_int(f: FunctionLowering, node: tree.Convert) -> Value:
    operand = node.operand
    if isinstance(operand.type, NamedType) and is_reference(operand.type):
        address = f.convert(Cast.BORROW, f.value(operand), PTR)
        return f.convert(Cast.POINTER_TO_INT, address, I64)
    value = f.value(operand)
    if value.type is SLICE:
        value = f.extract(value, 0)
    return f.convert(Cast.POINTER_TO_INT, value, machine_type(node.type))


def _int_to_pointer(f: FunctionLowering, node: tree.Convert) -> Value:
    """A Ptr is never 0, which checked builds see to; a program may hand over what it likes."""
    address = f.resize(f.value(node.operand), I64, is_signed(node.operand.type))
    if isinstance(node.type, PointerType) and f.options.checked:
        f.check(f.is_not_zero(address), "NULL")
    return f.convert(Cast.INT_TO_POINTER, address, PTR)


def _some(f: FunctionLowering, node: tree.Convert) -> Value:
    value = f.address(node.operand) if is_place(node.operand.type) else f.value(node.operand)
    if is_nullable(node.type.inner):
        return value
    return f.make(machine_type(node.type), Constant(I1, True), value)


def _unwrap(f: FunctionLowering, node: tree.Convert) -> Value:
    value = f.value(node.operand)
    return value if is_nullable(node.operand.type.inner) else f.extract(value, 1)


def _none(f: FunctionLowering, node: tree.Convert) -> Value:
    if not isinstance(node.operand, tree.Literal):
        f.value(node.operand)
    return zero_of(node.type)


def _array_to_slice(f: FunctionLowering, node: tree.Convert) -> Value:
    return f.make(SLICE, *memory.view_of(f, node.operand))


def _borrow(f: FunctionLowering, node: tree.Convert) -> Value:
    return f.convert(Cast.BORROW, f.value(node.operand), PTR)


def _retain(f: FunctionLowering, node: tree.Convert) -> Value:
    return f.convert(Cast.RETAIN, f.value(node.operand), REF)


def _assume(f: FunctionLowering, node: tree.Convert) -> Value:
    return f.convert(Cast.ASSUME, f.value(node.operand), REF)


_LOWERED = {
    Conversion.WIDEN: _widen,
    Conversion.CHECKED: _check_fit,
    Conversion.TRUNCATE: _truncate,
    Conversion.INT_TO_FLOAT: _int_to_float,
    Conversion.FLOAT_TO_INT: _float_to_int,
    Conversion.BOOL_TO_INT: _bool_to_int,
    Conversion.INT_TO_ENUM: _int_to_enum,
    Conversion.ENUM_TO_INT: _truncate,
    Conversion.BITS: _bits,
    Conversion.POINTER: _same,
    Conversion.POINTER_TO_INT: _pointer_to_int,
    Conversion.INT_TO_POINTER: _int_to_pointer,
    Conversion.SOME: _some,
    Conversion.UNWRAP: _unwrap,
    Conversion.NONE_TO_OPTIONAL: _none,
    Conversion.UPCAST: _same,
    Conversion.DOWNCAST: _same,
    Conversion.ARRAY_TO_SLICE: _array_to_slice,
    Conversion.BYTES_TO_SLICE: _array_to_slice,
    Conversion.BORROW: _borrow,
    Conversion.RETAIN: _retain,
    Conversion.ASSUME: _assume,
}
