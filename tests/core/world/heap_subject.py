"""Target code for the tests of the heap of programs."""

from __future__ import annotations

from core.world import current, heap, system
from lang import Ptr, Slice, u8, u64


def begin(start: u64) -> None:
    """Start over: nothing is mapped, and the heap has nothing."""
    system.start = start
    system.is_mapped[:].fill(False)
    system.mapped_pages = 0
    system.calls = 0
    system.mistakes = 0
    current.begin()
    current.only.usual_heap.spans[:].fill(None)
    heap.empty_spans = None
    heap.empty_count = 0
    heap.region_next = 0
    heap.region_end = 0
    heap.kept[:].fill(None)
    heap.kept_bytes = 0


def take(size: u64) -> u64:
    """Return the address of memory, after writing to all of it; 0 if there is none, 1 if it was not zero."""
    memory = heap.take(size)
    if memory is None:
        return 0
    bytes = Slice[u8](memory, size)
    for index in range(size):
        if bytes[index] != 0:
            return 1
    bytes.fill(0xAB)
    return memory.address


def give(address: u64, size: u64) -> u64:
    """Give memory back; return how many of its bytes are no longer what `take` wrote."""
    changed: u64 = 0
    for byte in Slice[u8](Ptr[u8](address), size):
        if byte != 0xAB:
            changed += 1
    heap.give(Ptr[u8](address), size)
    return changed


def take_and_give(size: u64, times: u64) -> None:
    """Take a block and give it back, many times."""
    for _ in range(times):
        block = heap.take(size)
        if block is not None:
            heap.give(block, size)


def give_back_kept() -> None:
    heap.give_back_kept()


def room_for(size: u64) -> u64:
    """Return how large the blocks are from which one of a size comes."""
    if size > heap.LARGEST:
        return heap.UNITS[heap.INDICES[(size + heap.PAGE - 1) // heap.PAGE]] * heap.PAGE
    return heap.UNITS[heap.INDICES[(size + heap.GRAIN - 1) // heap.GRAIN]] * heap.GRAIN


def mapped_pages() -> u64:
    return system.mapped_pages


def calls() -> u64:
    return system.calls


def mistakes() -> u64:
    return system.mistakes
