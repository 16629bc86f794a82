"""Structs, arrays and counted objects of target code, as Python objects.

    Place      a struct or Array where it lies: fields, elements, methods
    Pointer    a Ptr: `p[i]`, `p.address`, and the fields of the struct that it points at
    Region     a Slice that target code returned: a sequence; `bytes(r)` for u8
    Object     a reference: counted here as the compiler counts it there

A Place made from Python keeps its memory alive; one that target code showed does not.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Iterator
from enum import IntEnum, IntFlag
from functools import cache, cached_property
from typing import Any

from compiler.backend.guard import Guard
from compiler.backend.jit import JITLibrary
from compiler.declare import find_member, signature_of
from compiler.ir import type_info_symbol
from compiler.layout import Field, fields_of, layout_of, object_layout
from compiler.lower.thunks import FIRST_RESULT, WORD
from compiler.testing.values import CallMemory, Values
from compiler.types import (
    ArrayType,
    ClassDeclaration,
    ClassKind,
    FunctionDeclaration,
    FunctionInstance,
    NamedType,
    Signature,
    Type,
    VariableDeclaration,
    WrappedType,
    is_place,
)

HEADER_WORDS = FIRST_RESULT // WORD  # class and object of an exception, before a result
SUFFIX = ".thunk"


class Objects:
    """What one loaded module's objects need: its code, and the conversions."""

    def __init__(self, library: JITLibrary, guard: Guard):
        self.library = library
        self.guard = guard
        self.values = Values(self)
        self.static = CallMemory()  # what was stored into fields lives as long as the module

    # Calls ---------------------------------------------------------------------------------------

    def function(self, instance: FunctionInstance) -> Callable[..., Any]:
        """Return a function that calls the compiled one."""
        declaration = instance.declaration
        signature = signature_of(instance)
        names = [parameter.name for parameter in declaration.parameters]

        def call(*arguments: Any, **named: Any) -> Any:
            ordered = _in_order(declaration, names, arguments, named)
            return self.call(instance.symbol, signature, ordered)

        call.__name__ = declaration.name
        call.__doc__ = declaration.node.body and _docstring(declaration)
        return call

    def call(self, symbol: str, signature: Signature, arguments: list[Any]) -> Any:
        """Call a compiled function with Python values.

        Raises:
            NativeFailure: a check failed, or worse.
            Exception: the exception that the function raised, by Python's name if it has one.
        """
        memory = CallMemory()
        words: list[int] = []
        fresh = None
        if is_place(signature.result) and not signature.returns_view:
            fresh = self.new_place(signature.result)
            words.append(fresh.address)
        for value, type in zip(arguments, signature.parameters, strict=True):
            words += self.values.to_words(value, type, memory)
        count = HEADER_WORDS + (0 if fresh else self.values.word_count(signature.result))
        address = self.library.address(symbol + SUFFIX)
        results = self.guard.call(address, words, result_words=max(count, HEADER_WORDS))
        memory.finish()
        if results[0]:
            raise self.exception(results[0])
        if fresh is not None:
            return fresh
        return self.values.from_words(iter(results[HEADER_WORDS:]), signature.result)

    def exception(self, type_info: int) -> Exception:
        """Return the Python exception for a class of the target, with the way that it came."""
        name = ctypes.string_at(_word_at(type_info + 24)).decode()
        way = "\n".join(f"  {frame}" for frame in self.guard.trace())
        return (
            _exception_class(name.rpartition(".")[2])(way)
            if way
            else _exception_class(name.rpartition(".")[2])()
        )

    # Places, pointers, regions, objects --------------------------------------------------------

    def place(self, address: int, type: Type) -> Place:
        return Place(self, address, type)

    def new_place(self, type: Type) -> Place:
        """Return zeroed memory for a struct or Array, which lives as long as the Place."""
        layout = layout_of(type)
        buffer = ctypes.create_string_buffer(layout.size + layout.align)
        address = (ctypes.addressof(buffer) + layout.align - 1) // layout.align * layout.align
        return Place(self, address, type, buffer)

    def place_of(self, value: Any, type: Type) -> Place:
        """Return a Place for an argument: itself, or an Array made from a sequence."""
        if isinstance(value, Place | Pointer):
            return value
        if isinstance(type, ArrayType) and isinstance(value, list | tuple | bytes | bytearray):
            place = self.new_place(type)
            for index, item in enumerate(value):
                place[index] = item
            self.static.keep(place)
            return place
        raise TypeError(f"{type} expected, not {value!r}")

    def pointer(self, address: int, target: Type) -> Pointer:
        return Pointer(self, address, target)

    def region(self, address: int, length: int, element: Type) -> Region:
        return Region(self, address, length, element)

    def owned(self, address: int, type: Type) -> Object | None:
        """Return a reference that a call gave away; the Object releases it."""
        return Object(self, address, type) if address else None

    def borrowed(self, address: int, type: Type) -> Object | None:
        if not address:
            return None
        reference = Object(self, address, type)
        reference.retain()
        return reference

    def reference_of(self, value: Any, type: Type) -> Object:
        if isinstance(value, Object):
            return value
        raise TypeError(f"{type} expected, not {value!r}")

    # Classes and variables -----------------------------------------------------------------------

    def native_class(self, declaration: ClassDeclaration) -> NativeClass:
        return NativeClass(self, NamedType(declaration))

    def enum(self, declaration: ClassDeclaration) -> type[IntEnum]:
        """Return the enum as Python's own kind."""
        base = IntEnum if declaration.kind is ClassKind.INT_ENUM else IntFlag
        return base(declaration.name, declaration.members)

    def read_variable(self, variable: VariableDeclaration) -> Any:
        return self.values.load(self.library.address(variable.symbol), _stored(variable.type))

    def write_variable(self, variable: VariableDeclaration, value: Any) -> None:
        self.values.store(self.library.address(variable.symbol), _stored(variable.type), value)

    def new_object(self, type: NamedType) -> Object:
        """Allocate a zeroed object through the world, as compiled code does."""
        info = self.library.address(type_info_symbol(type.symbol))
        size = object_layout(type)[0].size
        results = self.guard.call(
            self.library.address("__pw_allocate" + SUFFIX), [size, info], HEADER_WORDS + 1
        )
        address = results[HEADER_WORDS]
        if not address:
            raise MemoryError(f"no memory for a {type}")
        ctypes.memmove(address, struct.pack("<IIQ", 1, 1, info), 16)
        return Object(self, address, type)

    def destroy(self, address: int) -> None:
        self.guard.call(self.library.address("__pw_destroy" + SUFFIX), [address], HEADER_WORDS)


