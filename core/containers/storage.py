"""Storage: memory for the elements of a container.

A `Slot` is one element's place. Slots that hold nothing are all zero bytes, so whoever moves elements
with `move` leaves zeros behind, or the count of a reference would be taken back twice.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from core.text.buffer import TextBuffer
from lang import CFunction, Format, Ptr, Slice, no_raise, struct, symbol_address, u8, u64

T = TypeVar("T")


@struct
class Slot(Generic[T]):
    """The place of one element."""

    value: T

    def precedes(self, other: Slot[T]) -> bool:
        """Return whether a sort puts this element before the other."""
        return self.value < other.value


def take(size: u64) -> Ptr[u8]:
    """Return `size` zero bytes, which their owner gives back.

    Raises:
        MemoryError: there are none.
    """
    take_from_world = CFunction[[u64], Ptr[u8] | None](symbol_address("__pw_take_storage"))
    storage = take_from_world(size)
    if storage is None:
        raise MemoryError
    return storage


@no_raise
def give_back(storage: Ptr[u8], size: u64) -> None:
    """Return storage to where it was taken from, with the size that was asked for."""
    give_to_world = CFunction[[Ptr[u8], u64], None](symbol_address("__pw_give_storage"))
    give_to_world(storage, size)


def nowhere() -> Ptr[u8]:
    """Return the address of storage of no size."""
    return Ptr[u8](16)


def move(target: Ptr[u8], source: Ptr[u8], size: u64) -> None:
    """Move bytes to where no element is, leaving zeros; the two may overlap."""
    Slice[u8](target, size).copy_from(Slice[u8](source, size))
    if target.address < source.address:
        distance = min(source.address - target.address, size)
        Slice[u8](source + (size - distance), distance).fill(0)
    else:
        Slice[u8](source, min(target.address - source.address, size)).fill(0)


def carry(target: Ptr[u8], source: Ptr[u8], size: u64) -> None:
    """Move bytes to other storage, and leave the source, which is about to be given back, as it is."""
    Slice[u8](target, size).copy_from(Slice[u8](source, size))


def write(out: TextBuffer, text: Format) -> None:
    """Write an f-string."""
    text.write_to(out)
