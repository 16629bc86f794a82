"""Target code for the tests of early memory."""

from __future__ import annotations

from core.handover import MemoryKind, MemoryRegion
from kernel.mem import early, memory_map
from lang import u64


def begin(regions: u64, limit: u64) -> None:
    """Start with `regions` usable ones of 1, 2, 3 ... pages, at 2 MiB, 3 MiB, ...; and one below 1 MiB.

    limit: what lies beyond it is out of reach.
    """
    map = memory_map.of_machine
    map.boundary_count = 0
    map.add(MemoryRegion(0x1000, 0x9E000, MemoryKind.USABLE))
    for index in range(regions):
        map.add(MemoryRegion((index + 2) << 20, (index + 1) * 4096, MemoryKind.USABLE))
    map.settle()
    early.end()
    early.begin(map, limit)


def allocate() -> u64:
    return early.allocate()


def free() -> u64:
    return memory_map.of_machine.total(MemoryKind.USABLE)


def kernels() -> u64:
    return memory_map.of_machine.total(MemoryKind.KERNEL)
