"""Python values to machine words and back, by the types of the target code.

How values lie in words is `compiler/lower/thunks.py`'s; how they lie in memory `compiler/layout.py`'s.

    int, bool, enum     a Python int that fits, else OverflowError
    Ptr[T]              a Place, a Pointer, None where the type allows it, or an address
    Slice[T]            bytes, bytearray, a list, an array Place or a Region; what the code writes
                        into a bytearray or list is there after the call
    str, bytes          the same; they live as long as the call
    struct, Array       a Place; a struct result is a new one
    class               an Object
    tuple, T | None     by their items
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from compiler.ir import IMMORTAL
from compiler.layout import has_null, layout_of, tuple_offsets
from compiler.types import (
    BOOL,
    BYTES,
    NEVER,
    NONE,
    STR,
    BitsType,
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
    is_enum,
    is_place,
    is_reference,
)

if TYPE_CHECKING:
    from compiler.testing.objects import Objects

WORD = (1 << 64) - 1
_FLOATS = {32: "f", 64: "d"}


class Values:
    """Converts for one loaded module."""

    def __init__(self, objects: Objects):
        self.objects = objects

    def to_words(self, value: Any, type: Type, call: CallMemory) -> list[int]:
        """Return the words that pass `value`; `call` keeps what must outlive the call."""
        if is_place(type):
            return [self.objects.place_of(value, type).address]
        match type:
            case IntType(bits=128):
                self._require_integer(value, type)
                return [value & WORD, value >> 64 & WORD]
            case OptionalType(inner):
                return self._optional(value, inner, call)
            case TupleType(items):
                return [
                    word
                    for item, each in zip(items, value, strict=True)
                    for word in self.to_words(each, item, call)
                ]
            case SliceType(element):
                return self._slice(value, element, call)
            case WrappedType("UserSlice", inner):
                return self._slice(value, inner, call)
        if type in (STR, BYTES):
            return [self._text(value, call)]
        if is_reference(type):
            return [self.objects.reference_of(value, type).address]
        return [self.to_word(value, type)]

    def to_word(self, value: Any, type: Type) -> int:
        """Return the one word of a scalar."""
        match type:
            case IntType():
                self._require_integer(value, type)
                return value & WORD
            case BitsType(base, width):
                self._require_integer(value, IntType(str(type), width, base.signed))
                return value & WORD
            case FloatType(bits=bits):
                return int.from_bytes(struct.pack("<" + _FLOATS[bits], value), "little")
            case PointerType() | CFunctionType() | WrappedType("UserPtr" | "Rcu"):
                return value if isinstance(value, int) else value.address
            case NamedType() if is_enum(type):
                return int(value) & WORD
        if type is BOOL:
            return int(bool(value))
        raise TypeError(f"a value of type {type} cannot be passed from Python")

    def _require_integer(self, value: Any, type: IntType) -> None:
        if not isinstance(value, int):
            raise TypeError(f"{type} expected, not {value!r}")
        if not type.holds(value):
            raise OverflowError(f"{value} does not fit {type}")

    def _optional(self, value: Any, inner: Type, call: CallMemory) -> list[int]:
        if has_null(inner) or is_place(inner):
            if value is None:
                return [0] * (2 if isinstance(inner, SliceType) else 1)
            return self.to_words(value, inner, call)
        if value is None:
            return [0] * (1 + self.word_count(inner))
        return [1, *self.to_words(value, inner, call)]

    def _slice(self, value: Any, element: Type, call: CallMemory) -> list[int]:
        if hasattr(value, "address"):
            return [value.address, len(value)]
        address = call.borrow(self, value, element)
        return [address, len(value)]

    def _text(self, value: str | bytes, call: CallMemory) -> int:
        """Make a static str or bytes object (layout in compiler/ir.py)."""
        data = value.encode() if isinstance(value, str) else value
        at = ctypes.addressof(call.keep(ctypes.create_string_buffer(data)))
        fields = [len(data), len(value), 0, 0] if isinstance(value, str) else [len(data), 0, 0]
        content = struct.pack(f"<IIQQ{len(fields)}Q", IMMORTAL, 1, 0, at, *fields)
        return ctypes.addressof(call.keep(ctypes.create_string_buffer(content)))

    def word_count(self, type: Type) -> int:
        """Return in how many words a result of `type` comes back."""
        if is_place(type):
            return 1
        match type:
            case IntType(bits=128) | SliceType() | WrappedType("UserSlice"):
                return 2
            case TupleType(items):
                return sum(map(self.word_count, items))
            case OptionalType(inner):
                flag = 0 if has_null(inner) or is_place(inner) else 1
                return flag + self.word_count(inner)
        return 0 if type in (NONE, NEVER) else 1

    def from_words(self, words: Iterator[int], type: Type) -> Any:
        """Return the Python value that the next words are."""
        if type in (NONE, NEVER):
            return None
        match type:
            case IntType(bits=128):
                return self._signed(next(words) | next(words) << 64, type)
            case SliceType(element) | WrappedType("UserSlice", element):
                return self.objects.region(next(words), next(words), element)
            case TupleType(items):
                return tuple([self.from_words(words, item) for item in items])
            case OptionalType(inner):
                return self._from_optional(words, inner)
        return self.from_word(next(words), type)

    def _from_optional(self, words: Iterator[int], inner: Type) -> Any:
        if not (has_null(inner) or is_place(inner)):
            is_some = next(words)
            value = self.from_words(words, inner)
            return value if is_some else None
        first = next(words)
        rest = [first] if self.word_count(inner) == 1 else [first, next(words)]
        return self.from_words(iter(rest), inner) if first else None

    def from_word(self, word: int, type: Type) -> Any:
        """Return the Python value of a scalar, pointer or reference."""
        if is_place(type):
            return self.objects.place(word, type)
        match type:
            case IntType():
                return self._signed(word, type)
            case BitsType(base, width):
                return self._signed(word, IntType(str(type), width, base.signed))
            case FloatType(bits=bits):
                data = word.to_bytes(8, "little")[: bits // 8]
                return struct.unpack("<" + _FLOATS[bits], data)[0]
            case PointerType(target):
                return self.objects.pointer(word, target)
            case CFunctionType() | WrappedType("UserPtr" | "Rcu"):
                return word
            case NamedType() if is_enum(type):
                return self._signed(word, type.declaration.representation)
        if type is BOOL:
            return bool(word & 1)
        if type in (STR, BYTES):
            return self._read_text(word, type)
        if is_reference(type):
            return self.objects.owned(word, type)
        raise TypeError(f"a value of type {type} cannot be shown in Python")

    def _signed(self, word: int, type: IntType) -> int:
        value = word & ((1 << type.bits) - 1)
        return value - (1 << type.bits) if type.signed and value >> (type.bits - 1) else value

    def _read_text(self, address: int, type: Type) -> str | bytes:
        data, size = struct.unpack("<QQ", ctypes.string_at(address + 16, 16))
        content = ctypes.string_at(data, size)
        return content.decode() if type is STR else content

    # In memory -------------------------------------------------------------------------------

    def load(self, address: int, type: Type) -> Any:
        """Return the value at an address; a place is shown where it lies."""
        if is_place(type):
            return self.objects.place(address, type)
        match type:
            case TupleType(items):
                offsets = tuple_offsets(items)
                return tuple(
                    [self.load(address + o, i) for o, i in zip(offsets, items, strict=True)]
                )
            case OptionalType(inner) if not has_null(inner):
                if not ctypes.string_at(address, 1)[0]:
                    return None
                return self.load(address + layout_of(inner).align, inner)
            case OptionalType(inner) | inner:
                words = _words(ctypes.string_at(address, layout_of(inner).size))
        if isinstance(type, OptionalType) and not words[0]:
            return None
        if is_reference(inner) and inner not in (STR, BYTES):
            return self.objects.borrowed(words[0], inner)
        return self.from_words(iter(words), inner)

    def store(self, address: int, type: Type, value: Any) -> None:
        """Write a value to an address; a reference is counted, the one before is not released."""
        layout = layout_of(type)
        if is_place(type):
            ctypes.memmove(address, self.objects.place_of(value, type).address, layout.size)
            return
        match type:
            case TupleType(items):
                for offset, item, each in zip(tuple_offsets(items), items, value, strict=True):
                    self.store(address + offset, item, each)
                return
            case OptionalType(inner) if not has_null(inner):
                ctypes.memset(address, int(value is not None), 1)
                if value is not None:
                    self.store(address + layout_of(inner).align, inner, value)
                return
        words = self.to_words(value, type, self.objects.static)
        if is_reference(type) and value is not None and not isinstance(value, str | bytes):
            value.retain()
        data = b"".join(word.to_bytes(8, "little") for word in words)
        ctypes.memmove(address, data, layout.size)


def _words(data: bytes) -> list[int]:
    padded = data + b"\0" * (-len(data) % 8)
    return [int.from_bytes(padded[i : i + 8], "little") for i in range(0, len(padded), 8)]


class CallMemory:
    """Keeps what a call's arguments point at, and brings back what the code wrote there."""

    def __init__(self) -> None:
        self.kept: list[Any] = []
        self.written: list[Callable[[], None]] = []

    def keep(self, buffer: Any) -> Any:
        self.kept.append(buffer)
        return buffer

    def borrow(self, values: Values, sequence: Sequence, element: Type) -> int:
        """Copy a sequence into memory and return its address."""
        size = layout_of(element).size
        buffer = self.keep(ctypes.create_string_buffer(max(1, len(sequence) * size) + 16))
        start = (ctypes.addressof(buffer) + 15) & ~15
        if isinstance(sequence, bytes | bytearray | memoryview) and size == 1:
            ctypes.memmove(start, bytes(sequence), len(sequence))
        else:
            for index, item in enumerate(sequence):
                values.store(start + index * size, element, item)
        if isinstance(sequence, bytearray | list):
            self.written.append(lambda: self._bring_back(values, sequence, element, start))
        return start

    def _bring_back(self, values: Values, sequence: Any, element: Type, start: int) -> None:
        size = layout_of(element).size
        if isinstance(sequence, bytearray) and size == 1:
            sequence[:] = ctypes.string_at(start, len(sequence))
            return
        for index in range(len(sequence)):
            if not is_place(element) and not is_reference(element):
                sequence[index] = values.load(start + index * size, element)

    def finish(self) -> None:
        for bring_back in self.written:
            bring_back()
