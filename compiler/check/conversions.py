"""Conversions: which values fit where, without and with a word in the source.

Without a word a value converts where nothing can be lost and nothing surprising happens:

    literal -> any integer type that holds it          integer -> wider integer
    bool -> integer                                    enum -> integer that holds its representation
    T -> T | None, None -> T | None                    class -> base class (Ptr of it, too)
    int -> int | str (value_unions.py)
    Array[T, N] -> Slice[T]                            bytes -> Slice[u8]
    Ptr[T] -> Ptr[None]                                Callable -> Callable with fewer promises

Everything else is an error that names the conversion to write.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from compiler import tree
from compiler.layout import base_of
from compiler.tree import Conversion, Convert, Expression, Literal
from compiler.types import (
    BOOL,
    BYTES,
    FORMAT,
    I128,
    INT,
    NEVER,
    NONE,
    STR,
    U8,
    U64,
    U128,
    ArrayType,
    BitsType,
    CallableType,
    CFunctionType,
    ClassKind,
    FloatType,
    GeneratorType,
    IntType,
    NamedType,
    OptionalType,
    PointerType,
    SliceType,
    TupleType,
    Type,
    WrappedType,
    is_enum,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


class LiteralType(Type):
    """The type of an integer literal, named constant or their arithmetic, before its context gives
    it one: of a `Literal`, or of a `Conditional` between such. Never in the finished tree."""

    def __str__(self) -> str:
        return "int"


LITERAL = LiteralType()


def settle(check: Checker, literal: Expression) -> Expression:
    """Give a literal without context the type `int`."""
    if isinstance(literal, tree.Conditional):
        return _each_branch(literal, INT, lambda branch: settle(check, branch))
    if not INT.holds(literal.value):
        raise check.error(
            literal.span,
            f"{shown(literal.value)} does not fit 'int', which has 64 bits and a sign",
            _type_for(literal.value),
        )
    return Literal(literal.span, INT, literal.value)


def _type_for(value: int) -> str:
    wide = next((t for t in (U64, I128, U128) if t.holds(value)), None)
    return f"state its type, such as {wide}({shown(value)})" if wide else "no type holds it"


def shown(value: int) -> str:
    """Return a number for a message: hexadecimal where that is easier to compare."""
    if not -(1 << 128) < value < 1 << 129:
        return "a number of this size"
    return str(value) if abs(value) < 100_000 else hex(value)


def convert(check: Checker, value: Expression, to: Type, node: ast.AST) -> Expression:
    """Return `value` as a `to`, or report that it does not convert by itself."""
    result = try_convert(check, value, to)
    if result is None:
        raise mismatch(check, value, to, node)
    return result


def try_convert(check: Checker, value: Expression, to: Type) -> Expression | None:
    """Return `value` as a `to`; None if it does not convert by itself."""
    own = value.type
    if own is to or own == to:
        return value
    if own is LITERAL:
        return _from_literal(check, value, to)
    if own is NEVER:
        return value

    match to:
        case IntType():
            return _to_integer(value, to)
        case OptionalType(inner):
            return _to_optional(check, value, to, inner)
        case SliceType(element):
            return _to_slice(check, value, to, element)
        case NamedType():
            return _to_named(check, value, to)
        case PointerType(target):
            return _to_pointer(value, to, target)
        case FloatType(bits=bits):
            if isinstance(own, FloatType) and own.bits < bits:
                return Convert(value.span, to, Conversion.WIDEN, value)
            from compiler.check import value_unions

            return value_unions.to_float(check, value, to)
        case GeneratorType():
            from compiler.check import generator_values

            return generator_values.to_generator(check, value, to)
        case CallableType(parameters=(), result=GeneratorType()) if _is_no_code(own):
            from compiler.check import generator_values

            return generator_values.to_iterable(check, value, to)
        case CallableType() if isinstance(own, NamedType):
            from compiler.check import callable_objects

            return callable_objects.to_callable(check, value, to)
        case CallableType() | CFunctionType():
            return _to_code(value, to)
        case TupleType(items):
            return _to_tuple(check, value, to, items)
        case _ if to in (STR, BYTES) and _is_object_of(own, to):
            return Convert(value.span, to, Conversion.UPCAST, value)
        case _ if to is FORMAT and own is STR:
            from compiler.check import formats

            return formats.of_text(check, value)
    return None


def _is_no_code(type: Type) -> bool:
    return not isinstance(type, CallableType | CFunctionType)


def _is_object_of(type: Type, to: Type) -> bool:
    """True for the class of the str or the bytes that programs make, which only its own file names."""
    return isinstance(type, NamedType) and type.declaration.symbol == _OBJECTS[to]


_OBJECTS = {STR: "core.containers.text.Text", BYTES: "core.containers.octets.Octets"}


def converts(own: Type, to: Type) -> bool:
    """True if every value of type `own` converts to `to` by itself: no literals, no context."""
    if own == to or own is NEVER:
        return True
    match own, to:
        case IntType(), IntType():
            return widens(own, to)
        case _, OptionalType(inner):
            if isinstance(own, OptionalType):
                return converts(own.inner, inner)
            return own is NONE or converts(own, inner)
        case NamedType(), NamedType():
            return is_subclass(own, to)
        case PointerType(), PointerType(target):
            return target is NONE or is_subclass(own.target, target)
        case ArrayType(element), SliceType(other):
            return element == other
        case (CallableType(), CallableType()) | (CFunctionType(), CFunctionType()):
            return _code_fits(own, to)
    if own is BOOL:
        return isinstance(to, IntType)
    if own is BYTES:
        return to == SliceType(U8)
    return is_enum(own) and isinstance(to, IntType) and widens(own.declaration.representation, to)


def widens(own: IntType, to: IntType) -> bool:
    """True if `to` holds every value of `own`."""
    return to.minimum <= own.minimum and own.maximum <= to.maximum


def is_subclass(own: Type, base: Type) -> bool:
    """True if `own` is `base` or derives from it."""
    if not isinstance(own, NamedType) or not isinstance(base, NamedType):
        return own == base
    step: NamedType | None = own
    while step is not None:
        if step == base:
            return True
        step = base_of(step)
    return False


# From literals -------------------------------------------------------------------------------


def _each_branch(
    choice: tree.Conditional, to: Type, convert_branch: Callable[[Expression], Expression]
) -> Expression:
    """Return a choice between literals with both converted."""
    then, other = convert_branch(choice.then), convert_branch(choice.other)
    return tree.Conditional(choice.span, to, choice.test, then, other)


def _from_literal(check: Checker, literal: Expression, to: Type) -> Expression | None:
    if isinstance(literal, tree.Conditional):
        branches = [_from_literal(check, each, to) for each in (literal.then, literal.other)]
        if None in branches:
            return None
        return tree.Conditional(literal.span, branches[0].type, literal.test, *branches)
    number = literal.value
    match to:
        case IntType():
            return literal_as(check, literal, to)
        case BitsType(base, width):
            if not 0 <= number < 1 << width:
                raise check.error(
                    literal.span, f"{shown(number)} does not fit a bit-field of {width} bits"
                )
            return Literal(literal.span, base, number)
        case OptionalType(inner):
            inside = _from_literal(check, literal, inner)
            return inside and Convert(literal.span, to, Conversion.SOME, inside)
        case FloatType():
            return float_literal(check, literal, to)
        case NamedType():
            return _to_union(check, literal, to)
    return None


def literal_as(check: Checker, literal: Expression, to: IntType) -> Expression:
    """Return a literal as a `to`, or report that it does not fit."""
    if isinstance(literal, tree.Conditional):
        return _each_branch(literal, to, lambda branch: literal_as(check, branch, to))
    if to.holds(literal.value):
        return Literal(literal.span, to, literal.value)
    hint = ""
    if literal.value < 0 and not to.signed:
        hint = f"write the bits that you mean, {hex(literal.value & to.maximum)}"
        if literal.value < to.minimum - to.maximum:
            hint = ""
    raise check.error(
        literal.span,
        f"{shown(literal.value)} does not fit '{to}' ({shown(to.minimum)} to {shown(to.maximum)})",
        hint,
    )


def float_literal(check: Checker, literal: Literal, to: FloatType) -> Literal:
    """Return an integer literal as a float, as Python converts it."""
    try:
        return Literal(literal.span, to, float(literal.value))
    except OverflowError:
        raise check.error(literal.span, f"{shown(literal.value)} does not fit '{to}'") from None


def smallest_type(value: int) -> IntType | None:
    """Return the type in which a constant that fits no operand's type can be compared."""
    return next((t for t in (INT, U64, I128, U128) if t.holds(value)), None)


