"""Raw pointers: `Ptr[T]` to structs, to the elements of arrays, and to borrowed class instances.

A place must exist as bytes to have an address. A local variable, a number in a field of a class, or a
register of a device has none under CPython, and says so.
"""

from __future__ import annotations

import functools
from typing import Any, TypeVar

from lang import storage
from lang.integers import isize, u64
from lang.layout import POINTER_BYTES, Representation, representation
from lang.places import is_in_place, view
from lang.storage import Memory

T = TypeVar("T")


class Ptr:
    """The address of a T; never null, owns nothing."""

    __slots__ = ("_memory", "address")

    element: Any = None

    address: u64

    @classmethod
    @functools.cache
    def __class_getitem__(cls, element: Any) -> type[Ptr]:
        name = f"Ptr[{getattr(element, '__name__', element)}]"
        return type(name, (Ptr,), {"__slots__": (), "element": element})

    def __init__(self, address: int, memory: Memory | None = None) -> None:
        if address == 0:
            raise ValueError("a Ptr is never null; write `Ptr[T] | None` and None")
        object.__setattr__(self, "address", u64(address))
        object.__setattr__(self, "_memory", memory)

    @classmethod
    def _representation(cls) -> Representation:
        return PointerRepresentation(cls)

    def cast(self, element: Any) -> Any:
        """Return the same address as a pointer to another type."""
        return Ptr[element](self.address, self._memory)

    def __getitem__(self, index: int) -> Any:
        memory, start, layout = self._target()
        return layout.load(memory, start + index * layout.size)

    def __setitem__(self, index: int, value: Any) -> None:
        memory, start, layout = self._target()
        layout.store(memory, start + index * layout.size, value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._pointee(), name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._pointee(), name, value)

    def __add__(self, count: int) -> Any:
        return type(self)(int(self.address) + int(count) * self._stride(), self._memory)

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, Ptr):
            return isize((int(self.address) - int(other.address)) // self._stride())
        return self + -int(other)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ptr) and self.address == other.address

    def __lt__(self, other: Ptr) -> bool:
        return self.address < other.address

    def __le__(self, other: Ptr) -> bool:
        return self.address <= other.address

    def __gt__(self, other: Ptr) -> bool:
        return self.address > other.address

    def __ge__(self, other: Ptr) -> bool:
        return self.address >= other.address

    def __hash__(self) -> int:
        return hash(self.address)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({int(self.address):#x})"

    def __str__(self) -> str:
        return hex(self.address)

    def __format__(self, spec: str) -> str:
        return format(int(self.address), spec or "#x")

    def _stride(self) -> int:
        if self.element is None:
            raise TypeError("Ptr[None] has no element; cast it first")
        return representation(self.element).size

    def _target(self) -> tuple[Memory, int, Representation]:
        """Return where the pointer points, looking a bare address up."""
        if self.element is None:
            raise TypeError("Ptr[None] points at nothing known; cast it first")
        memory = self._memory
        if memory is None:
            memory = storage.find(int(self.address))
            object.__setattr__(self, "_memory", memory)
        return memory, int(self.address) - memory.base, representation(self.element)

    def _pointee(self) -> Any:
        """Return the struct, or the borrowed class instance, that the pointer points at."""
        if self._memory is None and self.address < storage.FIRST_ADDRESS:
            return storage.find_instance(int(self.address))
        memory, start, layout = self._target()
        return layout.load(memory, start)


class PointerRepresentation(Representation):
    """An address; the Memory that stores it keeps the target alive."""

    size = alignment = POINTER_BYTES
    zero_is_valid = False
    has_null = True

    def __init__(self, kind: type[Ptr]) -> None:
        self.kind = kind

    def load(self, memory: Memory, offset: int) -> Ptr:
        address = int.from_bytes(memory.read(offset, POINTER_BYTES), "little")
        if address == 0:
            raise ValueError(f"a {self.kind.__name__} is never null")
        return self.kind(address, memory.held.get(address))

    def store(self, memory: Memory, offset: int, value: Any) -> None:
        if not isinstance(value, Ptr):
            raise TypeError(f"{value!r} is not a {self.kind.__name__}")
        if value._memory is not None:
            memory.held[int(value.address)] = value._memory
        memory.write(offset, int(value.address).to_bytes(POINTER_BYTES, "little"))


def address_of(place: Any) -> Any:
    """Return a pointer to a struct, array or other value that is stored in place."""
    if not is_in_place(place):
        raise TypeError(
            f"under CPython a {type(place).__name__} is no place with an address; take the pointer "
            "of an array's slice (`a[i:].pointer`), or test this compiled"
        )
    return Ptr[type(place)](place._memory.base + place._offset, place._memory)


def offsetof(kind: Any, field: str) -> int:
    """Return the bytes from the start of a struct to one of its fields.

    Raises:
        TypeError: the field is a bit-field.
    """
    found = representation(kind).fields[field]
    if found.width is not None:
        raise TypeError(f"{field} is a bit-field: it has no address")
    return found.offset


def owner(link: Any, kind: Any, field: str) -> Any:
    """Return the `kind` whose field `field` is `link`: a pointer to it if `link` is a pointer."""
    if not hasattr(representation(kind), "fields"):
        raise TypeError(
            f"the place of a field in an object of {kind.__name__} is known to compiled code only"
        )
    if not isinstance(link, Ptr):
        return view(kind, link._memory, link._offset - offsetof(kind, field))
    return Ptr[kind](int(link.address) - offsetof(kind, field), link._memory)


def borrow(instance: Any) -> Any:
    """Return a pointer to a class instance; it holds no reference."""
    return Ptr[type(instance)](storage.borrow_instance(instance))


def retain(pointer: Any) -> Any:
    """Return a reference to the class instance that was borrowed."""
    return storage.find_instance(int(pointer.address))


def pointer_to(element: Any, memory: Memory, offset: int) -> Any:
    """Return a pointer to the element at `offset` of a Memory."""
    return Ptr[element](memory.base + offset, memory)
