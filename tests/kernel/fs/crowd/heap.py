"""In place of kernel.mem.heap: the memory of the process."""

from __future__ import annotations

from lang import Atomic, CFunction, Order, Ptr, no_raise, symbol_address, u8, u64

live: Atomic[u64]  # pieces


def allocate(size: u64) -> Ptr[u8]:
    calloc = CFunction[[u64, u64], Ptr[u8] | None](symbol_address("calloc"))
    piece = calloc(1, size)
    if piece is None:
        raise MemoryError
    live.fetch_add(1, Order.RELAXED)
    return piece


@no_raise
def free(start: Ptr[u8]) -> None:
    live.fetch_sub(1, Order.RELAXED)
    give_back = CFunction[[Ptr[u8]], None](symbol_address("free"))
    give_back(start)
