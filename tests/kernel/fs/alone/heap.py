"""In place of kernel.mem.heap: pieces of one size, for the texts of links."""

from __future__ import annotations

from typing import Final

from lang import Array, Ptr, address_of, no_raise, u8, u64

SIZE: Final = 64
COUNT: Final = 1024

pieces: Array[Array[u8, SIZE], COUNT]
is_taken: Array[bool, COUNT]


def allocate(size: u64) -> Ptr[u8]:
    if size <= u64(SIZE):
        for number in range(COUNT):
            if not is_taken[number]:
                is_taken[number] = True
                return address_of(pieces[number]).cast(u8)
    raise MemoryError


@no_raise
def free(start: Ptr[u8]) -> None:
    is_taken[(start.address - address_of(pieces[0]).address) // u64(SIZE)] = False
