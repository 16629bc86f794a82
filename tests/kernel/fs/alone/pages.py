"""In place of kernel.mem.frames: a few pages, in the simulated memory of tests/kernel/mem."""

from __future__ import annotations

from typing import Final

from kernel.mem.layout import PAGE_SIZE, PhysAddr, bytes_at
from lang import Array, Slice, no_raise, struct, u8, u64

COUNT: Final = 64


@struct
class Statistics:
    free: u64
    total: u64


taken: Array[bool, COUNT]


@no_raise
def statistics() -> Statistics:
    return Statistics(1000, 1000)


def allocate() -> PhysAddr:
    for number in range(1, COUNT):
        if not taken[number]:
            taken[number] = True
            return u64(number) * PAGE_SIZE
    raise MemoryError


def allocate_zeroed() -> PhysAddr:
    frame = allocate()
    Slice[u8](bytes_at(frame), PAGE_SIZE).fill(0)
    return frame


@no_raise
def taken_count() -> int:
    count = 0
    for is_taken in taken:
        count += int(is_taken)
    return count


@no_raise
def free(frame: PhysAddr) -> None:
    assert taken[frame // PAGE_SIZE], "it is free already"
    taken[frame // PAGE_SIZE] = False
