"""Constant folding: the value of an expression whose parts are literals and constants.

Most constants of a program are such expressions, and computing them here saves starting a CPython
for them (`comptime.py`, which computes all others). A folded value is a plain Python value; an
integer that has a type of its own is a `TypedInt`, and computes as its type does in a checked build:

    untyped with untyped    untyped, exact
    typed with untyped      the type, if the result fits it
    anything else           not folded

Whatever might be slow, large or wrong is not folded either: the child process has limits, and says
what is wrong in Python's words.
"""

from __future__ import annotations

import ast
import hashlib
import operator
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self

from compiler.layout import fields_of, layout_of
from compiler.types import (
    INT,
    CFunctionType,
    ClassDeclaration,
    ClassKind,
    ConstantDeclaration,
    FunctionDeclaration,
    IntType,
    Module,
    NamedType,
    PointerType,
    TupleType,
    Type,
    Word,
    is_enum,
)

if TYPE_CHECKING:
    from compiler.declare.annotations import Names

_MAX_BITS = 4096  # of an intermediate result
_MAX_LENGTH = 1 << 16  # of a string


class NotFoldable(Exception):
    """The expression has to be evaluated by CPython."""


class TypedInt(int):
    """An integer with a type: a fixed width, an enum or a pointer."""

    type: Type

    def __new__(cls, value: int, type: Type) -> Self:
        self = super().__new__(cls, value)
        self.type = type
        return self


def fold(
    node: ast.expr, module: Module, names: Names, local: Mapping[str, Any] | None = None
) -> Any:
    """Return the value of `node`. `local` holds the names of the class body that it stands in.

    Raises:
        NotFoldable: it is no such expression, or fails.
        CompileError: a constant that it names has an error.
    """
    try:
        return _Folder(module, names, local or {}).value(node)
    except (ArithmeticError, TypeError, ValueError, RecursionError, LookupError) as error:
        raise NotFoldable from error


_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.Pow: operator.pow,
}
_BITWISE = ast.BitAnd | ast.BitOr | ast.BitXor  # a mask may be negative: x & ~0xFFF
_SHIFTS = ast.LShift | ast.RShift | ast.Pow  # the type is that of the left operand
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


