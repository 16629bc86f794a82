"""How a value of each source type is held by the machine.

    integers, enums       iN of their width                  bool        i1
    Ptr, CFunction,
    UserPtr               ptr                                float       f32, f64
    class, exception,
    str, bytes            ref: the object's address          Weak        weak
    Slice, UserSlice      {ptr first, i64 length}            Format      {ptr code, ptr environment}
    Callable              {ptr code, ref environment}        tuple       {item, ...}
    T | None              as T if that has a null (layout.has_null), else {i1 is_some, T}

A type that is a place (`types.is_place`) is never held: what stands for it is its address, a ptr.
The same goes for `S | None` of such a type, with 0 for None. None itself is held by nothing: void as
a result, no parameter, and an i1 that is never read as an item of a tuple.
"""

from __future__ import annotations

from functools import cache

from compiler import ir
from compiler.ir import (
    F32,
    F64,
    I1,
    I64,
    PTR,
    REF,
    VOID,
    WEAK,
    AggregateType,
    FunctionType,
    IRType,
    aggregate,
)
from compiler.layout import Layout, fields_of, has_null
from compiler.types import (
    BOOL,
    FORMAT,
    NEVER,
    NONE,
    ArrayType,
    BitsType,
    CallableType,
    CFunctionType,
    ClassKind,
    Effect,
    FloatType,
    IntType,
    NamedType,
    OptionalType,
    PointerType,
    Signature,
    SliceType,
    TupleType,
    Type,
    WrappedType,
    is_enum,
    is_reference,
)
from compiler.types import is_place as _is_place

is_place = cache(_is_place)  # once declarations are complete, the answer does not change

SLICE = aggregate(PTR, I64)
CALLABLE = aggregate(PTR, REF)
FORMATTER = aggregate(PTR, PTR)

_INTEGERS = {bits: ir.IRType(f"i{bits}", bits) for bits in (8, 16, 32, 64, 128)}
_INTEGERS.update({t.bits: t for t in (ir.I8, ir.I16, ir.I32, ir.I64, ir.I128)})


@cache
def machine_type(type: Type) -> IRType:
    """Return how a value of `type` is held."""
    match type:
        case IntType(bits=bits):
            return _INTEGERS[bits]
        case FloatType(bits=bits):
            return F32 if bits == 32 else F64
        case BitsType(base=base):
            return _INTEGERS[base.bits]
        case PointerType() | CFunctionType():
            return PTR
        case SliceType():
            return SLICE
        case CallableType():
            return CALLABLE
        case TupleType(items):
            return aggregate(*map(_item_type, items))
        case OptionalType(inner):
            return optional_type(inner)
        case WrappedType(word="UserSlice"):
            return SLICE
        case WrappedType(word="Weak"):
            return WEAK
        case WrappedType():
            return PTR
        case NamedType() if is_enum(type):
            return _INTEGERS[type.declaration.representation.bits]
    if type is BOOL:
        return I1
    if type is FORMAT:
        return FORMATTER
    if type in (NONE, NEVER):
        return VOID
    return REF if is_reference(type) else PTR


def optional_type(inner: Type) -> IRType:
    held = machine_type(inner)
    return held if is_nullable(inner) else aggregate(I1, held)


def is_nullable(inner: Type) -> bool:
    """True if 0 stands for None in `inner | None`; else a flag stands beside the value."""
    return has_null(inner) or is_place(inner)


@cache
def held_layout(type: IRType) -> Layout:
    """Return how a machine value lies in memory: its leaves as the fields of a C struct."""
    if not isinstance(type, AggregateType):
        size = max(1, type.bits // 8)
        return Layout(size, size)
    end, align = 0, 1
    for item in map(held_layout, type.items):
        end = -(-end // item.align) * item.align + item.size
        align = max(align, item.align)
    return Layout(-(-end // align) * align, align)


def _item_type(type: Type) -> IRType:
    held = machine_type(type)
    return I1 if held is VOID else held


def returns_place(signature: Signature) -> bool:
    """True if a call builds its result in memory that the caller provides."""
    return is_place(signature.result) and not signature.returns_view


def function_type(signature: Signature, may_raise: bool | None = None) -> FunctionType:
    """Return how the machine sees a function: a fresh place comes back through a first, hidden
    parameter. `may_raise` is used unless the signature promises that nothing is raised."""
    parameters = [machine_type(each) for each in signature.parameters]
    result = machine_type(signature.result)
    if returns_place(signature):
        parameters, result = [PTR, *parameters], VOID
    if Effect.NO_RAISE in signature.effects:
        may_raise = False
    return FunctionType(tuple(p for p in parameters if p is not VOID), result, may_raise)


def callable_signature(type: CallableType | CFunctionType) -> Signature:
    return Signature(type.parameters, type.result, False, type.effects)


def callable_function_type(signature: Signature) -> FunctionType:
    """Return the type of a Callable's code: the environment comes before all else, and whatever
    it promises, there is room for an exception."""
    plain = function_type(signature)
    return FunctionType((PTR, *plain.parameters), plain.result, may_raise=True)


@cache
def holds_references(type: Type) -> bool:
    """True if a stored `type` holds counted references, so that it must be dropped."""
    match type:
        case ArrayType(element, length):
            return length > 0 and holds_references(element)
        case WrappedType(word="Rcu"):
            return True
        case WrappedType(word="Atomic" | "Volatile") | NamedType(kind=ClassKind.UNION):
            return False
        case NamedType(kind=ClassKind.STRUCT):
            return any(holds_references(field.type) for field in fields_of(type).values())
    return ir.is_counted(machine_type(type))


def is_signed(type: Type) -> bool:
    """True for a signed integer and an enum over one."""
    match type:
        case IntType(signed=signed):
            return signed
        case NamedType() if is_enum(type):
            return type.declaration.representation.signed
    return False


def integer_of(type: Type) -> IntType:
    """Return the integer type as which a number of `type` computes."""
    match type:
        case NamedType() if is_enum(type):
            return type.declaration.representation
        case BitsType(base=base):
            return base
    assert isinstance(type, IntType), type
    return type
