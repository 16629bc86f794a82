"""What of a program is alive, which checked builds count, so that a program can say at its end what it lost.

Each class counts its objects, in the word of its TypeInfo that is the allocator's. Classes that ever had one
are in a list, each after the one that came before it.

Context: any thread.
"""

from __future__ import annotations

from typing import Final

from core import trap
from core.object import TypeInfo
from core.text import format
from core.text.buffer import TextBuffer
from core.world import system
from lang import Array, Atomic, Order, Ptr, Slice, address_of, no_raise, u8, u64

PROGRAM: Final = b"core.world.program."
LISTED: Final[u64] = 1  # the next of the class that was listed first

storage_bytes: Atomic[u64]  # that containers have
newest: Atomic[u64]  # the address of the TypeInfo that was listed last; 0: none


@no_raise
def note_object(type: Ptr[TypeInfo]) -> None:
    """Count a new object of a class."""
    if alive(type).fetch_add(1, Order.RELAXED) == 0:
        list_class(type)


@no_raise
def note_freed(type: Ptr[TypeInfo]) -> None:
    """Count one less."""
    alive(type).fetch_sub(1, Order.RELAXED)


@no_raise
def list_class(type: Ptr[TypeInfo]) -> None:
    """Put a class on the list, unless it is there."""
    next = link(type)
    if next.load(Order.RELAXED) != 0 or next.compare_exchange(0, LISTED) != 0:
        return
    before = newest.load()
    while True:
        next.store(max(before, LISTED))
        seen = newest.compare_exchange(before, type.address)
        if seen == before:
            return
        before = seen


@no_raise
def alive(type: Ptr[TypeInfo]) -> Ptr[Atomic[u64]]:
    """Return the count of a class's objects."""
    return address_of(type.allocator).cast(Atomic[u64])


@no_raise
def link(type: Ptr[TypeInfo]) -> Ptr[Atomic[u64]]:
    """Return the address of the class that is next on the list; 0: this one is not on it."""
    return address_of(type.reserved).cast(Atomic[u64])


@no_raise
def is_nothing_alive() -> bool:
    """Whether all objects and all storage came back."""
    objects, size = totals()
    return objects == 0 and size == 0


@no_raise
def totals() -> tuple[u64, u64]:
    """Return how many objects are alive, and how many bytes they and the storage of containers have."""
    objects: u64 = 0
    size = storage_bytes.load()
    address = newest.load()
    while address > LISTED:
        type = Ptr[TypeInfo](address)
        count = alive(type).load()
        objects += count
        size += count * type.size
        address = link(type).load()
    return objects, size


@no_raise
def report(file: u64) -> None:
    """Write what is alive to an open file: a line of totals, then one for each class."""
    objects, size = totals()
    storage = Array[u8, 128]()
    out = TextBuffer(storage[:])
    out.write(b"alive at the end: ")
    format.write_u64(out, objects)
    out.write(b" objects, ")
    format.write_u64(out, size)
    out.write(b" bytes\n")
    system.write(file, out.text())
    address = newest.load()
    while address > LISTED:
        type = Ptr[TypeInfo](address)
        write_class(file, type)
        address = link(type).load()


@no_raise
def without_prefix(name: Slice[u8]) -> Slice[u8]:
    """Return a class's name as the program knows it, whose own file is compiled as PROGRAM."""
    length = len(PROGRAM)
    return name[length:] if len(name) > length and name[:length] == PROGRAM else name


@no_raise
def write_class(file: u64, type: Ptr[TypeInfo]) -> None:
    count = alive(type).load()
    if count == 0:
        return
    storage = Array[u8, 512]()
    out = TextBuffer(storage[:])
    out.write(b"    ")
    format.write_u64(out, count)
    out.write(b" ")
    out.write(without_prefix(trap.text_at(type.name)))
    out.write(b"\n")
    system.write(file, out.text())
