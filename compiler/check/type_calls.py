"""Types called: `u8(x)`, `Ptr[T](address)`, `Array[T, N](...)`, `Slice[T](pointer, length)`, and so
on.

`u8(x)` converts with a check in every build; where the value always fits, it widens.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    aliasing,
    construction,
    conversions,
    number_words,
    octets,
    operators,
    special,
    texts,
    unsupported,
    values,
)
from compiler.check.conversions import (
    LITERAL,
    convert,
    described,
    float_literal,
    literal_as,
    none_hint,
    widens,
)
from compiler.check.words import arguments, word
from compiler.tree import Conversion, Convert, Expression, Intrinsic, Literal
from compiler.types import (
    BOOL,
    BYTES,
    INT,
    STR,
    U64,
    ArrayType,
    CallableType,
    CFunctionType,
    FloatType,
    IntType,
    NamedType,
    OptionalType,
    PointerType,
    SliceType,
    TupleType,
    Type,
    WrappedType,
    is_reference,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


def type_call(check: Checker, node: ast.Call, type: Type, hint: Type | None) -> Expression:
    """`T(...)` of a type that is no class: conversions, pointers, arrays, slices."""
    match type:
        case IntType():
            return _integer(check, node, type)
        case FloatType():
            return _float(check, node, type)
        case PointerType() | CFunctionType():
            return _pointer(check, node, type)
        case ArrayType():
            return _array(check, node, type)
        case SliceType():
            return _slice(check, node, type)
        case WrappedType():
            return _wrapped(check, node, type)
        case NamedType():
            return construction.instance(check, node, type, hint)
        case TupleType():
            raise check.error(node, "a tuple is written out", "write (a, b)")
    if type is BOOL:
        (argument,) = arguments(check, node, "bool(x)", 1)
        return values.truth(check, check.operand(argument), argument)
    if type is STR and texts.has(check):
        if not node.args and not node.keywords:
            return tree.StringLiteral(check.span(node), STR, "")
        (argument,) = arguments(check, node, "str(x)", 1)
        return texts.of_value(check, argument, "s")
    if type is BYTES and octets.has(check):
        return octets.bytes_call(check, node)
    if type is STR or type is BYTES:
        raise unsupported.called(check, node, str(type))
    raise check.error(node, f"'{type}' cannot be called")


def _integer(check: Checker, node: ast.Call, to: IntType) -> Expression:
    """`u8(x)`: a conversion that is checked in every build."""
    if not node.args and not node.keywords:
        return Literal(check.span(node), to, 0)
    argument, *base = arguments(check, node, f"{to}(x)", 1, 2 if to == INT else 1)
    value = check.operand(argument, to)
    if value.type is STR and to == INT and texts.has(check):
        radix = check.expression(base[0], INT) if base else Literal(value.span, INT, 10)
        return texts.made(check, node, "to_int", value, radix)
    if base:
        raise check.error(base[0], "a base is for a number that is text")
    return as_integer(check, node, value, to)


def as_integer(check: Checker, node: ast.Call, value: Expression, to: IntType) -> Expression:
    """Return a value converted to an integer type, with a check where it may not fit."""
    span, own = check.span(node), value.type
    if isinstance(own, FloatType) and own.bits == 64 and to == INT and number_words.has(check):
        return number_words.made(check, node, "float_to_int", value)
    if isinstance(own, FloatType):
        return Convert(span, to, Conversion.FLOAT_TO_INT, value)
    if isinstance(own, PointerType):
        text = check.text(node.args[0])
        raise check.error(node, f"{described(own)} is no number", f"write {text}.address")
    number = operators.as_number(value)
    if number.type is LITERAL:
        return literal_as(check, number, to)
    if not isinstance(number.type, IntType):
        called = special.call(check, node, value, "__int__", [])
        called = called or special.call(check, node, value, "__index__", [])
        if called is None or not isinstance(called.type, IntType):
            raise _no_integer(check, node, value)
        number = called
    if isinstance(number, tree.Length) and widens_length(to):
        return conversions.length_as(number, to)
    if number.type == to:
        return number
    conversion = Conversion.WIDEN if widens(number.type, to) else Conversion.CHECKED
    return Convert(span, to, conversion, number)


def widens_length(to: IntType) -> bool:
    """True if `to` holds every length: none exceeds 63 bits."""
    return to.maximum >= INT.maximum


def _no_integer(check: Checker, node: ast.Call, value: Expression):
    hint = none_hint(check, value, node.args[0])
    if value.type in (STR, BYTES):
        hint = "see core.text.parse"
    return check.error(node, f"{described(value.type)} does not convert to an integer", hint)


def _float(check: Checker, node: ast.Call, to: FloatType) -> Expression:
    check.unit.allow_floats(check, node)
    if not node.args and not node.keywords:
        return float_literal(check, Literal(check.span(node), LITERAL, 0), to)
    (argument,) = arguments(check, node, f"{to}(x)", 1)
    value = operators.as_number(check.operand(argument, to))
    if value.type is STR and to.bits == 64 and number_words.has(check):
        return number_words.made(check, node, "to_float", value)
    if value.type is LITERAL or isinstance(value.type, IntType):
        return operators.as_float(check, value, to)
    value = special.call(check, node, value, "__float__", []) or value
    if not isinstance(value.type, FloatType):
        hint = none_hint(check, value, argument)
        raise check.error(node, f"{described(value.type)} does not convert to '{to}'", hint)
    return value if value.type == to else Convert(check.span(node), to, Conversion.WIDEN, value)


def _pointer(check: Checker, node: ast.Call, to: PointerType | CFunctionType) -> Expression:
    """`Ptr[T](address)`; `CFunction[...](function)` or of an address."""
    (argument,) = arguments(check, node, f"{to}(address)", 1)
    is_code = isinstance(to, CFunctionType)
    value = check.operand(argument, to if is_code else U64)
    if is_code and isinstance(value.type, CFunctionType | CallableType):
        return convert(check, value, to, argument)
    span = check.span(node)
    if isinstance(value.type, PointerType):
        if is_code:
            return Convert(span, to, Conversion.POINTER, value)
        text = check.text(argument)
        raise check.error(
            node, f"this is {described(value.type)} already", f"write {text}.cast({to.target})"
        )
    if isinstance(value.type, OptionalType) and isinstance(value.type.inner, PointerType):
        hint = none_hint(check, value, argument)
        raise check.error(node, f"this is {described(value.type)} already", hint)
    value = operators.as_number(value)
    if isinstance(value, Literal) and value.value == 0:
        raise check.error(argument, f"{described(to)} is never 0", "None is the null pointer")
    if isinstance(value.type, IntType):
        value = construction.checked_integer(value, U64)
    address = convert(check, value, U64, argument)
    return Convert(span, to, Conversion.INT_TO_POINTER, address)


def _array(check: Checker, node: ast.Call, type: ArrayType) -> Expression:
    """`Array[T, N]()`: zeroed; `Array[T, N](a, b, ...)`: its elements."""
    if node.keywords:
        raise check.error(node, "an Array takes its elements", f"write {type}(a, b)")
    if not node.args:
        if not construction.zero_is_valid(type):
            raise check.error(
                node, f"zero is no '{type.element}'", f"write {type}(...) with its elements"
            )
        return tree.ArrayValue(check.span(node), type, [])
    if len(node.args) != type.length:
        raise check.error(
            node, f"{described(type)} has {type.length} elements, not {len(node.args)}"
        )
    elements = [
        aliasing.stored(check, argument, check.expression(argument, type.element), "the Array")
        for argument in node.args
    ]
    return tree.ArrayValue(check.span(node), type, elements)


def _slice(check: Checker, node: ast.Call, type: SliceType) -> Expression:
    """`Slice[T](pointer, length)`."""
    pointer_node, length_node = arguments(check, node, f"{type}(pointer, length)", 2)
    pointer = check.expression(pointer_node, PointerType(type.element))
    length = operators.as_number(check.operand(length_node, U64))
    if isinstance(length.type, IntType):
        length = construction.checked_integer(length, U64)
    length = convert(check, length, U64, length_node)
    return tree.SliceValue(check.span(node), type, pointer, length)


def _wrapped(check: Checker, node: ast.Call, type: WrappedType) -> Expression:
    """`Atomic[T](value)`, `Weak[T](reference)`, `UserPtr[T](address)`."""
    span = check.span(node)
    match type.word:
        case "Atomic" | "Volatile" | "Rcu":
            if not node.args:
                return tree.Zero(span, type)
            (argument,) = arguments(check, node, f"{type}(value)", 1)
            value = check.expression(argument, type.inner)
            return Intrinsic(span, type, "wrap", [value])
        case "Weak":
            (argument,) = arguments(check, node, "Weak(reference)", 1)
            return Intrinsic(span, type, "weak_new", [check.expression(argument, type.inner)])
        case "UserPtr":
            (argument,) = arguments(check, node, f"{type}(address)", 1)
            address = check.expression(argument, U64)
            return Intrinsic(span, type, "user_pointer", [address])
        case _:
            assert type.word == "UserSlice", f"{type} is not called"
            first, second = arguments(check, node, f"{type}(address, length)", 2)
            parts = [check.expression(first, U64), check.expression(second, U64)]
            return Intrinsic(span, type, "user_slice", parts)


@word("Weak")
def weak(check: Checker, node: ast.Call, hint: Type | None) -> Expression:
    """`Weak(reference)`."""
    (argument,) = arguments(check, node, "Weak(reference)", 1)
    value = check.expression(argument)
    if not isinstance(value.type, NamedType) or not is_reference(value.type):
        raise check.error(argument, f"{described(value.type)} is not counted, so Weak has no use")
    if isinstance(hint, WrappedType) and hint.word == "Weak":
        value = convert(check, value, hint.inner, argument)
    return Intrinsic(check.span(node), WrappedType("Weak", value.type), "weak_new", [value])
