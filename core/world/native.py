"""The world of native tests: objects in the memory of the process that runs the tests.

Counts what is alive, so that a test can prove that nothing leaks, and lets a chosen allocation fail,
so that it can prove that nothing is lost when memory is.
"""

from __future__ import annotations

from typing import Annotated, Final

from core import object as counted
from core.object import Dying, Header, TypeInfo
from core.text.buffer import TextBuffer
from lang import (
    Array,
    Atomic,
    CFunction,
    Format,
    Order,
    Ptr,
    Slice,
    export,
    i32,
    i64,
    irq_safe,
    no_raise,
    symbol_address,
    u8,
    u64,
)

STANDARD_OUTPUT: Final = 1

Write = Annotated[CFunction[[i32, Ptr[u8], u64], i64], irq_safe]

QUARANTINE: Final = 256  # freed objects whose memory is kept
COUNTS_SIZE: Final = 8  # of a header: strong and weak
POISON: Final = 0xDF

quarantine: Array[Atomic[Ptr[Header] | None], QUARANTINE]
quarantine_next: Atomic[u64]  # counted up
live_objects: Atomic[u64]
allocations: Atomic[u64]
failing_allocation: u64  # its number from 1 on; 0: none fails


@export("__pw_allocate")
@no_raise
def allocate(size: u64, type: Ptr[TypeInfo]) -> Ptr[u8] | None:
    """Return zeroed memory, or None when it is this allocation's turn to fail."""
    if allocations.fetch_add(1, Order.RELAXED) + 1 == failing_allocation:
        return None
    calloc = CFunction[[u64, u64], Ptr[u8] | None](symbol_address("calloc"))
    live_objects.fetch_add(1, Order.RELAXED)
    return calloc(1, size)


@export("__pw_free")
@no_raise
def free(object: Ptr[Header], type: Ptr[TypeInfo]) -> None:
    """Keep the memory a while, poisoned, so that using the object afterwards is found out: its
    strong count is 0, and its fields and class are addresses that hold nothing."""
    live_objects.fetch_sub(1, Order.RELAXED)
    body = Slice[u8](object.cast(u8) + COUNTS_SIZE, type.size - COUNTS_SIZE)
    body.fill(POISON)
    place = quarantine_next.fetch_add(1, Order.RELAXED) % QUARANTINE
    oldest = quarantine[place].swap(object)
    if oldest is not None:
        give_back = CFunction[[Ptr[Header]], None](symbol_address("free"))
        give_back(oldest)


@export("__pw_take_storage")
@no_raise
def take_storage(size: u64) -> Ptr[u8] | None:
    """Return zeroed memory for the elements of a container, counted like an object."""
    if allocations.fetch_add(1, Order.RELAXED) + 1 == failing_allocation:
        return None
    calloc = CFunction[[u64, u64], Ptr[u8] | None](symbol_address("calloc"))
    live_objects.fetch_add(1, Order.RELAXED)
    return calloc(1, size)


@export("__pw_give_storage")
@no_raise
def give_storage(storage: Ptr[u8], size: u64) -> None:
    """Poison what `take_storage` gave for this size, and free it."""
    live_objects.fetch_sub(1, Order.RELAXED)
    Slice[u8](storage, size).fill(POISON)
    give_back = CFunction[[Ptr[u8]], None](symbol_address("free"))
    give_back(storage)


def print_text(message: Format) -> None:
    """Write text to standard output; what `print` calls."""
    storage = Array[u8, 1024]()
    out = TextBuffer(storage[:], flush_hook=write_output)
    message.write_to(out)
    out.flush()


@irq_safe
@no_raise
def write_output(text: Slice[u8]) -> None:
    write = Write(symbol_address("write"))
    write(STANDARD_OUTPUT, text.pointer, len(text))


@export("__pw_destroy_later")
@no_raise
def destroy_later(object: Ptr[Header]) -> None:
    """Tests have no thread for it: end the object at once."""
    counted.destroy(object)


@export("__pw_dying")
@no_raise
def dying() -> Ptr[Dying] | None:
    """Tests have several threads at times, and short chains: objects end within each other."""
    return None


@export("__pw_more_dying")
@no_raise
def more_dying(dying: Ptr[Dying]) -> bool:
    return False
