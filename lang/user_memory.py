"""Addresses that a program handed to the kernel; there is no program under CPython."""

from __future__ import annotations

import functools
from typing import Any, NoReturn

from lang.integers import u64
from lang.layout import POINTER_BYTES, Representation, representation
from lang.places import InPlace, allocate


class UserPtr:
    """`UserPtr[T]`: the address of a T in the memory of a program; only copied from or to."""

    __slots__ = ("_memory", "_offset")

    element: Any

    @classmethod
    @functools.cache
    def __class_getitem__(cls, element: Any) -> type[UserPtr]:
        name = f"UserPtr[{getattr(element, '__name__', element)}]"
        return type(name, (UserPtr,), {"__slots__": (), "element": element})

    def __new__(cls, address: int) -> Any:
        result = allocate(cls)
        representation(u64).store(result._memory, 0, address)
        return result

    @classmethod
    def _representation(cls) -> Representation:
        return InPlace(cls, POINTER_BYTES, POINTER_BYTES, pinned=False)

    @property
    def address(self) -> u64:
        return representation(u64).load(self._memory, self._offset)

    def read(self) -> Any:
        """Copy the value out of the program."""
        _no_program()

    def write(self, value: Any) -> None:
        """Copy a value into the program."""
        _no_program()


class UserSlice:
    """`UserSlice[T]`: elements in the memory of a program; only copied from or to."""

    __slots__ = ("_memory", "_offset")

    element: Any

    @classmethod
    @functools.cache
    def __class_getitem__(cls, element: Any) -> type[UserSlice]:
        name = f"UserSlice[{getattr(element, '__name__', element)}]"
        return type(name, (UserSlice,), {"__slots__": (), "element": element})

    def __new__(cls, address: int, length: int) -> Any:
        result = allocate(cls)
        representation(u64).store(result._memory, 0, address)
        representation(u64).store(result._memory, POINTER_BYTES, length)
        return result

    @classmethod
    def _representation(cls) -> Representation:
        return InPlace(cls, 2 * POINTER_BYTES, POINTER_BYTES, pinned=False)

    @property
    def address(self) -> u64:
        return representation(u64).load(self._memory, self._offset)

    def __len__(self) -> int:
        return representation(u64).load(self._memory, self._offset + POINTER_BYTES)

    def __getitem__(self, index: slice) -> Any:
        start, stop, _ = index.indices(len(self))
        first = self.address + start * representation(self.element).size
        return type(self)(first, max(0, stop - start))

    def copy_out(self, into: Any) -> None:
        """Copy the elements out of the program."""
        _no_program()

    def copy_in(self, data: Any) -> None:
        """Copy elements into the program."""
        _no_program()


def _no_program() -> NoReturn:
    raise NotImplementedError("under CPython there is no program whose memory could be copied")
