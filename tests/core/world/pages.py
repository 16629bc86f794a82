"""A system of 4096 pages (core/world/system.py), which knows what is mapped, for the tests of the heap."""

from __future__ import annotations

from typing import Final

from lang import Array, Atomic, Ptr, Slice, no_raise, u8, u32, u64

PAGE: Final[u64] = 4096
PAGES: Final = 4096

start: u64 = 0  # where the pages are
is_mapped: Array[bool, PAGES]
mapped_pages: u64 = 0
calls: u64 = 0  # of map_memory and unmap_memory
mistakes: u64 = 0  # pages given back that nobody had, and places between pages


@no_raise
def wait_while(word: Ptr[Atomic[u32]], value: u32) -> None:
    """Return at once: whoever asked looks again."""


@no_raise
def wake(word: Ptr[Atomic[u32]], count: u32) -> None:
    """Nobody sleeps."""


@no_raise
def map_memory(size: u64) -> u64:
    """Return the address of the first pages that are free in a row, zeroed; 0 if there are none."""
    global mapped_pages, calls
    calls += 1
    count = (size + PAGE - 1) // PAGE
    found: u64 = 0
    for page in range(u64(PAGES)):
        found = 0 if is_mapped[page] else found + 1
        if found == count:
            first = page + 1 - count
            for each in range(first, page + 1):
                is_mapped[each] = True
            mapped_pages += count
            Slice[u8](Ptr[u8](start + first * PAGE), count * PAGE).fill(0)
            return start + first * PAGE
    return 0


@no_raise
def unmap_memory(address: u64, size: u64) -> None:
    """Take pages back, and overwrite them."""
    global mapped_pages, calls, mistakes
    calls += 1
    if address % PAGE != 0 or size == 0:
        mistakes += 1
        return
    first = (address - start) // PAGE
    for page in range(first, first + (size + PAGE - 1) // PAGE):
        if not is_mapped[page]:
            mistakes += 1
            return
        is_mapped[page] = False
        mapped_pages -= 1
        Slice[u8](Ptr[u8](start + page * PAGE), PAGE).fill(0xDF)
