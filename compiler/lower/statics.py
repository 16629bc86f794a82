"""Static storage: module variables, literals, and the instances that compile-time Python made.

A literal `str` or `bytes` is read-only text and, where the object is wanted, an immortal object that
points at it; a literal that only serves as a view never becomes an object. Instances of classes
that were made at compile time are immortal objects, too; structs and Arrays lie where they belong.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from compiler import ir, tree
from compiler.ir import I64, IMMORTAL, PTR, REF, Constant, Linkage, Symbol, Value, type_info_symbol
from compiler.layout import (
    Field,
    Layout,
    fields_of,
    has_null,
    layout_of,
    object_layout,
    tuple_offsets,
)
from compiler.lower import calls, closures
from compiler.lower.objects import signature_of
from compiler.lower.representation import is_place
from compiler.types import (
    BOOL,
    BYTES,
    ArrayType,
    BitsType,
    CallableType,
    CFunctionType,
    FloatType,
    FunctionDeclaration,
    FunctionInstance,
    IntType,
    NamedType,
    OptionalType,
    SliceType,
    Static,
    StaticAddress,
    StaticSlice,
    TupleType,
    Type,
    VariableDeclaration,
    WrappedType,
    is_enum,
    is_reference,
)

if TYPE_CHECKING:
    from compiler.lower.unit import UnitLowering

STR_SIZE, BYTES_SIZE = 56, 48


class Content:
    """The bytes of a global, with addresses in them."""

    def __init__(self, size: int) -> None:
        self.bytes = bytearray(size)
        self.addresses: dict[int, tuple[str, int]] = {}

    def put(self, offset: int, data: bytes) -> None:
        self.bytes[offset : offset + len(data)] = data

    def refer(self, offset: int, symbol: str, addend: int = 0) -> None:
        self.addresses[offset] = (symbol, addend)

    def pieces(self) -> list[bytes | tuple[str, int]] | None:
        """Return the content as a Global wants it: None if it is all zero."""
        if not self.addresses and not any(self.bytes):
            return None
        pieces: list[bytes | tuple[str, int]] = []
        end = 0
        for offset in sorted(self.addresses):
            if offset > end:
                pieces.append(bytes(self.bytes[end:offset]))
            pieces.append(self.addresses[offset])
            end = offset + 8
        if end < len(self.bytes):
            pieces.append(bytes(self.bytes[end:]))
        return pieces


class Statics:
    """Makes the globals of one unit."""

    def __init__(self, unit: UnitLowering) -> None:
        self.unit = unit
        self._texts: dict[str | bytes, str] = {}
        self._objects: dict[str | bytes, str] = {}
        self._tables: dict[tuple[Type, tuple], str] = {}
        self._statics: set[Static] = set()

    # Variables and literals

    def define_variable(self, variable: VariableDeclaration) -> None:
        layout = layout_of(variable.type)
        content = Content(layout.size)
        if not variable.zeroed:
            self.encode(content, 0, variable.type, variable.value)
        is_per_cpu = isinstance(variable.type, WrappedType) and variable.type.word == "PerCpu"
        is_gathered = variable.section is not None or is_per_cpu
        self._add(
            variable.symbol,
            content,
            max(variable.align, layout.align if is_gathered else aligned(layout)),
            section=variable.section,
            per_cpu=is_per_cpu,
            span=variable.span,
            source_type=variable.type,
            linkage=Linkage.EXTERNAL,
        )

    def text(self, value: str | bytes) -> Value:
        """Return the object of a literal."""
        return Symbol(REF, self._text_object(value))

    def text_view(self, value: str | bytes) -> tuple[Value, Value]:
        """Return address and size of a literal's bytes."""
        return Symbol(PTR, self._text_data(value)), Constant(I64, len(_encoded(value)))

    def table(self, node: tree.ArrayValue) -> Value:
        """Return the address of a constant Array of numbers."""
        key = (node.type, tuple(each.value for each in node.elements))
        if key not in self._tables:
            layout = layout_of(node.type)
            content = Content(layout.size)
            self.encode(content, 0, node.type, key[1])
            self._tables[key] = self._numbered("table", len(self._tables))
            self._add(self._tables[key], content, layout.align, constant=True)
        return Symbol(PTR, self._tables[key])

    def address(self, static: Static) -> Value:
        """Return a compile-time instance: an object, or the address of a place."""
        return Symbol(REF if is_reference(static.type) else PTR, self._static(static))

    # Globals

    def _add(
        self,
        symbol: str,
        content: Content,
        align: int,
        linkage: Linkage = Linkage.INTERNAL,
        **how: Any,
    ) -> None:
        each = ir.Global(
            symbol, len(content.bytes), align, content.pieces(), linkage=linkage, **how
        )
        self.unit.result.globals.append(each)

    def _numbered(self, kind: str, number: int) -> str:
        return f"{self.unit.result.name}:{kind}.{number}"

    def _text_data(self, value: str | bytes) -> str:
        data = _encoded(value)
        if data not in self._texts:
            symbol = self._texts[data] = self._numbered("text", len(self._texts))
            content = Content(len(data) + 1)
            content.put(0, data)
            self.unit.result.globals.append(
                ir.Global(
                    symbol,
                    len(data) + 1,
                    1,
                    [bytes(content.bytes)],
                    constant=True,
                    linkage=Linkage.INTERNAL,
                )
            )
        return self._texts[data]

    def _text_object(self, value: str | bytes) -> str:
        if value not in self._objects:
            data = _encoded(value)
            is_text = isinstance(value, str)
            kind, size = ("str", STR_SIZE) if is_text else ("bytes", BYTES_SIZE)
            symbol = self._objects[value] = self._numbered(kind, len(self._objects))
            owner = [(size - 8, BYTES)]
            self.unit.hidden_class(f"builtins.{kind}", size, owner, Linkage.SHARED)
            content = Content(size)
            self._put_header(content, f"builtins.{kind}")
            content.refer(16, self._text_data(value))
            content.put(24, len(data).to_bytes(8, "little"))
            if is_text:
                content.put(32, len(value).to_bytes(8, "little"))
            self._add(symbol, content, 16)
        return self._objects[value]

    def _put_header(self, content: Content, class_symbol: str) -> None:
        content.put(0, IMMORTAL.to_bytes(4, "little") + (1).to_bytes(4, "little"))
        content.refer(8, type_info_symbol(class_symbol))

    def _static(self, static: Static) -> str:
        """Return the symbol of a compile-time instance that others refer to. Every unit that does
        defines it in the same way."""
        if static in self._statics:
            return static.symbol
        self._statics.add(static)
        type = static.type
        if is_place(type):
            layout = layout_of(type)
            content = Content(layout.size)
            self.encode(content, 0, type, static)
        else:
            layout = object_layout(type)[0]
            content = Content(layout.size)
            self._put_header(content, type.symbol)
            self._encode_fields(content, 0, type, static.fields)
        align = layout.align if is_place(type) else 16
        self._add(static.symbol, content, align, linkage=Linkage.SHARED)
        return static.symbol

    # Values

    def encode(self, content: Content, offset: int, type: Type, value: Any) -> None:
        """Put `value` at `offset` as a `type` lies in memory."""
        if value is None:
            return
        match type:
            case IntType() | BitsType():
                self._encode_number(content, offset, type, value)
            case NamedType() if is_enum(type):
                self._encode_number(content, offset, type, value)
            case FloatType(bits=bits):
                content.put(offset, struct.pack("<f" if bits == 32 else "<d", value))
            case ArrayType(element):
                stride = layout_of(element).size
                for number, each in enumerate(_elements(value)):
                    self.encode(content, offset + number * stride, element, each)
            case TupleType(items):
                for at, item, each in zip(tuple_offsets(items), items, value, strict=True):
                    self.encode(content, offset + at, item, each)
            case OptionalType(inner):
                self._encode_optional(content, offset, inner, value)
            case WrappedType(inner=inner) if is_place(type) or type.word == "PerCpu":
                self.encode(content, offset, inner, value)
            case NamedType() if is_place(type):
                self._encode_fields(content, offset, type, value.fields)
            case CallableType() | CFunctionType():
                self._encode_function(content, offset, type, value)
            case SliceType():
                self._encode_slice(content, offset, value)
            case _:
                self._encode_address(content, offset, type, value)

    def _encode_number(self, content: Content, offset: int, type: Type, value: int) -> None:
        size = layout_of(type).size
        content.put(offset, (int(value) & ((1 << (8 * size)) - 1)).to_bytes(size, "little"))

    def _encode_optional(self, content: Content, offset: int, inner: Type, value: Any) -> None:
        if has_null(inner):
            self.encode(content, offset, inner, value)
            return
        content.put(offset, b"\1")
        self.encode(content, offset + tuple_offsets((BOOL, inner))[1], inner, value)

    def _encode_fields(
        self, content: Content, offset: int, type: NamedType, values: tuple[Any, ...]
    ) -> None:
        for field, value in zip(fields_of(type).values(), values, strict=False):
            if field.bits:
                _put_bits(content, offset + field.offset, field, value or 0)
            else:
                self.encode(content, offset + field.offset, field.type, value)

    def _encode_function(
        self, content: Content, offset: int, type: CallableType | CFunctionType, value: Any
    ) -> None:
        if isinstance(value, FunctionDeclaration):
            value = FunctionInstance(value)
        if isinstance(value, int):
            content.put(offset, value.to_bytes(8, "little"))
            return
        function_type = calls.instance_type(value, signature_of(value))
        self.unit.declare(value.symbol, function_type)
        if isinstance(type, CallableType):
            content.refer(offset, closures.adapter(self.unit, value, function_type))
        else:
            content.refer(offset, value.symbol)

    def _encode_slice(self, content: Content, offset: int, value: Any) -> None:
        """A Slice over something static, or over the bytes of a literal."""
        if isinstance(value, str | bytes):
            content.refer(offset, self._text_data(value))
            length = len(_encoded(value))
        else:
            assert isinstance(value, StaticSlice), value
            self._refer(content, offset, value.start)
            length = value.length
        content.put(offset + 8, length.to_bytes(8, "little"))

    def _refer(self, content: Content, offset: int, value: StaticAddress) -> None:
        target = value.target
        symbol = self._static(target) if isinstance(target, Static) else target.symbol
        content.refer(offset, symbol, value.offset)

    def _encode_address(self, content: Content, offset: int, type: Type, value: Any) -> None:
        match value:
            case bool() | int():
                self._encode_number(content, offset, type, value)
            case str() | bytes():
                content.refer(offset, self._text_object(value))
            case Static():
                content.refer(offset, self._static(value))
            case StaticAddress():
                self._refer(content, offset, value)
            case VariableDeclaration():
                content.refer(offset, value.symbol)
            case FunctionDeclaration() | FunctionInstance():
                self._encode_function(content, offset, CFunctionType((), type), value)
            case _:
                raise AssertionError(f"{value!r} cannot be a static {type}")


def aligned(layout: Layout) -> int:
    """Return how a variable is aligned by itself: one of 16 bytes or more at 16, so that the
    widest instructions may touch it (System V ABI, AMD64 Supplement, section 3.1.2)."""
    return max(layout.align, 16) if layout.size >= 16 else layout.align


def _encoded(value: str | bytes) -> bytes:
    return value.encode() if isinstance(value, str) else value


def _elements(value: Any) -> Any:
    return value.fields if isinstance(value, Static) else value


def _put_bits(content: Content, offset: int, field: Field, value: int) -> None:
    size = layout_of(field.type).size
    whole = int.from_bytes(content.bytes[offset : offset + size], "little")
    whole |= (int(value) & ((1 << field.bits) - 1)) << field.bit
    content.put(offset, whole.to_bytes(size, "little"))