class _Folder:
    def __init__(self, module: Module, names: Names, local: Mapping[str, Any]):
        self.module = module
        self.names = names
        self.local = local

    def value(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=value) if value is not Ellipsis:
                return _text(value) if isinstance(value, str) else value
            case ast.Name() | ast.Attribute():
                return self.named(node)
            case ast.Tuple(elts=items):
                return tuple(self.value(item) for item in items)
            case ast.UnaryOp():
                return self.unary(node)
            case ast.BinOp():
                return self.binary(node)
            case ast.BoolOp(op=op, values=values):
                return self.logical(isinstance(op, ast.And), values)
            case ast.Compare():
                return self.compare(node)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self.value(body if self.value(test) else orelse)
            case ast.Subscript(value=base, slice=index) if not isinstance(index, ast.Slice):
                return self.item(self.value(base), self.value(index))
            case ast.Call(keywords=[]):
                return self.call(node)
        raise NotFoldable

    # Names ----------------------------------------------------------------------------------------

    def named(self, node: ast.expr) -> Any:
        meaning = self.meaning(node)
        match meaning:
            case ConstantDeclaration():
                return typed(meaning.value, meaning.type)
            case FunctionDeclaration():
                self.names.sign(meaning)
                return meaning
            case int() | bool() | str() | bytes() | tuple():
                return meaning
        raise NotFoldable

    def meaning(self, node: ast.expr) -> Any:
        """Return what a name or a dotted name stands for; a member of an enum is its TypedInt."""
        match node:
            case ast.Name(id=name):
                if name in self.local:
                    return self.local[name]
                return self.names.lookup(self.module, name)
            case ast.Attribute(value=base, attr=name):
                match self.meaning(base):
                    case Module() as module:
                        return self.names.lookup(module, name)
                    case ClassDeclaration() as declaration:
                        return self.member(declaration, name)
        raise NotFoldable

    def member(self, declaration: ClassDeclaration, name: str) -> Any:
        self.names.complete(declaration)
        if name in declaration.members:
            return TypedInt(declaration.members[name], NamedType(declaration))
        if name in declaration.constants:
            return declaration.constants[name]
        raise NotFoldable

    # Operators ------------------------------------------------------------------------------------

    def unary(self, node: ast.UnaryOp) -> Any:
        operand = self.value(node.operand)
        if isinstance(node.op, ast.Not):
            return not operand
        if isinstance(operand, TypedInt) and not isinstance(operand.type, IntType):
            raise NotFoldable
        if isinstance(node.op, ast.Invert):
            if isinstance(operand, TypedInt) and not operand.type.signed:
                return TypedInt(operand.type.maximum - operand, operand.type)
            return _fit(~operand, operand)
        return _fit(-operand if isinstance(node.op, ast.USub) else +operand, operand)

    def binary(self, node: ast.BinOp) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        if not isinstance(left, int | float) or not isinstance(right, int | float):
            return self.join(node.op, left, right)
        _refuse_large(node.op, left, right)
        _refuse_mixed(node.op, left, right)
        compute = _BINARY.get(type(node.op))
        if compute is None:
            raise NotFoldable
        return _fit(compute(_plain(left), _plain(right)), left, right, node.op)

    def join(self, op: ast.operator, left: Any, right: Any) -> Any:
        """Concatenate or repeat strings, bytes and tuples."""
        sequence = str | bytes | tuple
        if isinstance(op, ast.Add) and isinstance(left, sequence) and type(left) is type(right):
            return left + right
        if isinstance(op, ast.Mult) and isinstance(left, int):
            left, right = right, left
        repeated = isinstance(op, ast.Mult) and isinstance(left, sequence)
        if repeated and isinstance(right, int) and len(left) * right <= _MAX_LENGTH:
            return left * int(right)
        raise NotFoldable

    def logical(self, is_and: bool, values: list[ast.expr]) -> Any:
        result = is_and
        for each in values:
            result = self.value(each)
            if bool(result) != is_and:
                break
        return result

    def compare(self, node: ast.Compare) -> bool:
        left = self.value(node.left)
        for op, comparator in zip(node.ops, node.comparators, strict=True):
            right = self.value(comparator)
            compute = _COMPARE.get(type(op))
            if compute is None:
                raise NotFoldable
            if not compute(_plain(left), _plain(right)):
                return False
            left = right
        return True

    def item(self, base: Any, index: Any) -> Any:
        if isinstance(base, tuple | bytes | str) and isinstance(index, int):
            return base[int(index)]
        raise NotFoldable

    # Calls ----------------------------------------------------------------------------------------

    def call(self, node: ast.Call) -> Any:
        callee = self.callee(node.func)
        match callee, node.args:
            case Word("sizeof"), [of]:
                return TypedInt(layout_of(self.type(of)).size, _USIZE)
            case Word("alignof"), [of]:
                return TypedInt(layout_of(self.type(of)).align, _USIZE)
            case Word("offsetof"), [of, name]:
                return TypedInt(fields_of(self.type(of))[self.value(name)].offset, _USIZE)
            case Word("len"), [of]:
                value = self.value(of)
                if isinstance(value, str | bytes | tuple):
                    return len(value)
            case Word("embed"), [path]:
                return self.embed(self.value(path))
            case Word("ord"), [of]:
                return ord(self.value(of))
            case Word("min" | "max" as name), [_, _, *_]:
                values = [self.value(arg) for arg in node.args]
                if all(type(value) is int for value in values):
                    return min(values) if name == "min" else max(values)
            case IntType() as called, [of]:
                return self.convert(called, self.value(of))
            case PointerType() | CFunctionType() as called, [of]:
                address = self.value(of)
                if isinstance(address, FunctionDeclaration):
                    return address
                if isinstance(address, int) and 0 < address < 1 << 64:
                    return TypedInt(address, called)
            case NamedType() as called, [of] if is_enum(called):
                number = self.value(of)
                if (
                    called.kind is ClassKind.INT_FLAG
                    or number in called.declaration.members.values()
                ):
                    return TypedInt(_plain(number), called)
        raise NotFoldable

    def callee(self, node: ast.expr) -> Any:
        """Return the word or type that is called."""
        if isinstance(node, ast.Subscript):
            base = self.meaning(node.value)
            if not isinstance(base, Word | ClassDeclaration):
                raise NotFoldable
            return self.type(node)
        meaning = self.meaning(node)
        if isinstance(meaning, ClassDeclaration) and not meaning.parameters:
            self.names.complete(meaning)
            return NamedType(meaning)
        return meaning

    def convert(self, type: IntType, value: Any) -> int:
        if not isinstance(value, int) or not type.holds(value):
            raise NotFoldable
        return int(value) if type.always_checked else TypedInt(value, type)

    def embed(self, path: Any) -> bytes:
        """Return the contents of a file beside the module's, and note its digest."""
        if not isinstance(path, str):
            raise NotFoldable
        file = os.path.normpath(os.path.join(os.path.dirname(self.module.path), path))
        try:
            with open(file, "rb") as stream:
                data = stream.read()
        except OSError:
            raise NotFoldable from None  # the child says what is wrong
        self.module.embedded[file] = hashlib.sha256(data).hexdigest()
        return data

    def type(self, node: ast.expr) -> Type:
        """Return a type whose layout is known."""
        type = self.names.resolve(node, self.module)
        self.names.lay_out(type)
        return type


