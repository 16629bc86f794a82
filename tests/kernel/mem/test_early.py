"""Pages before there is an allocator come off the largest region, zeroed, and leave the map."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest

from tests.kernel.mem.simulated import MOVED, PAGE_SIZE, map_memory, simulated

MIB = 1 << 20
LOW = 0x9E000


@pytest.fixture(scope="module")
def early():
    map_memory(1 << 18)
    return simulated(Path(__file__).parent / "early_subject.py")


def test_pages_come_off_the_end_of_the_largest_region(early) -> None:
    early.begin(3)
    before = early.free()
    assert early.allocate(1) == 4 * MIB + 2 * PAGE_SIZE
    assert early.allocate(2) == 4 * MIB
    assert early.free() == before - 3 * PAGE_SIZE


def test_they_are_zero(early) -> None:
    early.begin(1)
    start = MOVED["PHYSICAL_MAP"] + 2 * MIB
    ctypes.memset(start, 0xCC, PAGE_SIZE)
    assert early.allocate(1) == 2 * MIB
    assert ctypes.string_at(start, PAGE_SIZE) == bytes(PAGE_SIZE)


@pytest.mark.parametrize("regions", [0, 1])
def test_too_much_is_an_error_and_takes_nothing(early, regions: int) -> None:
    early.begin(regions)
    with pytest.raises(Exception, match="MemoryError"):
        early.allocate(2)
    assert early.free() == LOW + regions * PAGE_SIZE
