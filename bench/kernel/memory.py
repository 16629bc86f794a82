"""Pages and mappings."""

from __future__ import annotations

from kernel.mem import frames, heap, kernel_space
from kernel.mem.address_space import MemoryType, Protection
from kernel.mem.layout import PAGE_SIZE
from lang import Ptr, Volatile, u8, u64


def bench_page_allocate_free(rounds: u64) -> None:
    for _ in range(rounds):
        frames.free(frames.allocate())


def bench_page_allocate_zeroed_free(rounds: u64) -> None:
    for _ in range(rounds):
        frames.free(frames.allocate_zeroed())


def bench_reserve_unmap_1(rounds: u64) -> None:
    reserve_unmap(rounds, 1)


def bench_reserve_unmap_1500(rounds: u64) -> None:
    reserve_unmap(rounds, 1500)


def bench_reserve_touch_unmap_1(rounds: u64) -> None:
    reserve_touch_unmap(rounds, 1)


def bench_reserve_touch_unmap_50(rounds: u64) -> None:
    reserve_touch_unmap(rounds, 50)


def bench_reserve_touch_unmap_500(rounds: u64) -> None:
    reserve_touch_unmap(rounds, 500)


def bench_reserve_touch_unmap_1500(rounds: u64) -> None:
    reserve_touch_unmap(rounds, 1500)


def bench_protect_pair(rounds: u64) -> None:
    """A page to read-only and back."""
    start = kernel_space.space.reserve(PAGE_SIZE, Protection.READ | Protection.WRITE)
    Ptr[Volatile[u8]](start)[0].store(1)
    for _ in range(rounds):
        kernel_space.space.protect(start, PAGE_SIZE, Protection.READ)
        kernel_space.space.protect(start, PAGE_SIZE, Protection.READ | Protection.WRITE)
    kernel_space.space.unmap(start, PAGE_SIZE)


def reserve_unmap(rounds: u64, pages: u64) -> None:
    for _ in range(rounds):
        start = kernel_space.space.reserve(pages * PAGE_SIZE, Protection.READ | Protection.WRITE)
        kernel_space.space.unmap(start, pages * PAGE_SIZE)


def reserve_touch_unmap(rounds: u64, pages: u64) -> None:
    """Every page is written to once, which makes it."""
    for _ in range(rounds):
        start = kernel_space.space.reserve(pages * PAGE_SIZE, Protection.READ | Protection.WRITE)
        for page in range(pages):
            Ptr[Volatile[u8]](start + page * PAGE_SIZE)[0].store(1)
        kernel_space.space.unmap(start, pages * PAGE_SIZE)


class Small:
    """An object of an ordinary size."""

    first: u64
    second: u64

    def __init__(self, first: u64) -> None:
        self.first = first
        self.second = first


def bench_object_allocate_free(rounds: u64) -> None:
    """Make an instance of a class, and drop it."""
    for round in range(rounds):
        small = Small(round)
        del small


def bench_heap_allocate_free(rounds: u64) -> None:
    for _ in range(rounds):
        heap.free(heap.allocate(1000))


def bench_map_unmap_1(rounds: u64) -> None:
    map_and_unmap(rounds, 1)


def bench_map_unmap_50(rounds: u64) -> None:
    map_and_unmap(rounds, 50)


def bench_map_unmap_500(rounds: u64) -> None:
    map_and_unmap(rounds, 500)


def bench_map_unmap_1500(rounds: u64) -> None:
    map_and_unmap(rounds, 1500)


def map_and_unmap(rounds: u64, pages: u64) -> None:
    """Map memory that is there, page by page, since it does not begin where a large page could."""
    space = kernel_space.space
    for _ in range(rounds):
        start = kernel_space.map_device(PAGE_SIZE, pages * PAGE_SIZE, MemoryType.WRITE_BACK)
        space.unmap(start, pages * PAGE_SIZE)