# Between types -------------------------------------------------------------------------------


def _to_integer(value: Expression, to: IntType) -> Expression | None:
    own = value.type
    if isinstance(own, IntType):
        if isinstance(value, tree.Length) and to.maximum >= INT.maximum:
            return length_as(value, to)
        if isinstance(value, Literal) and to.holds(value.value) and widens(own, to):
            return Literal(value.span, to, value.value)
        return Convert(value.span, to, Conversion.WIDEN, value) if widens(own, to) else None
    if own is BOOL:
        return Convert(value.span, to, Conversion.BOOL_TO_INT, value)
    if is_enum(own):
        if isinstance(value, Literal):  # a member: its number is known
            return Literal(value.span, to, value.value) if to.holds(value.value) else None
        number = enum_number(value)
        if number.type == to:
            return number
        if widens(number.type, to):
            return Convert(value.span, to, Conversion.WIDEN, number)
    return None


def length_as(length: tree.Length, to: IntType) -> Expression:
    """Return a length as another integer type: it never exceeds 63 bits, so these hold it."""
    if to.bits == 64:
        return tree.Length(length.span, to, length.operand)
    return Convert(length.span, to, Conversion.WIDEN, length)


def enum_number(value: Expression) -> Expression:
    """Return the number of an enum's value, in the enum's representation."""
    representation = value.type.declaration.representation
    if isinstance(value, Literal):
        return Literal(value.span, representation, value.value)
    return Convert(value.span, representation, Conversion.ENUM_TO_INT, value)


