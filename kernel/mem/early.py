"""Early memory: pages for the first page tables and the frame database, before anybody counts pages.

They come off the end of a usable region, the largest that can be reached, then the largest of the rest,
become memory of the kernel's in the map, and are never given back.
"""

from __future__ import annotations

from typing import Final

from core.handover import MemoryKind
from kernel.mem.layout import PAGE_SIZE, PhysAddr, bytes_at
from kernel.mem.memory_map import MemoryMap
from lang import Ptr, Slice, address_of, irq_safe, no_raise, u8, u64, usize

LOW: Final[u64] = 1 << 20  # left alone: other processors start there

_map: Ptr[MemoryMap] | None = None
_limit: PhysAddr = 0  # the end of what can be reached
_source: PhysAddr = 0  # where the region starts that pages come off; 0: to be chosen


@no_raise
def begin(map: MemoryMap, limit: PhysAddr) -> None:
    """Take pages from a map's regions below a limit, until `end`. The map must stay where it is."""
    global _map, _limit, _source
    _map = address_of(map)
    _limit = limit
    _source = 0


@no_raise
def end() -> None:
    """Take no more: the frame allocator has the rest."""
    global _map
    _map = None


@irq_safe
@no_raise
def is_active() -> bool:
    return _map is not None


def allocate() -> PhysAddr:
    """Return a page of zeros.

    Raises:
        MemoryError: there is none left.
    """
    map = _map
    assert map is not None, "early memory has ended"
    index = _find_source(map)
    page = map.regions[index].end - PAGE_SIZE
    map.take_end(index, PAGE_SIZE)
    Slice[u8](bytes_at(page), PAGE_SIZE).fill(0)
    return page


def _find_source(map: Ptr[MemoryMap]) -> usize:
    """Return the number of the region to take a page from: the last one, while it has any."""
    global _source
    largest: u64 = 0
    found: usize = 0
    for index in range(len(map.regions)):
        region = map.regions[index]
        is_reached = region.start >= LOW and region.end <= _limit
        if region.kind != MemoryKind.USABLE or not is_reached or region.length == 0:
            continue
        if region.start == _source:
            return index
        if region.length > largest:
            largest = region.length
            found = index
    if largest == 0:
        raise MemoryError
    _source = map.regions[found].start
    return found
