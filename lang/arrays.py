"""Arrays stored in place, and the borrowed views of their elements.

Indices are checked against the length and slices are clamped, as in Python; there are no steps.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from lang.layout import POINTER_BYTES, Representation, representation
from lang.places import InPlace, allocate
from lang.pointers import PointerRepresentation, Ptr, pointer_to
from lang.storage import Memory


class _Sequence:
    """Elements of one type in a row: what arrays and slices share."""

    __slots__ = ("_memory", "_offset")

    element: Any

    def __len__(self) -> int:
        raise NotImplementedError

    def __getitem__(self, index: Any) -> Any:
        layout = representation(self.element)
        if isinstance(index, slice):
            start, stop = _clamp(index, len(self))
            return _slice(
                self.element, self._memory, self._offset + start * layout.size, stop - start
            )
        return layout.load(self._memory, self._place(index, layout))

    def __setitem__(self, index: Any, value: Any) -> None:
        if isinstance(index, slice):
            raise TypeError("a slice keeps its length; write s[a:b].copy_from(t)")
        layout = representation(self.element)
        layout.store(self._memory, self._place(index, layout), value)

    def __iter__(self) -> Iterator[Any]:
        layout = representation(self.element)
        for index in range(len(self)):
            yield layout.load(self._memory, self._offset + index * layout.size)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Sequence | bytes | bytearray):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # equal by contents, which change

    def __bytes__(self) -> bytes:
        size = representation(self.element).size * len(self)
        return bytes(self._memory.read(self._offset, size))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self))})"

    def _place(self, index: int, layout: Representation) -> int:
        """Return the offset of an element, counted from the end if the index is negative."""
        position = index + len(self) if index < 0 else int(index)
        if not 0 <= position < len(self):
            raise IndexError(f"index {index} of {len(self)} elements")
        return self._offset + position * layout.size


class Array(_Sequence):
    """`Array[T, N]`: N elements in place. `Array[T, N]()` is zero, `Array[u8, 2](1, 2)` is not."""

    __slots__ = ()

    length: int

    @classmethod
    @functools.cache
    def __class_getitem__(cls, arguments: tuple[Any, int]) -> type[Array]:
        element, length = arguments
        name = f"Array[{getattr(element, '__name__', element)}, {length}]"
        return type(name, (Array,), {"__slots__": (), "element": element, "length": int(length)})

    def __new__(cls, *elements: Any) -> Any:
        if elements and len(elements) != cls.length:
            raise TypeError(f"{cls.__name__} takes no element or {cls.length}, not {len(elements)}")
        if not elements and not representation(cls).zero_is_valid:
            raise TypeError(f"zero is no valid element of {cls.__name__}; give them all")
        result = allocate(cls)
        for index, value in enumerate(elements):
            result[index] = value
        return result

    @classmethod
    def _representation(cls) -> Representation:
        element = representation(cls.element)
        return InPlace(
            cls,
            element.size * cls.length,
            element.alignment,
            pinned=getattr(element, "pinned", False),
            zero_is_valid=element.zero_is_valid or cls.length == 0,
        )

    def __len__(self) -> int:
        return self.length


class Slice(_Sequence):
    """`Slice[T]`: a pointer and a length; the elements belong to somebody else."""

    __slots__ = ("_length",)

    element = None

    @classmethod
    @functools.cache
    def __class_getitem__(cls, element: Any) -> type[Slice]:
        name = f"Slice[{getattr(element, '__name__', element)}]"
        return type(name, (Slice,), {"__slots__": (), "element": element})

    def __init__(self, pointer: Ptr, length: int) -> None:
        memory, offset, _ = pointer._target()
        self._memory = memory
        self._offset = offset
        self._length = int(length)

    @classmethod
    def _representation(cls) -> Representation:
        return _SliceRepresentation(cls)

    def __len__(self) -> int:
        return self._length

    @property
    def pointer(self) -> Any:
        """The address of the first element."""
        return pointer_to(self.element, self._memory, self._offset)

    def fill(self, value: Any) -> None:
        """Give every element the same value."""
        for index in range(self._length):
            self[index] = value

    def copy_from(self, source: Any) -> None:
        """Copy as many elements as there are; the two may overlap.

        Raises:
            ValueError: the lengths differ.
        """
        if len(source) != self._length:
            raise ValueError(f"copy of {len(source)} elements into {self._length}")
        if isinstance(source, _Sequence):
            size = representation(self.element).size * self._length
            self._memory.move(self._offset, source._memory, source._offset, size)
            return
        for index, value in enumerate(source):
            self[index] = value


class _SliceRepresentation(Representation):
    size = 2 * POINTER_BYTES
    alignment = POINTER_BYTES
    zero_is_valid = False
    has_null = True

    def __init__(self, kind: type[Slice]) -> None:
        self.kind = kind
        self.pointer = PointerRepresentation(Ptr[kind.element])

    def load(self, memory: Memory, offset: int) -> Any:
        pointer = self.pointer.load(memory, offset)
        length = memory.read(offset + POINTER_BYTES, POINTER_BYTES)
        return self.kind(pointer, int.from_bytes(length, "little"))

    def store(self, memory: Memory, offset: int, value: Any) -> None:
        elements = _as_slice(value)
        self.pointer.store(memory, offset, elements.pointer)
        memory.write(offset + POINTER_BYTES, len(elements).to_bytes(POINTER_BYTES, "little"))


def _as_slice(value: Any) -> Slice:
    """Return a Slice of what may stand for one: an array as a whole, or constant bytes."""
    from lang.integers import u8

    if isinstance(value, Slice):
        return value
    if isinstance(value, Array):
        return value[:]
    if isinstance(value, bytes):
        return _slice(u8, Memory(bytearray(value)), 0, len(value))
    raise TypeError(f"{value!r} is no Slice")


def _slice(element: Any, memory: Memory, offset: int, length: int) -> Slice:
    result = object.__new__(Slice[element])
    result._memory = memory
    result._offset = offset
    result._length = length
    return result


def _clamp(index: slice, length: int) -> tuple[int, int]:
    """Return the bounds of a slice within the length (Language Reference, section 6.3.3)."""
    if index.step not in (None, 1):
        raise ValueError("a slice has no step")
    start, stop, _ = index.indices(length)
    return start, max(start, stop)