def _to_optional(
    check: Checker, value: Expression, to: OptionalType, inner: Type
) -> Expression | None:
    own = value.type
    if own is NONE:
        return Convert(value.span, to, Conversion.NONE_TO_OPTIONAL, value)
    if isinstance(own, OptionalType):
        if is_subclass(own.inner, inner) or (
            isinstance(own.inner, PointerType) and converts(own.inner, inner)
        ):
            return Convert(value.span, to, Conversion.UPCAST, value)
        return None
    inside = try_convert(check, value, inner)
    return inside and Convert(value.span, to, Conversion.SOME, inside)


def _to_slice(check: Checker, value: Expression, to: SliceType, element: Type) -> Expression | None:
    own = value.type
    if isinstance(own, ArrayType) and own.element == element:
        return Convert(value.span, to, Conversion.ARRAY_TO_SLICE, value)
    if own is BYTES and element is U8:
        return Convert(value.span, to, Conversion.BYTES_TO_SLICE, value)
    if isinstance(own, NamedType) and own.declaration.symbol == _BYTEARRAY and element is U8:
        from compiler.check import octets

        return octets.viewed(check, value)
    return None


_BYTEARRAY = "core.containers.bytearrays.bytearray"


def _to_named(check: Checker, value: Expression, to: NamedType) -> Expression | None:
    own = value.type
    if isinstance(own, TupleType) and to.declaration.name == "tuple_of":
        from compiler.check import containers

        return containers.sequence_of_tuple(check, value, to)
    if isinstance(own, NamedType) and own.kind in _REFERENCE_KINDS and is_subclass(own, to):
        return Convert(value.span, to, Conversion.UPCAST, value)
    return _to_union(check, value, to)


def _to_union(check: Checker, value: Expression, to: NamedType) -> Expression | None:
    from compiler.check import value_unions

    return value_unions.to_union(check, value, to)


_REFERENCE_KINDS = (ClassKind.CLASS, ClassKind.EXCEPTION)


def _to_pointer(value: Expression, to: PointerType, target: Type) -> Expression | None:
    own = value.type
    if not isinstance(own, PointerType):
        return None
    if target is NONE:
        return Convert(value.span, to, Conversion.POINTER, value)
    if is_subclass(own.target, target):
        return Convert(value.span, to, Conversion.UPCAST, value)
    return None