_USIZE = IntType("u64", 64, False)


def typed(value: Any, type: Type | None) -> Any:
    """Return a constant's value as folding computes with it; an `int` is Python's own."""
    if isinstance(value, tuple) and isinstance(type, TupleType):
        return tuple(map(typed, value, type.items))
    if type in (None, INT) or not isinstance(value, int) or isinstance(value, bool):
        return value
    return TypedInt(value, type)


def type_of(value: Any) -> Type | None:
    """Return the type that an integer has of its own."""
    return value.type if isinstance(value, TypedInt) else None


def _text(value: str) -> str:
    value.encode()  # a lone surrogate is a ValueError
    return value


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, TypedInt) else value


def _fit(result: Any, left: Any, right: Any = None, op: ast.operator | None = None) -> Any:
    """Give the result of an operation the type of its operands."""
    if not isinstance(result, int) or isinstance(result, bool):
        return result
    types = {each.type for each in (left, right) if isinstance(each, TypedInt)}
    if isinstance(op, _SHIFTS):
        types = {left.type} if isinstance(left, TypedInt) else set()
    if not types:
        return result
    if len(types) > 1:
        raise NotFoldable
    (type,) = types
    match type:
        case IntType():
            literals_fit = type.holds(left) and (right is None or type.holds(right))
            if not type.holds(result) or not (literals_fit or isinstance(op, _BITWISE | _SHIFTS)):
                raise NotFoldable
            return TypedInt(result, type)
        case NamedType(kind=ClassKind.INT_FLAG) if isinstance(op, _BITWISE):
            return TypedInt(result, type)
        case NamedType():
            return result
    raise NotFoldable


def _refuse_mixed(op: ast.operator, left: Any, right: Any) -> None:
    """Raise NotFoldable if an integer with a type meets what is none, or leaves its width."""
    if not isinstance(left, TypedInt) and not isinstance(right, TypedInt):
        return
    if isinstance(op, ast.Div) or any(isinstance(each, float | bool) for each in (left, right)):
        raise NotFoldable
    type = type_of(left)
    if isinstance(op, _SHIFTS) and isinstance(type, IntType) and not 0 <= right < type.bits:
        raise NotFoldable


def _refuse_large(op: ast.operator, left: Any, right: Any) -> None:
    """Raise NotFoldable if the result may be too large to compute here."""
    if not isinstance(left, int) or not isinstance(right, int):
        return
    bits = left.bit_length()
    if isinstance(op, ast.LShift):
        bits += max(right, 0)
    elif isinstance(op, ast.Pow):
        bits *= max(right, 1)
    elif isinstance(op, ast.Mult):
        bits += right.bit_length()
    if bits > _MAX_BITS or isinstance(op, ast.Pow) and right < 0:
        raise NotFoldable
