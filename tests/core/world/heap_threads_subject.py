"""Target code for the test of the heap of programs with several threads: blocks are taken by one, and given by another."""

from __future__ import annotations

from typing import Final

from core.world import current, heap, system
from lang import Array, Atomic, Ptr, Slice, u8, u64, wrapping_add, wrapping_mul

PLACES: Final = 512

places: Array[Atomic[u64], PLACES]  # addresses of blocks that wait for somebody who gives them


def begin(start: u64) -> None:
    system.start = start


def size_at(index: u64) -> u64:
    """Return the size of the blocks that wait at a place."""
    return 16 + index * 37 % 3000 if index % 32 != 0 else 9000 + index * 100


def exchange(seed: u64, rounds: u64) -> u64:
    """Put new blocks into random places, and give what was there; return how many bytes were not as they should."""
    wrong: u64 = 0
    random = seed
    for _ in range(rounds):
        random = wrapping_add(wrapping_mul(random, 6364136223846793005), 1442695040888963407)
        index = random >> 32 & (PLACES - 1)
        size = size_at(index)
        block = heap.take(size)
        if block is None:
            continue
        wrong += fill(Slice[u8](block, size))
        wrong += give(places[index].swap(block.address), size)
    return wrong


def fill(bytes: Slice[u8]) -> u64:
    wrong: u64 = 0
    for index in range(u64(len(bytes))):
        if bytes[index] != 0:
            wrong += 1
        bytes[index] = 0xAB
    return wrong


def give(address: u64, size: u64) -> u64:
    if address == 0:
        return 0
    wrong: u64 = 0
    for byte in Slice[u8](Ptr[u8](address), size):
        if byte != 0xAB:
            wrong += 1
    heap.give(Ptr[u8](address), size)
    return wrong


def give_all() -> u64:
    wrong: u64 = 0
    for index in range(u64(PLACES)):
        wrong += give(places[index].swap(0), size_at(index))
    return wrong


def heaps_used() -> u64:
    used: u64 = 0
    for index in range(u64(current.LIMIT)):
        if current.owners[index].load() != 0:
            used += 1
    return used


def mapped_pages() -> u64:
    return system.mapped_pages


def mistakes() -> u64:
    return system.mistakes