def _to_code(value: Expression, to: CallableType | CFunctionType) -> Expression | None:
    """Code with more promises serves where fewer are asked; its value is the same."""
    if type(value.type) is not type(to) or not _code_fits(value.type, to):
        return None
    return Convert(value.span, to, Conversion.UPCAST, value)


def _code_fits(own: CallableType | CFunctionType, to: CallableType | CFunctionType) -> bool:
    same = own.parameters == to.parameters and own.result == to.result
    return same and own.effects >= to.effects


def _to_tuple(
    check: Checker, value: Expression, to: TupleType, items: tuple[Type, ...]
) -> Expression | None:
    """A tuple that is written out converts item by item."""
    if not isinstance(value, tree.TupleValue) or len(value.items) != len(items):
        return None
    converted = [try_convert(check, item, to) for item, to in zip(value.items, items, strict=True)]
    if None in converted:
        return None
    return tree.TupleValue(value.span, to, converted)


# Errors --------------------------------------------------------------------------------------


def mismatch(check: Checker, value: Expression, to: Type, node: ast.AST):
    """Return the error that `value` is no `to`, with the conversion to write."""
    own = value.type
    return check.error(
        node,
        f"this is {described(own)}, but {described(to)} is expected here",
        conversion_hint(check, value, to, node),
        check.note_of_loss(value),
    )


def described(type: Type) -> str:
    """Return a type for a message."""
    if type is NONE:
        return "'None'"
    if type is LITERAL:
        return "an integer"
    text = str(type)
    return f"'{text}'"


def conversion_hint(check: Checker, value: Expression, to: Type, node: ast.AST) -> str:
    """Return what to write so that `value` becomes a `to`; nothing if nothing helps."""
    own, text = value.type, check.text(node)
    match own, to:
        case IntType(), IntType():
            if isinstance(value, Literal):
                return ""
            return (
                f"write {to}({text}) if its value always fits, which is checked, or "
                f"truncate({to}, {text}) for its low {to.bits} bits"
            )
        case OptionalType(inner), _ if inner == to:
            return narrowing_hint(check, value, node)
        case _, NamedType() if is_enum(to) and (isinstance(own, IntType) or own is LITERAL):
            return f"write {to}({text})"
        case NamedType(), IntType() if is_enum(own):
            return f"write {to}({text}) if its value always fits, which is checked"
        case PointerType(), PointerType(target):
            return f"write {text}.cast({target}) if that is what lies there"
        case PointerType(), IntType():
            return f"write {text}.address for its address"
        case IntType(), PointerType():
            return f"write {to}({text}) if that is its address"
        case IntType(), SingleBool if SingleBool is BOOL:
            return f"write {text} != 0"
        case WrappedType(word="Atomic" | "Volatile" | "PerCpu" | "Rcu", inner=inner), _:
            return f"write {text}.load() for its value" if converts(inner, to) else ""
        case NamedType(), PointerType(target) if own == target:
            return f"write address_of({text}), or borrow({text}) for a counted object"
        case PointerType(target), NamedType() if to == target:
            return f"write {text}[0] for what it points at"
        case _ if own is STR and to == SliceType(U8):
            return f"write {text}.encode()"
        case _ if own is STR and to is BYTES:
            return f"write b{text}" if isinstance(node, ast.Constant) else ""
        case SliceType(), _ if to is BYTES:
            return "take a Slice[u8], which bytes converts to, instead of bytes"
        case _ if to is FORMAT:
            return 'pass an f-string, such as f"{value}"'
    return ""


def narrowing_hint(check: Checker, value: Expression, node: ast.AST) -> str:
    """Return how to exclude None: test a local, which nobody else can change meanwhile."""
    text = check.text(node)
    if isinstance(value, tree.LocalRef) and value.local not in check.addressed:
        return f"test it first: 'if {text} is not None:'"
    name = text.rpartition(".")[2]
    name = name if name.isidentifier() and "." in text else "value"
    return f"bind a local and test that: '{name} = {text}', 'if {name} is not None:'"


def none_hint(check: Checker, value: Expression, node: ast.AST) -> str:
    """Return the hint for a value that may be None; empty for others."""
    if not isinstance(value.type, OptionalType):
        return ""
    return f"it may be None; {narrowing_hint(check, value, node)}"
