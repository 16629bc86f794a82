"""frozenset: a set that does not change, and so can be an element or a key.

Source: Python Library Reference, "Set Types"; CPython 3.11, Objects/setobject.c, for the hash.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Generic, TypeVar, final

from core.containers.set import set
from core.text.buffer import TextBuffer
from lang import bit_cast, u64, wrapping_add, wrapping_mul

T = TypeVar("T")

SHUFFLE_BITS: Final = u64(89869747)
SHUFFLE_FACTOR: Final = u64(3644798167)
SIZE_FACTOR: Final = u64(1927868237)
FACTOR: Final = u64(69069)
ADDEND: Final = u64(907133923)


@final
class frozenset(Generic[T]):
    """Elements, each once."""

    elements: set[T]  # nobody changes it

    def __init__(self) -> None:
        self.elements = set[T]()

    def __len__(self) -> int:
        return len(self.elements)

    def __contains__(self, key: T) -> bool:
        return key in self.elements

    def __iter__(self) -> Iterator[T]:
        for key in self.elements:  # noqa: UP028 - only programs have 'yield from'
            yield key

    def as_set(self) -> set[T]:
        """Return the elements, which nobody may change."""
        return self.elements

    def copy(self) -> frozenset[T]:
        return self

    def __or__(self, other: set[T]) -> frozenset[T]:
        return frozen(self.elements | other)

    def __and__(self, other: set[T]) -> frozenset[T]:
        return frozen(self.elements & other)

    def __sub__(self, other: set[T]) -> frozenset[T]:
        return frozen(self.elements - other)

    def __xor__(self, other: set[T]) -> frozenset[T]:
        return frozen(self.elements ^ other)

    def union(self, other: set[T]) -> frozenset[T]:
        return self | other

    def intersection(self, other: set[T]) -> frozenset[T]:
        return self & other

    def difference(self, other: set[T]) -> frozenset[T]:
        return self - other

    def symmetric_difference(self, other: set[T]) -> frozenset[T]:
        return self ^ other

    def issubset(self, other: set[T]) -> bool:
        return self <= other

    def issuperset(self, other: set[T]) -> bool:
        return self >= other

    def isdisjoint(self, other: set[T]) -> bool:
        return self.elements.isdisjoint(other)

    def __eq__(self, other: set[T]) -> bool:
        return self.elements == other

    def __le__(self, other: set[T]) -> bool:
        return self.elements <= other

    def __lt__(self, other: set[T]) -> bool:
        return self.elements < other

    def __ge__(self, other: set[T]) -> bool:
        return self.elements >= other

    def __gt__(self, other: set[T]) -> bool:
        return self.elements > other

    def __hash__(self) -> int:
        result: u64 = 0
        for key in self.elements:
            bits = bit_cast(u64, hash(key))
            result ^= wrapping_mul((bits ^ SHUFFLE_BITS) ^ (bits << 16), SHUFFLE_FACTOR)
        result ^= wrapping_mul(u64(len(self.elements)) + 1, SIZE_FACTOR)
        result ^= (result >> 11) ^ (result >> 25)
        number = bit_cast(int, wrapping_add(wrapping_mul(result, FACTOR), ADDEND))
        return 590923713 if number == -1 else number

    def write_repr(self, out: TextBuffer) -> None:
        """Write what repr() of the set is."""
        out.write(b"frozenset(")
        if len(self.elements) > 0:
            self.elements.write_repr(out)
        out.write_byte(ord(")"))


def frozen(elements: set[T]) -> frozenset[T]:
    """Return a frozenset of a set that nobody else has."""
    made = frozenset[T]()
    made.elements = elements
    return made
