"""Target code for the tests of address spaces: one space, and what it makes of an address."""

from __future__ import annotations

from kernel.cpu import processor  # noqa: F401 - the lock's
from kernel.mem import frames, kernel_map, page_table
from kernel.mem.address_space import AddressSpace, MemoryType, Protection
from kernel.mem.page_table import Entry
from lang import holds, u8, u32, u64
from tests.kernel.mem import fresh_memory

PAGE = 4096

space: AddressSpace


@holds("preemption")
def begin(first: u64, count: u64) -> None:
    """Start over with these pages of memory and an empty space."""
    fresh_memory.begin(first, count)
    kernel_map.root = frames.allocate_zeroed()
    kernel_map.has_no_execute = True
    space.create()


def use_large_pages(level: u32) -> None:
    kernel_map.largest_page = level


def destroy() -> None:
    space.destroy()


def reserve(size: u64, protection: u8) -> u64:
    return space.reserve(size, Protection(protection))


def reserve_at(address: u64, size: u64, protection: u8) -> None:
    space.reserve(size, Protection(protection), address)


def reserve_large(size: u64, protection: u8) -> u64:
    return space.reserve_large(size, Protection(protection))


def map_memory(physical: u64, size: u64, protection: u8, type: u8) -> u64:
    return space.map_memory(physical, size, Protection(protection), MemoryType(type))


def put_frame(address: u64, protection: u8, may_write: bool) -> u64:
    """Put a new frame in the place of a hidden promise; return its page."""
    frame = frames.allocate()
    try:
        space.put_frame(address, frame, Protection(protection), may_write)
    except BaseException:
        frames.free(frame)
        raise
    return frame // PAGE


def put_memory(address: u64, physical: u64, size: u64, protection: u8) -> None:
    space.put_memory(address, physical, size, Protection(protection))


def map_frame(address: u64, protection: u8) -> u64:
    """Map a new frame, and keep a hold on it; return its page."""
    frame = frames.allocate()
    try:
        space.map_frame(address, frame, Protection(protection))
    except BaseException:
        frames.free(frame)
        raise
    frames.retain(frame)
    return frame // PAGE


def let_go(page: u64) -> None:
    frames.free(page * PAGE)


def unmap(address: u64, size: u64) -> None:
    space.unmap(address, size)


def protect(address: u64, size: u64, protection: u8) -> None:
    space.protect(address, size, Protection(protection))


def fault(address: u64, needed: u8) -> bool:
    return space.fault(address, Protection(needed))


def entry_of(address: u64) -> u64:
    return space.entry_of(address)


def page_of(address: u64) -> u64:
    """Return the number of the page that is mapped at an address; 0: none."""
    entry = space.entry_of(address)
    return (entry & page_table.ADDRESS) // PAGE if entry & Entry.PRESENT != 0 else 0


def mapped_pages(address: u64, count: u64) -> u64:
    """Return how many of some pages are mapped or promised."""
    mapped: u64 = 0
    for number in range(count):
        if space.entry_of(address + number * PAGE) != 0:
            mapped += 1
    return mapped


def pages() -> u64:
    return space.pages


def available() -> u64:
    return fresh_memory.available()


def take_all_but(count: u64) -> u64:
    return fresh_memory.take_all_but(count)


def give_back(first: u64) -> None:
    fresh_memory.give_back(first)
