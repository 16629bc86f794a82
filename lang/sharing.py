"""Variables that processors and threads share: one for each processor, RCU, weak references."""

from __future__ import annotations

import functools
import weakref
from typing import Any, Generic, TypeVar

from lang.layout import POINTER_BYTES, Representation, representation
from lang.places import zeroed
from lang.pointers import Ptr, pointer_to
from lang.storage import Memory

T = TypeVar("T")


class PerCpu:
    """`PerCpu[T]`: one T for each processor. Under CPython there is one processor."""

    element: Any

    @classmethod
    @functools.cache
    def __class_getitem__(cls, element: Any) -> type[PerCpu]:
        return type(
            f"PerCpu[{getattr(element, '__name__', element)}]", (PerCpu,), {"element": element}
        )

    def __init__(self, *value: Any) -> None:
        self._memory = Memory(bytearray(representation(self.element).size))
        self.store(value[0] if value else zeroed(self.element))

    def load(self) -> Any:
        return representation(self.element).load(self._memory, 0)

    def store(self, value: Any) -> None:
        representation(self.element).store(self._memory, 0, value)

    def add(self, value: Any) -> None:
        self.store(self.load() + value)

    def here(self) -> Ptr:
        """Return a pointer to this processor's T, good while preemption is off."""
        return pointer_to(self.element, self._memory, 0)

    def at(self, base: int) -> Ptr:
        """Return a pointer to the T of the processor whose area starts at `base`."""
        raise NotImplementedError("under CPython there are no areas of other processors")


class Rcu(Generic[T]):
    """`Rcu[T]`: a reference that is read without a lock and replaced as a whole."""

    def __init__(self, value: T | None = None) -> None:
        self._value = value

    @classmethod
    def _representation(cls) -> Representation:
        return _RcuInPlace()

    def load(self) -> T | None:
        """Borrow the current value, inside `with rcu.read()`."""
        return self._value

    def store(self, value: T | None) -> None:
        """Replace the value; the old one is released after a grace period."""
        self._value = value


class _RcuInPlace(Representation):
    """A zero is an Rcu that refers to nothing yet."""

    size = alignment = POINTER_BYTES

    def load(self, memory: Memory, offset: int) -> Rcu:
        address = int.from_bytes(memory.read(offset, POINTER_BYTES), "little")
        if address == 0:
            self.store(memory, offset, Rcu())
            return self.load(memory, offset)
        return memory.held[address]

    def store(self, memory: Memory, offset: int, value: Any) -> None:
        memory.held[id(value)] = value
        memory.write(offset, id(value).to_bytes(POINTER_BYTES, "little"))


class Weak(Generic[T]):
    """`Weak[T]`: a reference that does not keep its object alive."""

    def __init__(self, target: T) -> None:
        self._target = weakref.ref(target)

    def get(self) -> T | None:
        """Return the object, or None when it is gone."""
        return self._target()
