"""The memory map against a plain model: for each page, the greatest kind that claims it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native
from core.handover import KIND_COUNT, MemoryKind
from kernel.mem.layout import FIRST_MAPPED, PAGE_SIZE, PHYSICAL_LIMIT

KINDS = range(KIND_COUNT)
SUBJECT = Path(__file__).parent / "memory_map_subject.py"

# Small addresses so that regions meet, ragged ones so that they split pages, and absurd ones.
near = st.integers(0, 40 * PAGE_SIZE)
anywhere = st.one_of(near, st.integers(0, (1 << 64) - 1))
regions = st.lists(st.tuples(anywhere, anywhere, st.sampled_from(KINDS)), max_size=30)
ragged = st.lists(st.tuples(near, near, st.sampled_from(KINDS)), max_size=30)


@pytest.fixture(scope="module")
def memory_map():
    return native(SUBJECT)


def settled(memory_map, regions) -> list[tuple[int, int, int]]:
    memory_map.clear()
    for region in regions:
        memory_map.add(*region)
    return [tuple(map(int, memory_map.region(index))) for index in range(memory_map.settle())]


def kind_of_page(page: int, regions: list[tuple[int, int, int]]) -> int:
    """The model."""
    start, end = page * PAGE_SIZE, (page + 1) * PAGE_SIZE
    kinds = [0]
    for first, length, kind in regions:
        last = first + length
        covers = first <= start and end <= last
        touches = length > 0 and first < end and start < last
        if covers if kind == MemoryKind.USABLE else touches:
            kinds.append(kind)
    return max(kinds)


@given(ragged)
@settings(max_examples=200)
def test_each_page_is_of_the_greatest_kind_that_claims_it(memory_map, regions) -> None:
    result = settled(memory_map, regions)
    for page in range(85):
        held = [
            kind for start, length, kind in result if start <= page * PAGE_SIZE < start + length
        ]
        assert held == [kind_of_page(page, regions)] or (
            held == [] and kind_of_page(page, regions) == MemoryKind.ABSENT
        )


@given(regions)
@settings(max_examples=200)
def test_the_map_is_in_order_and_whole_pages(memory_map, regions) -> None:
    result = settled(memory_map, regions)
    end, kind_before = 0, None
    for start, length, kind in result:
        assert start % PAGE_SIZE == 0
        assert length % PAGE_SIZE == 0 and length > 0
        assert start >= end
        assert not (start == end != FIRST_MAPPED and kind == kind_before)
        end, kind_before = start + length, kind
    assert end <= PHYSICAL_LIMIT
    for kind in KINDS:
        sizes = [length for _, length, each in result if each == kind]
        assert memory_map.total(kind) == sum(sizes)


def test_too_many_usable_regions_lose_memory_only(memory_map) -> None:
    result = settled(memory_map, [(2 * i * PAGE_SIZE, PAGE_SIZE, 1) for i in range(3000)])
    assert len(result) == 1024


def test_too_many_regions_of_others_are_an_error(memory_map) -> None:
    memory_map.clear()
    for index in range(1024):
        memory_map.add(2 * index * PAGE_SIZE, PAGE_SIZE, MemoryKind.RESERVED)
    with pytest.raises(Exception, match="TooManyRegions"):
        memory_map.add(0, PAGE_SIZE, MemoryKind.RESERVED)
