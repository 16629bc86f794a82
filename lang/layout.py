"""How values lie in memory: the size and alignment of every type, and how to load and store it.

The layout is that of C on x86_64 (System V ABI, section 3.1.2): every scalar is aligned to its size,
128-bit integers to 16; a struct is aligned as its strictest field and padded to a multiple of that.
References, `str` and `bytes` are pointers; a `Slice` is a pointer and a length; a `Callable` is the
address of the code and that of the captured state. None is the address 0, and where a type has no
address at its start, as numbers, a flag before the value.

Invariant: `load` after `store` of the same value gives an equal value, and touches `size` bytes.
"""

from __future__ import annotations

import collections.abc
import functools
import struct as _struct
import types
import typing
from abc import ABC, abstractmethod
from enum import Enum
from typing import Annotated, Any, TypeVar, Union

from lang.annotations import OptionalUnresolved, Unresolved
from lang.floats import f32
from lang.integers import FixedInt, i64
from lang.storage import Memory

POINTER_BYTES = 8


class Representation(ABC):
    """How the values of one type lie in memory."""

    size: int
    alignment: int
    zero_is_valid = True
    has_null = False  # whether an address of 0 at its start stands for None

    @abstractmethod
    def load(self, memory: Memory, offset: int) -> Any:
        """Return the value at `offset`, or a view of it if it is stored in place."""

    @abstractmethod
    def store(self, memory: Memory, offset: int, value: Any) -> None:
        """Write `value` to `offset`.

        Raises:
            OverflowError: a number does not fit.
            TypeError: the value is not of the type.
        """


class _Integer(Representation):
    def __init__(self, kind: type[FixedInt], shown_as: type) -> None:
        self.kind = kind
        self.shown_as = shown_as
        self.size = self.alignment = kind.bits // 8

    def load(self, memory: Memory, offset: int) -> Any:
        data = memory.read(offset, self.size)
        return self.shown_as(int.from_bytes(data, "little", signed=self.kind.signed))

    def store(self, memory: Memory, offset: int, value: Any) -> None:
        if not isinstance(value, int):
            raise TypeError(f"{value!r} is not a {self.kind.__name__}")
        number = int(self.kind(value))
        memory.write(offset, number.to_bytes(self.size, "little", signed=self.kind.signed))


class _Boolean(Representation):
    size = alignment = 1

    def load(self, memory: Memory, offset: int) -> bool:
        return memory.read(offset, 1)[0] != 0

    def store(self, memory: Memory, offset: int, value: Any) -> None:
        if not isinstance(value, bool):
            raise TypeError(f"{value!r} is not a bool")
        memory.write(offset, bytes([value]))


class _Float(Representation):
    def __init__(self, kind: type[float], code: str) -> None:
        self.kind = kind
        self.code = _struct.Struct(code)
        self.size = self.alignment = self.code.size

    def load(self, memory: Memory, offset: int) -> float:
        return self.kind(self.code.unpack(memory.read(offset, self.size))[0])

    def store(self, memory: Memory, offset: int, value: Any) -> None:
        memory.write(offset, self.code.pack(value))


class _Reference(Representation):
    """A class instance, `str`, `bytes` or anything else that is held by its address."""

    alignment = POINTER_BYTES

    def __init__(self, name: str, nullable: bool, size: int = POINTER_BYTES) -> None:
        self.name = name
        self.zero_is_valid = nullable
        self.has_null = not nullable
        self.size = size

    def load(self, memory: Memory, offset: int) -> Any:
        address = int.from_bytes(memory.read(offset, POINTER_BYTES), "little")
        if address == 0 and self.zero_is_valid:
            return None
        try:
            return memory.held[address]
        except KeyError:
            raise ValueError(f"the bytes at {offset} are no {self.name}") from None

    def store(self, memory: Memory, offset: int, value: Any) -> None:
        if value is None and not self.zero_is_valid:
            raise TypeError(f"None is no {self.name}")
        address = 0 if value is None else id(value)
        memory.held[address] = value
        memory.write(offset, address.to_bytes(POINTER_BYTES, "little"))


class _Tuple(Representation):
    """The items one after another, as the fields of a struct."""

    def __init__(self, items: tuple[Any, ...]) -> None:
        self.items = [representation(item) for item in items]
        self.offsets, self.size, self.alignment = place_in_order(self.items)
        self.zero_is_valid = all(item.zero_is_valid for item in self.items)

    def load(self, memory: Memory, offset: int) -> Any:
        places = zip(self.items, self.offsets, strict=True)
        return tuple(item.load(memory, offset + start) for item, start in places)

    def store(self, memory: Memory, offset: int, value: Any) -> None:
        for item, start, part in zip(self.items, self.offsets, value, strict=True):
            item.store(memory, offset + start, part)


