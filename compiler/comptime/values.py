"""Compile-time values and types: which type a value has, and whether it is one of a type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from compiler.comptime.fold import TypedInt, type_of
from compiler.layout import base_of
from compiler.source import CompileError, Span
from compiler.types import (
    BOOL,
    BROKEN,
    BYTES,
    F64,
    INT,
    NONE,
    STR,
    ArrayType,
    BitsType,
    CallableType,
    CFunctionType,
    ClassKind,
    FloatType,
    FunctionDeclaration,
    IntType,
    NamedType,
    OptionalType,
    PointerType,
    SingleType,
    SliceType,
    Static,
    StaticAddress,
    StaticSlice,
    TupleType,
    Type,
    WrappedType,
    is_enum,
    is_place,
    is_reference,
    substitute,
)

_CELLS = ("Atomic", "Volatile", "PerCpu", "Rcu", "Weak")


@dataclass(frozen=True)
class CompileTimeOnly:
    """A value of one of Python's types that a program has not: other compile-time code may use it.

    Its type has that name, and nothing at run time takes it.
    """

    type_name: str


def own_type(value: Any) -> Type | None:
    """Return the type that a value has by itself; None for an integer without one."""
    match value:
        case TypedInt() | Static() | StaticAddress() | StaticSlice():
            return value.type
        case bool():
            return BOOL
        case int():
            return None
        case float():
            return F64
        case str():
            return STR
        case bytes():
            return BYTES
        case None:
            return NONE
        case tuple():
            return TupleType(tuple(own_type(item) or INT for item in value))
        case FunctionDeclaration():
            types = tuple(each.type for each in value.parameters)
            return CallableType(types, value.result, value.effects)
        case CompileTimeOnly(type_name):
            return SingleType(type_name)
    return BROKEN


def plain(value: Any) -> Any:
    """Return a value without the types that its integers carry."""
    if isinstance(value, TypedInt):
        return int(value)
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    return value


def adopt(value: Any, type: Type, span: Span) -> Any:
    """Return a value as one of the type that is stated for it.

    Raises:
        CompileError: it is none.
    """
    own = type_of(value)
    is_number = isinstance(value, int) and not isinstance(value, bool)
    match type:
        case _ if type is BROKEN:
            return plain(value)
        case WrappedType(word=word, inner=inner) if word in _CELLS:
            return adopt(value, inner, span)
        case OptionalType(inner=inner):
            return None if value is None else adopt(value, inner, span)
        case IntType() if is_number and (own is None or isinstance(own, IntType) or is_enum(own)):
            return _fitting(value, type, type.minimum, type.maximum, span)
        case BitsType(width=width) if is_number:
            return _fitting(value, type, 0, (1 << width) - 1, span)
        case FloatType() if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
        case TupleType(items=items) if isinstance(value, tuple) and len(value) == len(items):
            return tuple(adopt(*pair, span) for pair in zip(value, items, strict=True))
        case CallableType() if isinstance(value, FunctionDeclaration):
            if own_type(value) == CallableType(type.parameters, type.result, value.effects):
                return value
        case CFunctionType() if isinstance(value, FunctionDeclaration):
            own = own_type(value)
            if (own.parameters, own.result) == (type.parameters, type.result):
                return value
        case PointerType() if isinstance(value, StaticAddress) and _points_at(value, type):
            return value
        case NamedType() if isinstance(value, Static) and _derives(value.type, type):
            return value
        case SliceType() if isinstance(value, bytes) or _has_elements(value, type):
            return value
        case _ if own_type(value) == type:
            return plain(value)
    raise _mismatch(value, type, span)


def zero(type: Type) -> Any:
    """Return the value of a type whose bytes are all 0."""
    match type:
        case WrappedType(word=word, inner=inner) if word in _CELLS:
            return zero(inner)
        case OptionalType():
            return None
        case ArrayType(element, length):
            return Static(type, (zero(element),) * length)
        case TupleType(items):
            return tuple(map(zero, items))
        case NamedType(declaration=declaration) if is_place(type):
            bindings = dict(zip(declaration.parameters, type.arguments, strict=True))
            fields = declaration.fields.values()
            return Static(type, tuple(zero(substitute(each.type, bindings)) for each in fields))
    return False if type is BOOL else 0.0 if isinstance(type, FloatType) else 0


def zero_is_valid(type: Type) -> bool:
    """True if a value of `type` may have every byte 0."""
    match type:
        case PointerType() | CallableType() | CFunctionType() | SliceType():
            return False
        case OptionalType():
            return True
        case ArrayType(element, length):
            return length == 0 or zero_is_valid(element)
        case TupleType(items):
            return all(map(zero_is_valid, items))
        case WrappedType(word, inner):
            return word == "UserSlice" or word not in ("Weak", "UserPtr") and zero_is_valid(inner)
        case NamedType(declaration=declaration, kind=ClassKind.INT_ENUM):
            return 0 in declaration.members.values()
        case NamedType(declaration=declaration, kind=ClassKind.STRUCT | ClassKind.UNION):
            bindings = dict(zip(declaration.parameters, type.arguments, strict=True))
            types = [substitute(each.type, bindings) for each in declaration.fields.values()]
            return all(map(zero_is_valid, types))
    return not is_reference(type)


def _fitting(value: int, type: Type, minimum: int, maximum: int, span: Span) -> int:
    if minimum <= value <= maximum:
        return int(value)
    raise CompileError(
        span, f"{int(value)} does not fit {type}", f"it holds {minimum} to {maximum}"
    )


def _points_at(value: StaticAddress, type: PointerType) -> bool:
    return value.type == type or type.target is NONE


def _has_elements(value: Any, type: SliceType) -> bool:
    match value:
        case StaticSlice():
            return value.type == type
        case Static(type=ArrayType(element=element)):
            return element == type.element
    return False


def _derives(type: Type, base: NamedType) -> bool:
    each: Type | None = type
    while isinstance(each, NamedType):
        if each == base:
            return True
        each = base_of(each)
    return False


def _mismatch(value: Any, type: Type, span: Span) -> CompileError:
    if value is None:
        hint = "" if is_place(type) else f"declare it as {type} | None"
        return CompileError(span, f"None is no {type}", hint)
    own = own_type(value) or INT
    return CompileError(span, f"the value is of type '{own}', and '{type}' is declared")
