"""The frame allocator against a set of pages: none is lost, and none has two owners."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.mem.simulated import forget_frames, map_memory, simulated

SUBJECT = Path(__file__).parent / "frames_subject.py"
LOW, DMA, HIGH = 0, 1, 2

steps = st.lists(
    st.one_of(
        st.tuples(st.just("allocate"), st.just(0), st.just(0)),
        st.tuples(st.just("free"), st.integers(0, 1000), st.just(0)),
        st.tuples(st.just("retain"), st.integers(0, 1000), st.just(0)),
        st.tuples(st.just("row"), st.integers(1, 70), st.sampled_from([1, 2, 8, 64])),
        st.tuples(st.just("free_row"), st.integers(0, 1000), st.just(0)),
        st.tuples(st.just("drain"), st.just(0), st.just(0)),
    ),
    max_size=80,
)
memory = st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 400)), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def frames():
    map_memory()
    return simulated(SUBJECT)


def begin(frames, extents: list[tuple[int, int]]) -> set[int]:
    """Start over with these pages; return those that there are."""
    forget_frames()
    frames.reset()
    there: set[int] = set()
    for start, count in extents:
        new = set(range(start, start + count))
        if not new & there:
            frames.add(start, count)
            there |= new
    return there - {0}


class Model:
    """Who has which page."""

    def __init__(self, frames, there: set[int]) -> None:
        self.frames, self.there = frames, there
        self.singles: dict[int, int] = {}
        self.rows: list[tuple[int, int]] = []

    def held(self) -> set[int]:
        pages = set(self.singles)
        for start, count in self.rows:
            pages |= set(range(start, start + count))
        return pages

    def allocate(self, *_: int) -> None:
        try:
            page = self.frames.allocate()
        except Exception as error:  # noqa: BLE001 - a target's exception has no class here
            assert "MemoryError" in repr(error)
            assert not {page for page in self.there - self.held() if page >= 256}
            return
        assert page in self.there - self.held()
        self.singles[page] = 1

    def free(self, choice: int, _: int) -> None:
        if self.singles:
            page = sorted(self.singles)[choice % len(self.singles)]
            self.frames.free(page)
            self.singles[page] -= 1
            if self.singles[page] == 0:
                del self.singles[page]

    def retain(self, choice: int, _: int) -> None:
        if self.singles:
            page = sorted(self.singles)[choice % len(self.singles)]
            self.frames.retain(page)
            self.singles[page] += 1

    def row(self, count: int, alignment: int) -> None:
        try:
            page = self.frames.allocate_contiguous(count, alignment, HIGH)
        except Exception as error:  # noqa: BLE001
            assert "MemoryError" in repr(error)
            return
        pages = set(range(page, page + count))
        assert page % alignment == 0
        assert pages <= self.there - self.held()
        self.rows.append((page, count))

    def free_row(self, choice: int, _: int) -> None:
        if self.rows:
            self.frames.free_contiguous(*self.rows.pop(choice % len(self.rows)))

    def drain(self, *_: int) -> None:
        self.frames.drain_cache()


@given(memory, steps)
@settings(max_examples=150)
def test_no_page_is_lost_and_none_has_two_owners(frames, extents, steps) -> None:
    there = begin(frames, extents)
    model = Model(frames, there)
    for name, first, second in steps:
        getattr(model, name)(first, second)
        assert frames.available() == len(there) - len(model.held())
    assert frames.total() == len(there)


@given(memory, steps)
@settings(max_examples=50)
def test_what_is_freed_joins_again(frames, extents, steps) -> None:
    there = begin(frames, extents)
    largest = frames.largest_order()
    model = Model(frames, there)
    for name, first, second in steps:
        getattr(model, name)(first, second)
    while model.singles:
        model.free(0, 0)
    while model.rows:
        model.free_row(0, 0)
    model.drain()
    assert frames.available() == len(there)
    assert frames.largest_order() == largest


def test_everything_can_be_allocated(frames) -> None:
    there = begin(frames, [(300, 1000), (5000, 77)])
    taken = {frames.allocate() for _ in range(1077)}
    assert taken == there
    with pytest.raises(Exception, match="MemoryError"):
        frames.allocate()
    for page in taken:
        frames.free(page)
    assert frames.available() == 1077


def test_pages_below_1_mib_are_only_for_who_asks(frames) -> None:
    begin(frames, [(1, 255), (256, 4)])
    assert {frames.allocate() for _ in range(4)} == {256, 257, 258, 259}
    with pytest.raises(Exception, match="MemoryError"):
        frames.allocate()
    low = frames.allocate_contiguous(8, 8, LOW)
    assert low < 256
    frames.free(low)
    with pytest.raises(Exception, match="MemoryError"):
        frames.allocate()


@pytest.mark.parametrize("count", [0, 1 << 19, 1 << 60])
def test_rows_that_no_memory_could_hold_are_refused(frames, count: int) -> None:
    begin(frames, [(256, 1000)])
    with pytest.raises(Exception, match="MemoryError"):
        frames.allocate_contiguous(count, 1, HIGH)
    assert frames.available() == 1000


def test_freeing_twice_is_noticed(frames) -> None:
    begin(frames, [(256, 1000)])
    page = frames.allocate()
    frames.free(page)
    with pytest.raises(AssertionError):
        frames.free(page)
