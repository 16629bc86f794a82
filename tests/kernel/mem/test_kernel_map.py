"""The kernel's page tables cover all memory of any map, and the database has a frame for each page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.handover import MemoryKind
from tests.kernel.mem.simulated import MOVED, PAGE_SIZE, PAGES, forget_frames, map_memory, simulated

MIB = 1 << 20
NONE = (1 << 64) - 1
WRITABLE, NO_EXECUTE = 2, 1 << 63

PHYSICAL, DATABASE = MOVED["PHYSICAL_MAP"], MOVED["FRAME_DATABASE"]
FRAME_SIZE = 16
LARGEST_BLOCK = 1 << 30

kinds = st.sampled_from([kind for kind in MemoryKind if kind is not MemoryKind.ABSENT])
sizes = st.one_of(st.integers(1, 3 * PAGE_SIZE), st.integers(1, 5 * MIB))
starts = st.one_of(st.integers(0, 64 * MIB), st.integers(0, 512).map(lambda n: n * 2 * MIB))
regions = st.lists(st.tuples(starts, sizes, kinds), max_size=30)


@pytest.fixture(scope="module")
def kernel_map():
    map_memory()
    return simulated(Path(__file__).with_name("kernel_map_subject.py"))


def build(kernel_map, regions, *, huge: bool) -> None:
    forget_frames()
    kernel_map.reset()
    kernel_map.add(512 * MIB, 32 * MIB, MemoryKind.USABLE)  # some is always enough
    for start, length, kind in regions:
        kernel_map.add(start, min(length, PAGES * PAGE_SIZE - start), kind)
    kernel_map.build(huge)


@given(regions, st.booleans())
@settings(max_examples=100)
def test_all_memory_is_mapped_and_has_frames(kernel_map, regions, huge: bool) -> None:
    build(kernel_map, regions, huge=huge)
    assert kernel_map.total() == kernel_map.usable()
    for start, length, kind in regions:
        if kind in (MemoryKind.RESERVED, MemoryKind.BAD):
            continue
        first, last = start // PAGE_SIZE, (start + length - 1) // PAGE_SIZE
        for page in {first, last, (first + last) // 2} & set(range(PAGES)):
            self_contained = page * PAGE_SIZE >= start and (page + 1) * PAGE_SIZE <= start + length
            if kind is MemoryKind.USABLE and not self_contained or is_reserved(page, regions):
                continue
            entry = kernel_map.entry_of(PHYSICAL + page * PAGE_SIZE)
            assert kernel_map.page_at(PHYSICAL + page * PAGE_SIZE) == page * PAGE_SIZE
            assert entry & NO_EXECUTE
            assert kernel_map.entry_of(DATABASE + page * FRAME_SIZE) & WRITABLE


def is_reserved(page: int, regions) -> bool:
    return any(
        kind in (MemoryKind.RESERVED, MemoryKind.BAD)
        and start < (page + 1) * PAGE_SIZE
        and start + length > page * PAGE_SIZE
        for start, length, kind in regions
    )


def test_what_is_no_memory_is_not_mapped_and_has_a_frame_of_zeros(kernel_map) -> None:
    build(kernel_map, [(64 * MIB, MIB, MemoryKind.RESERVED)], huge=True)
    for address in (64 * MIB, 100 * MIB, 900 * MIB):
        assert kernel_map.page_at(PHYSICAL + address) == NONE
        entry = kernel_map.entry_of(DATABASE + address // PAGE_SIZE * FRAME_SIZE)
        assert entry & 1 and not entry & WRITABLE


def test_a_neighbour_of_any_page_has_a_frame(kernel_map) -> None:
    build(kernel_map, [], huge=False)
    last = LARGEST_BLOCK // PAGE_SIZE - 1
    assert kernel_map.entry_of(DATABASE + last * FRAME_SIZE) & 1


def test_too_little_memory_is_an_error(kernel_map) -> None:
    forget_frames()
    kernel_map.reset()
    kernel_map.add(2 * MIB, 3 * PAGE_SIZE, MemoryKind.USABLE)
    with pytest.raises(Exception, match="MemoryError"):
        kernel_map.build(False)