class _Fields:
    """Shows the fields and methods of a struct or object at `_start`."""

    _objects: Objects

    def _field(self, name: str) -> Field | None:
        type = self._struct_type
        return fields_of(type).get(name) if isinstance(type, NamedType) else None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        field = self._field(name)
        if field is not None:
            return _read_field(self._objects.values, self.address + field.offset, field)
        return self._method(name)

    def _method(self, name: str) -> Any:
        type = self._struct_type
        member = find_member(type, name) if isinstance(type, NamedType) else None
        declaration = getattr(member, "declaration", None)
        if not isinstance(declaration, FunctionDeclaration):
            raise AttributeError(f"{type} has no '{name}'")
        owner = member.owner if isinstance(getattr(member, "owner", None), NamedType) else type
        call = self._objects.function(FunctionInstance(declaration, owner.arguments))
        if declaration.is_property:
            return call(self)
        return lambda *arguments, **named: call(self, *arguments, **named)

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_") or name == "address":
            object.__setattr__(self, name, value)
            return
        field = self._field(name)
        if field is None:
            raise AttributeError(f"{self._struct_type} has no field '{name}'")
        _write_field(self._objects.values, self.address + field.offset, field, value)


class Place(_Fields):
    """A struct or Array in memory."""

    def __init__(self, objects: Objects, address: int, type: Type, buffer: Any = None):
        self._objects = objects
        self.address = address
        self._type = type
        self._buffer = buffer

    @property
    def _struct_type(self) -> Type:
        return _stored(self._type)

    def __len__(self) -> int:
        if isinstance(self._type, ArrayType):
            return self._type.length
        return self._method("__len__")()

    def __getitem__(self, index: int) -> Any:
        return self._objects.values.load(self._element(index), self._type.element)

    def __setitem__(self, index: int, value: Any) -> None:
        self._objects.values.store(self._element(index), self._type.element, value)

    def __iter__(self) -> Iterator[Any]:
        return (self[index] for index in range(len(self)))

    def __contains__(self, value: Any) -> bool:
        if isinstance(self._type, ArrayType):
            return value in list(self)
        return self._method("__contains__")(value)

    def __repr__(self) -> str:
        if isinstance(self._type, ArrayType):
            return repr(list(self))
        if isinstance(self._type, NamedType):
            shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in fields_of(self._type))
            return f"{self._type}({shown})"
        return f"<{self._type} at {self.address:#x}>"

    def _element(self, index: int) -> int:
        if not isinstance(self._type, ArrayType):
            raise TypeError(f"{self._type} has no elements")
        length = self._type.length
        if not -length <= index < length:
            raise IndexError(f"index {index} is outside an Array of {length}")
        return self.address + index % length * layout_of(self._type.element).size


