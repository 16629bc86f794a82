"""Pages before there is an allocator come off the largest region, zeroed, and become the kernel's."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest

from tests.kernel.mem.simulated import MOVED, PAGE_SIZE, map_memory, simulated

MIB = 1 << 20
LOW = 0x9E000
ALL = 1 << 44


@pytest.fixture(scope="module")
def early():
    map_memory()
    return simulated(Path(__file__).parent / "early_subject.py")


def test_pages_come_off_the_end_of_the_largest_region_then_of_the_next(early) -> None:
    early.begin(3, ALL)
    before = early.free()
    pages = [early.allocate() for _ in range(5)]
    assert pages[:3] == [4 * MIB + number * PAGE_SIZE for number in (2, 1, 0)]
    assert pages[3:] == [3 * MIB + number * PAGE_SIZE for number in (1, 0)]
    assert early.free() == before - 5 * PAGE_SIZE
    assert early.kernels() == 5 * PAGE_SIZE


def test_they_are_zero(early) -> None:
    early.begin(1, ALL)
    start = MOVED["PHYSICAL_MAP"] + 2 * MIB
    ctypes.memset(start, 0xCC, PAGE_SIZE)
    assert early.allocate() == 2 * MIB
    assert ctypes.string_at(start, PAGE_SIZE) == bytes(PAGE_SIZE)


def test_what_is_out_of_reach_is_left_alone(early) -> None:
    early.begin(3, 3 * MIB)
    assert early.allocate() == 2 * MIB
    with pytest.raises(Exception, match="MemoryError"):
        early.allocate()


@pytest.mark.parametrize("regions", [0, 1])
def test_too_much_is_an_error(early, regions: int) -> None:
    early.begin(regions, ALL)
    for _ in range(regions):
        early.allocate()
    with pytest.raises(Exception, match="MemoryError"):
        early.allocate()
    assert early.free() == LOW
