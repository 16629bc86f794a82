"""The memory map: the firmware's list of memory, in order, without overlaps, in whole pages.

Firmware lists regions in any order, lets them overlap, splits pages among them, lists empty ones, and
ones that end beyond any address. Where two overlap, the one of the greater kind holds: memory that
anybody else may use is nobody's to allocate. A usable region shrinks to whole pages, any other grows.

The boundaries of all regions, sorted, cut the address space into pieces in which nothing changes. A
sweep over them counts the regions of each kind that are open, and writes what is the greatest.

    boundaries   start(USABLE)  start(RESERVED)  end(USABLE)  end(RESERVED)
    result       USABLE         RESERVED         RESERVED     -
"""

from __future__ import annotations

from typing import Final

from core.handover import KIND_COUNT, MemoryKind, MemoryRegion
from core.sort import sort_by
from kernel.mem.layout import FIRST_MAPPED, PAGE_SIZE, PHYSICAL_LIMIT, round_down, round_up
from lang import Array, Slice, copy, i32, no_raise, struct, u64, usize

CAPACITY: Final = 1024  # regions of the firmware's


class TooManyRegions(Exception):
    """The firmware lists more memory that is in use than there is room for."""


@struct
class Boundary:
    address: u64
    kind: MemoryKind
    change: i32  # 1 where a region starts, -1 where one ends


@struct
class MemoryMap:
    """Regions in order; between them is nothing."""

    storage: Array[MemoryRegion, 2 * CAPACITY]
    count: usize
    boundaries: Array[Boundary, 2 * CAPACITY]
    boundary_count: usize

    @property
    @no_raise
    def regions(self) -> Slice[MemoryRegion]:
        return self.storage[: self.count]

    def add(self, region: MemoryRegion) -> None:
        """Take a region of the firmware's into account; `settle` then makes the map.

        A usable region for which there is no room is left out: that loses memory and nothing else.

        Raises:
            TooManyRegions: there is no room for a region of another kind.
        """
        start, end = extent_of(region)
        if start >= end or region.kind == MemoryKind.ABSENT:
            return
        if self.boundary_count == len(self.boundaries):
            if region.kind == MemoryKind.USABLE:
                return
            raise TooManyRegions
        self.boundaries[self.boundary_count] = Boundary(start, region.kind, 1)
        self.boundaries[self.boundary_count + 1] = Boundary(end, region.kind, -1)
        self.boundary_count += 2

    @no_raise
    def settle(self) -> None:
        """Make the map of all regions that were added."""
        boundaries = self.boundaries[: self.boundary_count]
        sort_by(boundaries, lambda one, other: one.address < other.address)
        open_regions = Array[i32, KIND_COUNT]()
        self.count = 0
        for index in range(len(boundaries)):
            boundary = boundaries[index]
            open_regions[boundary.kind] += boundary.change
            if index + 1 < len(boundaries):
                kind = _greatest(open_regions)
                self._append(boundary.address, boundaries[index + 1].address, kind)

    @no_raise
    def total(self, kind: MemoryKind) -> u64:
        """Return how many bytes are of a kind."""
        total: u64 = 0
        for region in self.regions:
            if region.kind == kind:
                total += region.length
        return total

    def take_end(self, index: usize, size: u64) -> None:
        """Make the last bytes of a region memory of the kernel's.

        Raises:
            MemoryError: there is no room for another region.
        """
        region = self.storage[index]
        start = region.end - size
        is_joined = (
            index + 1 < self.count
            and self.storage[index + 1].kind == MemoryKind.KERNEL
            and self.storage[index + 1].start == region.end
        )
        if not is_joined:
            self._insert(index + 1, MemoryRegion(region.end, 0, MemoryKind.KERNEL))
        self.storage[index].length -= size
        taken = self.storage[index + 1]
        taken.length += taken.start - start
        taken.start = start

    def _insert(self, index: usize, region: MemoryRegion) -> None:
        if self.count == len(self.storage):
            raise MemoryError
        for distance in range(self.count - index):
            self.storage[self.count - distance] = copy(self.storage[self.count - distance - 1])
        self.storage[index] = copy(region)
        self.count += 1

    def _append(self, start: u64, end: u64, kind: MemoryKind) -> None:
        """Add a piece at the end, joined to the one before it if that is of the same kind.

        No region goes across FIRST_MAPPED, so that what is below it can be told apart.
        """
        if start == end or kind == MemoryKind.ABSENT:
            return
        if start < FIRST_MAPPED < end:
            self._append(start, FIRST_MAPPED, kind)
            self._append(FIRST_MAPPED, end, kind)
            return
        if self.count > 0 and start != FIRST_MAPPED:
            last = self.storage[self.count - 1]
            if last.end == start and last.kind == kind:
                last.length += end - start
                return
        self.storage[self.count] = MemoryRegion(start, end - start, kind)
        self.count += 1


of_machine: MemoryMap  # that the kernel runs on


@no_raise
def extent_of(region: MemoryRegion) -> tuple[u64, u64]:
    """Return where a region's pages start and end: all that it touches, or that are its own alone."""
    start = min(region.start, PHYSICAL_LIMIT)
    end = start + min(region.length, PHYSICAL_LIMIT - start)
    if region.kind == MemoryKind.USABLE:
        return round_up(start, PAGE_SIZE), round_down(end, PAGE_SIZE)
    if start == end:
        return start, end
    return round_down(start, PAGE_SIZE), round_up(end, PAGE_SIZE)


def _greatest(open_regions: Array[i32, KIND_COUNT]) -> MemoryKind:
    for distance in range(usize(KIND_COUNT)):
        kind = KIND_COUNT - 1 - distance
        if open_regions[kind] > 0:
            return MemoryKind(kind)
    return MemoryKind.ABSENT