class Pointer(_Fields):
    """A raw address with a type. Equal to another Pointer with the same address."""

    def __init__(self, objects: Objects, address: int, target: Type):
        self._objects = objects
        self.address = address
        self._target = target

    @property
    def _struct_type(self) -> Type:
        return self._target

    def __getitem__(self, index: int) -> Any:
        size = layout_of(self._target).size
        return self._objects.values.load(self.address + index * size, self._target)

    def __setitem__(self, index: int, value: Any) -> None:
        size = layout_of(self._target).size
        self._objects.values.store(self.address + index * size, self._target, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pointer | Place) and other.address == self.address

    def __hash__(self) -> int:
        return hash(self.address)

    def __repr__(self) -> str:
        return f"Ptr[{self._target}]({self.address:#x})"


class Region:
    """A Slice that target code returned."""

    def __init__(self, objects: Objects, address: int, length: int, element: Type):
        self._objects = objects
        self.address = address
        self._length = length
        self._element = element

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> Any:
        if not -self._length <= index < self._length:
            raise IndexError(index)
        size = layout_of(self._element).size
        return self._objects.values.load(self.address + index % self._length * size, self._element)

    def __iter__(self) -> Iterator[Any]:
        return (self[index] for index in range(self._length))

    def __bytes__(self) -> bytes:
        return ctypes.string_at(self.address, self._length * layout_of(self._element).size)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, bytes):
            return bytes(self) == other
        return isinstance(other, list | Region) and list(self) == list(other)

    __hash__ = None

    def __repr__(self) -> str:
        return repr(list(self))


class Object(_Fields):
    """A counted object; this Python object holds one reference."""

    def __init__(self, objects: Objects, address: int, type: Type):
        self._objects = objects
        self.address = address
        self._type = type

    @cached_property
    def _struct_type(self) -> Type:
        inner = getattr(self._type, "inner", None)
        return inner or self._type

    @property
    def _strong(self) -> ctypes.c_uint32:
        return ctypes.c_uint32.from_address(self.address)

    @property
    def reference_count(self) -> int:
        return self._strong.value

    def retain(self) -> None:
        self._strong.value += 1

    def release(self) -> None:
        """Let go now; the Object is not to be used afterwards."""
        address, self.address = self.address, 0
        count = ctypes.c_uint32.from_address(address)
        count.value -= 1
        if count.value == 0:
            self._objects.destroy(address)

    def __del__(self) -> None:
        if getattr(self, "address", 0):
            self.release()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Object) and other.address == self.address

    def __hash__(self) -> int:
        return hash(self.address)

    def __repr__(self) -> str:
        return f"<{self._type} at {self.address:#x}>"


