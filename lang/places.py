"""What is stored in place: the base of structs, arrays, atomics and device registers.

A Python object of such a type is a view of the bytes where the value lies, so that `outer.inner.x = 1`
and a local name for `table[i]` change the place itself, as they do on the machine.
"""

from __future__ import annotations

import copy as shallow
from typing import Any, TypeVar

from lang.layout import Representation, representation
from lang.storage import Memory

T = TypeVar("T")


class InPlace(Representation):
    """The representation of a type whose instances are views."""

    def __init__(
        self, kind: type, size: int, alignment: int, *, pinned: bool, zero_is_valid: bool = True
    ) -> None:
        self.kind = kind
        self.size = size
        self.alignment = alignment
        self.pinned = pinned
        self.zero_is_valid = zero_is_valid

    def load(self, memory: Memory, offset: int) -> Any:
        memory.read(offset, self.size)
        return view(self.kind, memory, offset)

    def store(self, memory: Memory, offset: int, value: Any) -> None:
        """Move a fresh value in; one that has a place of its own must be copied first."""
        if not isinstance(value, self.kind):
            raise TypeError(f"{value!r} is not a {self.kind.__name__}")
        if value._memory.has_address and self.pinned:
            raise TypeError(f"a {self.kind.__name__} is pinned: it never moves")
        if len(value._memory.data) != self.size:
            raise TypeError(f"this {self.kind.__name__} lies elsewhere already; write copy(x)")
        memory.move(offset, value._memory, value._offset, self.size)


def view(kind: type[T], memory: Memory, offset: int) -> T:
    """Return the `kind` that lies at `offset`, without constructing one."""
    result = object.__new__(kind)
    object.__setattr__(result, "_memory", memory)
    object.__setattr__(result, "_offset", offset)
    return result


def is_in_place(value: Any) -> bool:
    return hasattr(value, "_memory") and hasattr(value, "_offset")


def allocate(kind: type[T]) -> T:
    """Return a new zeroed `kind` in memory of its own."""
    return view(kind, Memory(bytearray(representation(kind).size)), 0)


def copy(value: T) -> T:
    """Return a second struct, array or union with the same contents; anything else as it is.

    Raises:
        TypeError: the type is pinned.
    """
    if not is_in_place(value):
        return value
    layout = representation(type(value))
    if layout.pinned:
        raise TypeError(f"a {type(value).__name__} is pinned: there is never a second one")
    result = allocate(type(value))
    result._memory.move(0, value._memory, value._offset, layout.size)
    return result


def duplicate(value: T) -> T:
    """Return a second object of the class of `value`, whose fields hold the same."""
    return shallow.copy(value)


def zeroed(kind: type[T]) -> T:
    """Return the value of `kind` whose bytes are all zero.

    Raises:
        TypeError: there is no such value, as of a reference.
    """
    layout = representation(kind)
    if not layout.zero_is_valid:
        raise TypeError(f"zero is no valid {getattr(kind, '__name__', kind)}")
    return layout.load(Memory(bytearray(layout.size)), 0)


def vacate(place: Any) -> None:
    """Release what a struct holds, and leave memory that holds nothing."""
    layout = representation(type(place))
    place._memory.move(place._offset, Memory(bytearray(layout.size)), 0, layout.size)


def bit_cast(target: type[T], value: Any) -> T:
    """Return the `target` whose bytes are those of `value`, which has the same size."""
    source = representation(type(value))
    layout = representation(target)
    if source.size != layout.size:
        raise TypeError(
            f"{type(value).__name__} has {source.size} bytes and "
            f"{target.__name__} {layout.size}: a bit_cast keeps the size"
        )
    memory = Memory(bytearray(layout.size))
    if is_in_place(value):
        memory.move(0, value._memory, value._offset, source.size)
    else:
        source.store(memory, 0, value)
    return layout.load(memory, 0)


def sizeof(kind: Any) -> int:
    """Return the bytes that a value of the type takes."""
    return representation(kind).size


def alignof(kind: Any) -> int:
    """Return what divides the address of every value of the type."""
    return representation(kind).alignment
