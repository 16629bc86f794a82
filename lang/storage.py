"""Typed memory: bytes at made-up addresses, in which the stand-ins for structs and arrays live.

A `Memory` is one allocation. A number is stored as the bytes that the machine would hold, so unions,
casts and bit-fields mean what they mean there. A reference is stored as the address of its target,
and the Memory keeps the target alive under that address in `held`.

An address belongs to one of two kinds of target:

    a Memory           gets a range of addresses when it is first asked for one
    a class instance   has `id(instance)`, which is unique while something holds it

Invariant: for every reference in `data`, `held` has its target; the converse need not be so, because
an overwritten reference leaves its target behind.
"""

from __future__ import annotations

import bisect
import weakref
from typing import Any

FIRST_ADDRESS = 1 << 48  # above every id(), so that the two kinds of target never meet
_GUARD = 4096  # no pointer that leaves its own Memory by a little reaches another

_bases: list[int] = []
_memories: list[weakref.ref[Memory]] = []
_instances: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()
_next_address = FIRST_ADDRESS


class Memory:
    """One allocation of `len(data)` bytes."""

    __slots__ = ("__weakref__", "_base", "data", "held")

    def __init__(self, data: bytearray) -> None:
        self.data = data
        self.held: dict[int, Any] = {}
        self._base = 0

    @property
    def base(self) -> int:
        """The address of the first byte."""
        global _next_address
        if not self._base:
            self._base = _next_address
            _next_address += (len(self.data) + 2 * _GUARD - 1) // _GUARD * _GUARD
            _bases.append(self._base)
            _memories.append(weakref.ref(self))
        return self._base

    @property
    def has_address(self) -> bool:
        """Whether a pointer into it may exist."""
        return self._base != 0

    def read(self, offset: int, size: int) -> bytearray:
        self._check(offset, size)
        return self.data[offset : offset + size]

    def write(self, offset: int, data: bytes | bytearray) -> None:
        self._check(offset, len(data))
        self.data[offset : offset + len(data)] = data

    def move(self, offset: int, source: Memory, source_offset: int, size: int) -> None:
        """Copy bytes and the references among them; the two ranges may overlap."""
        self.write(offset, source.read(source_offset, size))
        self.held.update(source.held)

    def _check(self, offset: int, size: int) -> None:
        if offset < 0 or offset + size > len(self.data):
            raise IndexError(f"{size} bytes at {offset} leave an object of {len(self.data)} bytes")


def find(address: int) -> Memory:
    """Return the living Memory that holds `address`, or ends there.

    Raises:
        ValueError: there is none. Python objects have no place at an address of the program's choice.
    """
    index = bisect.bisect_right(_bases, address) - 1
    memory = _memories[index]() if index >= 0 else None
    if memory is None or address > memory.base + len(memory.data):
        raise ValueError(f"nothing is at address {address:#x}; real memory needs compiled code")
    return memory


def borrow_instance(instance: Any) -> int:
    """Return the address of a class instance, which lasts as long as something else holds it."""
    _instances[id(instance)] = instance
    return id(instance)


def find_instance(address: int) -> Any:
    """Return the class instance that `borrow_instance` gave `address`."""
    try:
        return _instances[address]
    except KeyError:
        raise ValueError(f"no living object was borrowed at address {address:#x}") from None
