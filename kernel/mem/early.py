"""Early memory: pages for the first page tables and the frame database, before anybody counts pages.

They come off the end of the largest usable region that the first page tables map, and are never given
back. What is left of the region is all that the frame allocator will see of it.
"""

from __future__ import annotations

from typing import Final

from core.handover import MemoryKind, MemoryRegion
from kernel.mem.layout import FIRST_MAPPED, PAGE_SIZE, PhysAddr, bytes_at
from kernel.mem.memory_map import MemoryMap
from lang import Ptr, Slice, address_of, no_raise, u8, u64

LOW: Final[u64] = 1 << 20  # left alone: other processors start there

_source: Ptr[MemoryRegion] | None = None


@no_raise
def begin(map: MemoryMap) -> None:
    """Choose the region to take pages from. The map must stay where it is."""
    global _source
    largest: u64 = 0
    _source = None
    for region in map.regions:
        is_mapped = region.start >= LOW and region.end <= FIRST_MAPPED
        if region.kind == MemoryKind.USABLE and is_mapped and region.length > largest:
            largest = region.length
            _source = address_of(region)


@no_raise
def end() -> None:
    """Take no more: the frame allocator has the rest."""
    global _source
    _source = None


def allocate(count: u64) -> PhysAddr:
    """Return pages that follow each other, filled with zeros.

    Raises:
        MemoryError: the region is used up, or there is none.
    """
    source = _source
    size = count * PAGE_SIZE
    if source is None or source.length < size:
        raise MemoryError
    source.length -= size
    start = source.end
    Slice[u8](bytes_at(start), size).fill(0)
    return start
