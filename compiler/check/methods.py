"""The attributes and methods of lang's own types, from tables.

An operation is one `Intrinsic` of the tree: its parameters and its result are written in terms of
the type's inner type T.

    Atomic, Volatile, Rcu, Weak     operations on the place or reference
    PerCpu                          operations on the variable of this processor
    UserPtr, UserSlice              copies from and to a program's memory
    Slice, Array                    fill, copy_from, pointer
    Ptr                             address, cast
    str, bytes, Format              encode, write_to
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compiler import tree
from compiler.check import (
    containers,
    generator_values,
    names,
    narrowing,
    number_words,
    octets,
    replacing,
    texts,
    tuples,
)
from compiler.check.conversions import LITERAL, convert, described
from compiler.tree import Conversion, Convert, Expression
from compiler.types import (
    BOOL,
    BYTES,
    FORMAT,
    INT,
    NONE,
    STR,
    U8,
    U64,
    ArrayType,
    CFunctionType,
    FloatType,
    GeneratorType,
    IntType,
    NamedType,
    OptionalType,
    PointerType,
    SliceType,
    TupleType,
    Type,
    Word,
    WrappedType,
    is_enum,
    is_place,
)

if TYPE_CHECKING:
    from compiler.check.checker import Checker


@dataclass(frozen=True)
class Operation:
    """A method that is one intrinsic. Types: T, `T | None`, `Ptr[T]`, `Slice[T]`, u64, None."""

    intrinsic: str
    parameters: tuple[str, ...] = ()
    result: str = "None"
    orders: tuple[str, ...] = ()  # the memory orders that it takes; none: takes no order
    only: str = ""  # "integer", "scalar": which T has it


_ANY_ORDER = ("RELAXED", "ACQUIRE", "RELEASE", "ACQ_REL", "SEQ_CST")
_LOAD_ORDERS = ("RELAXED", "ACQUIRE", "SEQ_CST")
_STORE_ORDERS = ("RELAXED", "RELEASE", "SEQ_CST")


def _update(name: str) -> Operation:
    return Operation(name, ("T",), "T", _ANY_ORDER, only="integer")


OPERATIONS: dict[str, dict[str, Operation]] = {
    "Atomic": {
        "load": Operation("load", (), "T", _LOAD_ORDERS),
        "store": Operation("store", ("T",), "None", _STORE_ORDERS),
        "swap": Operation("swap", ("T",), "T", _ANY_ORDER),
        "compare_exchange": Operation("compare_exchange", ("T", "T"), "T", _ANY_ORDER),
        "fetch_add": _update("fetch_add"),
        "fetch_sub": _update("fetch_sub"),
        "fetch_and": _update("fetch_and"),
        "fetch_or": _update("fetch_or"),
        "fetch_xor": _update("fetch_xor"),
    },
    "Volatile": {
        "load": Operation("volatile_load", (), "T"),
        "store": Operation("volatile_store", ("T",)),
    },
    "PerCpu": {
        "load": Operation("percpu_load", (), "T", only="scalar"),
        "store": Operation("percpu_store", ("T",), only="scalar"),
        "add": Operation("percpu_add", ("T",), only="integer"),
        "here": Operation("percpu_here", (), "Ptr[T]"),
        "at": Operation("percpu_at", ("u64",), "Ptr[T]"),
    },
    "Rcu": {
        "load": Operation("rcu_load", (), "T"),
        "store": Operation("rcu_store", ("T",)),
    },
    "Weak": {"get": Operation("weak_get", (), "T | None")},
    "UserPtr": {
        "read": Operation("user_read", (), "T"),
        "write": Operation("user_write", ("T",)),
    },
    "UserSlice": {
        "copy_out": Operation("user_copy_out", ("Slice[T]",)),
        "copy_in": Operation("user_copy_in", ("Slice[T]",)),
    },
    "Slice": {
        "fill": Operation("slice_fill", ("T",)),
        "copy_from": Operation("slice_copy_from", ("Slice[T]",)),
    },
}


# Calls ---------------------------------------------------------------------------------------


def call(
    check: Checker,
    node: ast.Call,
    callee: ast.Attribute,
    object: Expression,
    hint: Type | None,
) -> Expression | None:
    """`object.name(...)` of a type of lang; None if it has no such method."""
    type, name = object.type, callee.attr
    if isinstance(type, ArrayType) and name in OPERATIONS["Slice"]:
        type = SliceType(type.element)
        object = convert(check, object, type, callee)
    match type:
        case WrappedType(word, inner):
            operation = OPERATIONS[word].get(name)
        case SliceType(inner):
            operation = OPERATIONS["Slice"].get(name)
        case GeneratorType():
            return generator_values.method_call(check, node, name, object)
        case TupleType() if name in ("count", "index") and containers.in_program(check):
            return tuples.of_any_length(check, node, callee, object)
        case _:
            return _text_call(check, node, callee, object)
    if operation is None:
        return None
    return _operate(check, node, object, operation, inner)


def _operate(
    check: Checker, node: ast.Call, object: Expression, operation: Operation, inner: Type
) -> Expression:
    """Return one operation as an intrinsic."""
    _check_only(check, node, operation, inner)
    name = node.func.attr
    arguments, order = list(node.args), None
    for keyword in node.keywords:
        if keyword.arg != "order" or not operation.orders:
            raise check.error(keyword.value, f"'{name}' has no parameter '{keyword.arg}'")
        order = keyword.value
    if operation.orders and order is None and len(arguments) == len(operation.parameters) + 1:
        order = arguments.pop()
    if len(arguments) != len(operation.parameters):
        wanted = len(operation.parameters)
        raise check.error(node, f"'{name}' takes {wanted} arguments, not {len(arguments)}")
    checked = [
        check.expression(argument, _type(parameter, inner))
        for argument, parameter in zip(arguments, operation.parameters, strict=True)
    ]
    if operation.intrinsic in ("slice_fill", "slice_copy_from") and is_place(inner):
        replacing.replaced(check, check.span(node), object, (replacing.ANY,))
    if operation.result == "None":
        narrowing.forget_memory(check, node)
    return tree.Intrinsic(
        check.span(node),
        _type(operation.result, inner),
        operation.intrinsic,
        [object, *checked],
        memory_order(check, order, operation.orders) if order is not None else "seq_cst",
    )


def _type(written: str, inner: Type) -> Type:
    match written:
        case "T":
            return inner
        case "T | None":
            return OptionalType(inner)
        case "Ptr[T]":
            return PointerType(inner)
        case "Slice[T]":
            return SliceType(inner)
        case "u64":
            return U64
    return NONE


def _check_only(check: Checker, node: ast.Call, operation: Operation, inner: Type) -> None:
    name = node.func.attr
    if operation.only == "integer" and not (isinstance(inner, IntType) or is_enum(inner)):
        raise check.error(node, f"'{name}' is arithmetic, and {described(inner)} is no integer")
    if operation.only == "scalar" and is_place(inner):
        raise check.error(
            node,
            f"'{name}' is one instruction, and {described(inner)} is larger",
            "write here()[0] for the place",
        )


def memory_order(check: Checker, node: ast.expr, allowed: tuple[str, ...]) -> str:
    """Return the memory order that `Order.NAME` states."""
    stated = isinstance(node, ast.Attribute) and names.meaning(check, node.value) == Word("Order")
    if not stated or node.attr not in _ANY_ORDER:
        raise check.error(
            node, "a memory order is a member of Order, written out", "write Order.ACQUIRE"
        )
    if node.attr not in allowed:
        listed = ", ".join(f"Order.{order}" for order in allowed)
        raise check.error(node, f"Order.{node.attr} makes no sense here", f"write one of {listed}")
    return node.attr.lower()


def _text_call(
    check: Checker, node: ast.Call, callee: ast.Attribute, object: Expression
) -> Expression | None:
    span = check.span(node)
    match object.type, callee.attr:
        case type, "encode" if type is STR and octets.has(check):
            return octets.encoded(check, node, object)
        case type, "encode" if type is STR:
            _takes_nothing(check, node)
            return Convert(span, SliceType(U8), Conversion.BYTES_TO_SLICE, object)
        case type, "write_to" if type is FORMAT:
            if len(node.args) != 1 or node.keywords:
                raise check.error(node, "'write_to' takes the TextBuffer to write to")
            buffer = check.expression(node.args[0], check.unit.text_buffer(check, node))
            return tree.Intrinsic(span, NONE, "write_format", [object, buffer])
        case type, _ if type is STR:
            return texts.method_call(check, node, callee, object)
        case type, _ if type is BYTES and octets.has(check):
            return octets.method_call(check, node, callee, object)
        case type, "to_bytes" if type is LITERAL or isinstance(type, IntType) or type is BOOL:
            return octets.int_method_call(check, node, callee, object)
        case type, name if type == INT or isinstance(type, FloatType):
            return number_words.method_call(check, node, name, object)
    return None


def _takes_nothing(check: Checker, node: ast.Call) -> None:
    if node.args or node.keywords:
        raise check.error(node, f"'{node.func.attr}' takes no arguments here")


# Attributes ----------------------------------------------------------------------------------


def attribute(check: Checker, node: ast.Attribute, object: Expression) -> Expression | None:
    """`object.name` of a type of lang; None if it has no such attribute."""
    span = check.span(node)
    type = object.type
    if node.attr == "pointer":
        if isinstance(type, ArrayType):
            type = SliceType(type.element)
            object = convert(check, object, type, node)
        if isinstance(type, SliceType):
            pointer = PointerType(type.element)
            return tree.Intrinsic(span, pointer, "slice_pointer", [object])
    if node.attr == "address" and isinstance(type, CFunctionType):
        return Convert(span, U64, Conversion.POINTER_TO_INT, object)
    of_user = isinstance(type, WrappedType) and type.word in ("UserPtr", "UserSlice")
    if node.attr == "address" and of_user:
        return tree.Intrinsic(span, U64, "user_address", [object])
    return None


def pointer_attribute(check: Checker, node: ast.Attribute, object: Expression) -> Expression | None:
    """`p.address`; None for everything else, which is what p points at."""
    if node.attr == "address" and not _target_has(object.type, "address"):
        return Convert(check.span(node), U64, Conversion.POINTER_TO_INT, object)
    if isinstance(object.type.target, NamedType):
        return None
    if node.attr == "cast":
        raise check.error(node, "'cast' is called with a type", "write p.cast(T)")
    place = tree.Deref(object.span, object.type.target, object)
    return attribute(check, node, place) if object.type.target is not NONE else None


def pointer_call(
    check: Checker, node: ast.Call, callee: ast.Attribute, object: Expression
) -> Expression | None:
    """`p.cast(T)`, and the operations of an Atomic or the like that p points at."""
    target = object.type.target
    if callee.attr == "cast" and not _target_has(object.type, "cast"):
        if len(node.args) != 1 or node.keywords:
            raise check.error(node, "'cast' takes the type to point at", "write p.cast(T)")
        type = PointerType(check.type_of(node.args[0]))
        return Convert(check.span(node), type, Conversion.POINTER, object)
    if isinstance(target, NamedType) or target is NONE:
        return None
    place = tree.Deref(object.span, target, object)
    return call(check, node, callee, place, None)


def _target_has(type: PointerType, name: str) -> bool:
    target = type.target
    if not isinstance(target, NamedType) or is_enum(target):
        return False
    return name in target.declaration.fields or name in target.declaration.methods


def suggestion(check: Checker, type: Type, name: str) -> str:
    """Return what to write instead of an attribute that a type does not have."""
    if type is STR or type is BYTES:
        if not check.unit.is_for_kernel:
            return check.unit.suggestion(name, dir(str if type is STR else bytes))
        return "the kernel's language has no methods on text; see core.text"
    if isinstance(type, IntType | FloatType) or type is BOOL:
        return _INTEGER_HINTS.get(name, "")
    known: list[str] = []
    if isinstance(type, WrappedType):
        known = list(OPERATIONS[type.word])
        if type.word in ("Atomic", "Volatile"):
            known.append("load")
    elif isinstance(type, SliceType | ArrayType):
        known = ["pointer", *OPERATIONS["Slice"]]
        if name in ("append", "push", "insert", "pop"):
            return "its length is fixed; use core.collections.vector"
    elif isinstance(type, PointerType):
        known = ["address", "cast"]
    return check.unit.suggestion(name, known)


_INTEGER_HINTS = {
    "bit_length": "write T.bits - leading_zeros(x), with the width of its type",
    "bit_count": "write popcount(x)",
    "to_bytes": "write it into a Slice[u8]; see core.text and bit_cast",
}
