"""Target code for the tests of the memory map."""

from __future__ import annotations

from core.handover import MemoryKind, MemoryRegion
from kernel.mem.memory_map import MemoryMap
from lang import u64, usize

map: MemoryMap


def clear() -> None:
    map.boundary_count = 0


def add(start: u64, length: u64, kind: MemoryKind) -> None:
    map.add(MemoryRegion(start, length, kind))


def settle() -> usize:
    map.settle()
    return map.count


def region(index: usize) -> tuple[u64, u64, MemoryKind]:
    region = map.regions[index]
    return region.start, region.length, region.kind


def total(kind: MemoryKind) -> u64:
    return map.total(kind)