class NativeClass:
    """A struct or class of target code; calling it makes one."""

    def __init__(self, objects: Objects, type: NamedType):
        self._objects = objects
        self._type = type

    def __call__(self, *arguments: Any, **named: Any) -> Place | Object:
        kind = self._type.kind
        made = (
            self._objects.new_place(self._type)
            if kind in (ClassKind.STRUCT, ClassKind.UNION)
            else self._objects.new_object(self._type)
        )
        if find_member(self._type, "__init__") is not None:
            made._method("__init__")(*arguments, **named)
            return made
        names = list(fields_of(self._type))
        for name, value in [*zip(names, arguments, strict=False), *named.items()]:
            setattr(made, name, value)
        return made

    def __getattr__(self, name: str) -> Any:
        member = find_member(self._type, name)
        declaration = getattr(member, "declaration", None)
        if isinstance(declaration, FunctionDeclaration):
            return self._objects.function(FunctionInstance(declaration, self._type.arguments))
        if name in self._type.declaration.constants:
            return self._type.declaration.constants[name]
        raise AttributeError(f"{self._type} has no '{name}'")

    def __repr__(self) -> str:
        return f"<native {self._type}>"


def _stored(type: Type) -> Type:
    """Return what an Atomic or Volatile holds, as tests read and write it."""
    if isinstance(type, WrappedType) and type.word in ("Atomic", "Volatile"):
        return type.inner
    return type


def _read_field(values: Values, address: int, field: Field) -> Any:
    if not field.bits:
        return values.load(address, _stored(field.type))
    size = layout_of(field.type).size
    whole = int.from_bytes(ctypes.string_at(address, size), "little")
    return values.from_word(whole >> field.bit & ((1 << field.bits) - 1), field.type)


def _write_field(values: Values, address: int, field: Field, value: Any) -> None:
    if not field.bits:
        values.store(address, _stored(field.type), value)
        return
    size = layout_of(field.type).size
    mask = ((1 << field.bits) - 1) << field.bit
    bits = values.to_word(value, field.type) << field.bit & mask
    whole = int.from_bytes(ctypes.string_at(address, size), "little") & ~mask | bits
    ctypes.memmove(address, whole.to_bytes(size, "little"), size)


def _in_order(
    declaration: FunctionDeclaration,
    names: list[str],
    arguments: tuple[Any, ...],
    named: dict[str, Any],
) -> list[Any]:
    """Return the arguments in the order of the parameters, constant defaults filled in."""
    given = dict(zip(names, arguments, strict=False))
    if len(arguments) > len(names):
        raise TypeError(f"{declaration.name} takes {len(names)} arguments, not {len(arguments)}")
    given.update(named)
    ordered = []
    for parameter in declaration.parameters:
        if parameter.name in given:
            ordered.append(given.pop(parameter.name))
        elif parameter.default is not None:
            ordered.append(getattr(parameter.default, "value", None))
        else:
            raise TypeError(f"{declaration.name} needs '{parameter.name}'")
    if given:
        raise TypeError(f"{declaration.name} has no parameter '{next(iter(given))}'")
    return ordered


def _docstring(declaration: FunctionDeclaration) -> str | None:
    import ast

    return ast.get_docstring(declaration.node)


def _word_at(address: int) -> int:
    return ctypes.c_uint64.from_address(address).value


@cache
def _exception_class(name: str) -> type[Exception]:
    """Return Python's exception of that name; one made for the name if Python has none."""
    import builtins

    known = getattr(builtins, name, None)
    if isinstance(known, type) and issubclass(known, Exception):
        return known
    return type(name, (Exception,), {})
