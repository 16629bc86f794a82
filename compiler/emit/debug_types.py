"""The types of the language as DWARF types, so that a debugger shows values as the source means them.

Ptr[T], a class           pointer; a class's structure starts with the object's header
Slice[T]                  structure {pointer, length}
Callable                  structure {code, state}
tuple[A, B]               structure {_0, _1}
T | None                  T where 0 is None, else structure {is_some, value}
Atomic, Volatile, ...     what they wrap
enum, flags               enumeration
"""

from __future__ import annotations

from compiler.emit.metadata import Metadata, text_of
from compiler.layout import Field, fields_of, has_null, layout_of, object_layout, tuple_offsets
from compiler.types import (
    BOOL,
    BYTES,
    FORMAT,
    NEVER,
    NONE,
    STR,
    U8,
    U32,
    U64,
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

Member = tuple[str, str, int, int]  # name, type node, offset and size in bits

_STR_MEMBERS = (("data", PointerType(U8)), ("size", U64), ("length", U64), ("hash", U64))
_BYTES_MEMBERS = (("data", PointerType(U8)), ("size", U64), ("hash", U64))


class DebugTypes:
    """DWARF types of one unit, each made once."""

    def __init__(self, metadata: Metadata):
        self.metadata = metadata
        self.made: dict[Type, str] = {}

    def of(self, type: Type) -> str:
        """Return the node of a type; "null" is no type at all."""
        known = self.made.get(type)
        if known is None:
            known = self._make(type)
            self.made[type] = known
        return known

    def _make(self, type: Type) -> str:
        match type:
            case IntType(bits=bits, signed=signed):
                byte = "_char" if bits == 8 else ""
                return self._basic(type, bits, f"{'signed' if signed else 'unsigned'}{byte}")
            case FloatType(bits=bits):
                return self._basic(type, bits, "float")
            case BitsType(base=base):
                return self.of(base)
            case PointerType(target):
                return self._pointer("null" if target == NONE else self.of(target))
            case ArrayType(element, length):
                return self._array(element, length)
            case SliceType(element):
                return self._values(type, [("pointer", PointerType(element)), ("length", U64)])
            case CFunctionType() | GeneratorType():
                return self._pointer("null")
            case CallableType():
                return self._values(type, [("code", PointerType(NONE)), ("state", _UNTYPED)])
            case TupleType(items):
                return self._tuple(type, items)
            case OptionalType(inner):
                return self._optional(type, inner)
            case WrappedType(word="UserSlice", inner=inner):
                return self._values(type, [("pointer", PointerType(inner)), ("length", U64)])
            case WrappedType(word="UserPtr", inner=inner):
                return self.of(PointerType(inner))
            case WrappedType(inner=inner):
                return self.of(inner)
            case NamedType() if is_enum(type):
                return self._enumeration(type)
            case NamedType(kind=ClassKind.STRUCT | ClassKind.UNION):
                return self._structure(type)
            case NamedType():
                return self._object(type)
        return self._single(type)

    def _single(self, type: Type) -> str:
        if type == BOOL:
            return self._basic(type, 8, "boolean")
        if type == STR or type == BYTES:
            return self._text(type)
        if type == FORMAT:
            return self._values(type, [("code", _UNTYPED), ("state", _UNTYPED)])
        assert type in (NONE, NEVER), f"{type} has no values"
        return "null"

    def _basic(self, type: Type, bits: int, encoding: str) -> str:
        return self.metadata.node(
            f"!DIBasicType(name: {text_of(str(type))}, size: {bits}, encoding: DW_ATE_{encoding})"
        )

    def _pointer(self, target: str) -> str:
        return self.metadata.node(
            f"!DIDerivedType(tag: DW_TAG_pointer_type, baseType: {target}, size: 64)"
        )

    def _array(self, element: Type, length: int) -> str:
        bits = layout_of(element).size * length * 8
        return self.metadata.node(
            f"!DICompositeType(tag: DW_TAG_array_type, baseType: {self.of(element)}, "
            f"size: {bits}, elements: !{{!DISubrange(count: {length})}})"
        )

    def _values(self, type: Type, members: list[tuple[str, Type]]) -> str:
        """A structure of 8-byte members."""
        placed = [(name, self.of(t), 64 * i, 64) for i, (name, t) in enumerate(members)]
        return self._composite(str(type), 64 * len(members), placed)

    def _tuple(self, type: Type, items: tuple[Type, ...]) -> str:
        members = [
            (f"_{i}", self.of(item), offset * 8, layout_of(item).size * 8)
            for i, (item, offset) in enumerate(zip(items, tuple_offsets(items), strict=True))
        ]
        return self._composite(str(type), layout_of(type).size * 8, members)

    def _optional(self, type: OptionalType, inner: Type) -> str:
        if has_null(inner):
            return self.of(inner)
        layout, whole = layout_of(inner), layout_of(type)
        value = ("value", self.of(inner), (whole.size - layout.size) * 8, layout.size * 8)
        return self._composite(str(type), whole.size * 8, [("is_some", self.of(BOOL), 0, 8), value])

    def _enumeration(self, type: NamedType) -> str:
        declaration = type.declaration
        unsigned = "" if declaration.representation.signed else ", isUnsigned: true"
        members = [
            self.metadata.node(f"!DIEnumerator(name: {text_of(name)}, value: {value}{unsigned})")
            for name, value in declaration.members.items()
        ]
        return self.metadata.node(
            f"!DICompositeType(tag: DW_TAG_enumeration_type, name: {text_of(str(type))}, "
            f"baseType: {self.of(declaration.representation)}, "
            f"size: {declaration.representation.bits}, elements: !{{{', '.join(members)}}})"
        )

    def _structure(self, type: NamedType) -> str:
        node = self.made[type] = self.metadata.reserve()
        tag = "union" if type.kind is ClassKind.UNION else "structure"
        fields = list(fields_of(type).values())
        self._define(node, str(type), layout_of(type).size * 8, [], fields, tag)
        return node

    def _object(self, type: NamedType) -> str:
        """A pointer to an object. Its node exists before its fields', which may mention the class."""
        structure = self.metadata.reserve()
        pointer = self.made[type] = self._pointer(structure)
        fields = list(fields_of(type).values())
        size = object_layout(type)[0].size * 8
        self._define(structure, str(type), size, self._header(), fields, "structure")
        return pointer

    def _text(self, type: Type) -> str:
        members = _STR_MEMBERS if type == STR else _BYTES_MEMBERS
        placed = self._header()
        placed += [(name, self.of(t), 128 + 64 * i, 64) for i, (name, t) in enumerate(members)]
        size = 128 + 64 * (len(members) + 1)  # the owner, which is of no use to see
        return self._pointer(self._composite(str(type), size, placed))

    def _header(self) -> list[Member]:
        count, untyped = self.of(U32), self.of(_UNTYPED)
        return [("strong", count, 0, 32), ("weak", count, 32, 32), ("type", untyped, 64, 64)]

    def _composite(self, name: str, bits: int, members: list[Member]) -> str:
        node = self.metadata.reserve()
        self._define(node, name, bits, members, [], "structure")
        return node

    def _define(
        self, node: str, name: str, bits: int, members: list[Member], fields: list[Field], tag: str
    ) -> None:
        nodes = [self._member(node, *member) for member in members]
        nodes += [self._field(node, field) for field in fields]
        self.metadata.define(
            node,
            f"distinct !DICompositeType(tag: DW_TAG_{tag}_type, name: {text_of(name)}, "
            f"size: {bits}, elements: !{{{', '.join(nodes)}}})",
        )

    def _member(self, owner: str, name: str, type: str, offset: int, bits: int) -> str:
        return self.metadata.node(
            f"!DIDerivedType(tag: DW_TAG_member, name: {text_of(name)}, scope: {owner}, "
            f"baseType: {type}, size: {bits}, offset: {offset})"
        )

    def _field(self, owner: str, field: Field) -> str:
        type, start = self.of(field.type), field.offset * 8
        if not field.bits:
            return self._member(owner, field.name, type, start, layout_of(field.type).size * 8)
        return self.metadata.node(
            f"!DIDerivedType(tag: DW_TAG_member, name: {text_of(field.name)}, scope: {owner}, "
            f"baseType: {type}, size: {field.bits}, offset: {start + field.bit}, "
            f"flags: DIFlagBitField, extraData: i64 {start})"
        )


_UNTYPED = PointerType(NONE)