class _Nullable(Representation):
    """A type that is null when its first eight bytes, an address, are zero."""

    def __init__(self, target: Representation) -> None:
        self.target = target
        self.size, self.alignment = target.size, target.alignment

    def load(self, memory: Memory, offset: int) -> Any:
        is_null = not any(memory.read(offset, POINTER_BYTES))
        return None if is_null else self.target.load(memory, offset)

    def store(self, memory: Memory, offset: int, value: Any) -> None:
        if value is None:
            memory.write(offset, bytes(self.size))
        else:
            self.target.store(memory, offset, value)


class _Flagged(Representation):
    """A type that has no null: a flag says whether a value follows."""

    def __init__(self, target: Representation) -> None:
        self.target = target
        (_, self.start), self.size, self.alignment = place_in_order([_BUILT_IN[bool], target])

    def load(self, memory: Memory, offset: int) -> Any:
        is_there = memory.read(offset, 1)[0] != 0
        return self.target.load(memory, offset + self.start) if is_there else None

    def store(self, memory: Memory, offset: int, value: Any) -> None:
        memory.write(offset, bytes([value is not None]))
        if value is not None:
            self.target.store(memory, offset + self.start, value)


class _Enumeration(Representation):
    def __init__(self, kind: type[Enum]) -> None:
        self.kind = kind
        self.number = representation(getattr(kind, "__over__", int))
        self.size, self.alignment = self.number.size, self.number.alignment

    def load(self, memory: Memory, offset: int) -> Any:
        return self.kind(int(self.number.load(memory, offset)))

    def store(self, memory: Memory, offset: int, value: Any) -> None:
        if not isinstance(value, self.kind):
            raise TypeError(f"{value!r} is not a {self.kind.__name__}")
        self.number.store(memory, offset, int(value))


_BUILT_IN: dict[Any, Representation] = {
    int: _Integer(i64, shown_as=int),
    bool: _Boolean(),
    float: _Float(float, "<d"),
    f32: _Float(f32, "<f"),
}


@functools.cache
def representation(kind: Any) -> Representation:
    """Return how a field, element or variable of the type `kind` lies in memory."""
    if kind in _BUILT_IN:
        return _BUILT_IN[kind]
    if hasattr(kind, "_representation"):
        return kind._representation()
    if isinstance(kind, type) and issubclass(kind, FixedInt):
        return _Integer(kind, shown_as=kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _Enumeration(kind)
    if isinstance(kind, TypeVar):
        raise TypeError(f"{kind} has no size until it is given: name the type, as in Ring[u8]")
    return _composed(kind)


def _composed(kind: Any) -> Representation:
    """Return the representation of a type that is built from others, or of a reference."""
    if isinstance(kind, OptionalUnresolved):
        return _Reference(repr(kind.target), nullable=True)
    origin = typing.get_origin(kind)
    arguments = typing.get_args(kind)
    if origin is Annotated:
        return representation(arguments[0])
    if origin is tuple:
        return _Tuple(arguments)
    if origin is collections.abc.Callable:
        return _Reference("Callable", nullable=False, size=2 * POINTER_BYTES)
    if origin in (Union, types.UnionType):
        return _nullable(arguments)
    name = kind.__name__ if isinstance(kind, type | Unresolved) else str(kind)
    return _Reference(name, nullable=False)


def _nullable(arguments: tuple[Any, ...]) -> Representation:
    targets = [argument for argument in arguments if argument is not type(None)]
    if len(targets) != 1 or len(arguments) != 2:
        raise TypeError("a union type in a field is `T | None` of one T")
    target = representation(targets[0])
    return _Nullable(target) if target.has_null else _Flagged(target)


def place_in_order(
    fields: list[Representation], packed: bool = False
) -> tuple[list[int], int, int]:
    """Return the fields' offsets, and the size and alignment of the whole."""
    offsets = []
    end = 0
    alignment = 1
    for field in fields:
        step = 1 if packed else field.alignment
        start = align_up(end, step)
        offsets.append(start)
        end = start + field.size
        alignment = max(alignment, step)
    return offsets, align_up(end, alignment), alignment


def align_up(offset: int, alignment: int) -> int:
    return (offset + alignment - 1) // alignment * alignment
