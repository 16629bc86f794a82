"""Memory operations with an order, and device registers.

Under CPython there is one thread of execution, so every operation is trivially atomic and every order
is kept; what remains is the arithmetic, which wraps.
"""

from __future__ import annotations

import functools
from enum import IntEnum
from typing import Any

from lang.integers import truncate
from lang.layout import Representation, representation
from lang.places import InPlace, allocate


class Order(IntEnum):
    """What an atomic operation guarantees about the operations around it, as in C11."""

    RELAXED = 0
    ACQUIRE = 1
    RELEASE = 2
    ACQ_REL = 3
    SEQ_CST = 4


def fence(order: Order = Order.SEQ_CST) -> None:
    """Order the memory operations before it against those after it."""


def compiler_fence() -> None:
    """Keep the compiler from moving memory operations across."""


class _Cell:
    """One value in place, reached by operations only."""

    __slots__ = ("_memory", "_offset")

    element: Any

    def __new__(cls, *value: Any) -> Any:
        if len(value) > 1:
            raise TypeError(f"{cls.__name__} holds one value")
        if not value and not representation(cls.element).zero_is_valid:
            raise TypeError(f"zero is no valid {cls.__name__}; give its value")
        result = allocate(cls)
        if value:
            result.store(value[0])
        return result

    @classmethod
    def _representation(cls) -> Representation:
        element = representation(cls.element)
        return InPlace(
            cls, element.size, element.size, pinned=True, zero_is_valid=element.zero_is_valid
        )

    def load(self) -> Any:
        return representation(self.element).load(self._memory, self._offset)

    def store(self, value: Any) -> None:
        representation(self.element).store(self._memory, self._offset, value)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.load()!r})"


class Atomic(_Cell):
    """`Atomic[T]`: a value that several processors may reach at once."""

    __slots__ = ()

    @classmethod
    @functools.cache
    def __class_getitem__(cls, element: Any) -> type[Atomic]:
        name = f"Atomic[{getattr(element, '__name__', element)}]"
        return type(name, (Atomic,), {"__slots__": (), "element": element})

    def load(self, order: Order = Order.SEQ_CST) -> Any:
        return super().load()

    def store(self, value: Any, order: Order = Order.SEQ_CST) -> None:
        super().store(value)

    def swap(self, value: Any, order: Order = Order.SEQ_CST) -> Any:
        """Store a value and return the one that it replaces."""
        old = self.load()
        self.store(value)
        return old

    def fetch_add(self, value: Any, order: Order = Order.SEQ_CST) -> Any:
        """Add, wrapping, and return the old value."""
        return self.swap(self._wrap(int(self.load()) + int(value)))

    def fetch_sub(self, value: Any, order: Order = Order.SEQ_CST) -> Any:
        """Subtract, wrapping, and return the old value."""
        return self.swap(self._wrap(int(self.load()) - int(value)))

    def fetch_and(self, value: Any, order: Order = Order.SEQ_CST) -> Any:
        return self.swap(self.load() & value)

    def fetch_or(self, value: Any, order: Order = Order.SEQ_CST) -> Any:
        return self.swap(self.load() | value)

    def fetch_xor(self, value: Any, order: Order = Order.SEQ_CST) -> Any:
        return self.swap(self.load() ^ value)

    def compare_exchange(self, expected: Any, new: Any, order: Order = Order.SEQ_CST) -> Any:
        """Store `new` if the value equals `expected`; return the value that was there."""
        old = self.load()
        if old == expected:
            self.store(new)
        return old

    def _wrap(self, number: int) -> Any:
        return truncate(self.element, number)


class Volatile(_Cell):
    """`Volatile[T]`: a device register. Every load and store happens, in the order of the program."""

    __slots__ = ()

    @classmethod
    @functools.cache
    def __class_getitem__(cls, element: Any) -> type[Volatile]:
        name = f"Volatile[{getattr(element, '__name__', element)}]"
        return type(name, (Volatile,), {"__slots__": (), "element": element})

    @classmethod
    def _representation(cls) -> Representation:
        element = representation(cls.element)
        return InPlace(cls, element.size, element.alignment, pinned=False)
