"""Target code for the tests of the kernel's own page tables."""

from __future__ import annotations

from core.handover import MemoryKind, MemoryRegion
from kernel.cpu import processor  # noqa: F401 - the lock's
from kernel.cpu.cpuid import Feature, Identity
from kernel.mem import early, frames, kernel_map, memory_map, page_table
from kernel.mem.memory_map import MemoryMap
from kernel.mem.page_table import Walk
from lang import holds, u32, u64
from tests.kernel.mem import fresh_memory

identity: Identity


@holds("preemption")
def reset() -> None:
    fresh_memory.forget()
    map = the_map()
    map.boundary_count = 0
    map.count = 0
    early.end()


def the_map() -> MemoryMap:
    return memory_map.of_machine


def add(start: u64, length: u64, kind: u32) -> None:
    memory_map.of_machine.add(MemoryRegion(start, length, MemoryKind(kind)))


def build(has_huge_pages: bool) -> None:
    """Make the map, the tables and the database."""
    memory_map.of_machine.settle()
    identity.features = Feature.NX | Feature.HUGE_PAGES if has_huge_pages else Feature.NX
    kernel_map.begin(identity)
    kernel_map.add_frames()


def total() -> u64:
    return frames.statistics().total


def usable() -> u64:
    """Return how many pages the allocator could be given."""
    pages: u64 = 0
    for region in memory_map.of_machine.regions:
        if region.kind == MemoryKind.USABLE:
            pages += region.length // 4096
            if region.start == 0:
                pages -= 1
    return pages


def entry_of(address: u64) -> u64:
    walk = Walk()
    page_table.find(kernel_map.root, address, walk)
    return walk.entry[0]


def page_at(address: u64) -> u64:
    """Return the physical address that the tables lead to; all ones for none."""
    walk = Walk()
    page_table.find(kernel_map.root, address, walk)
    if walk.entry[0] & 1 == 0:
        return ~u64(0)
    span = page_table.span_of(walk.level)
    return page_table.page_of(walk.entry[0], walk.level) + (address & (span - 1))
