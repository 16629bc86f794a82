"""The heap and its caches: no two objects share a byte, and all memory comes back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.mem.simulated import MOVED, PAGE_SIZE, forget_frames, map_memory, simulated

FIRST, COUNT = 0x400, 4096
SUBJECT = Path(__file__).with_name("heap_subject.py")
LARGEST = 8192
EMPTY = 18  # slabs that may stay: one for each size

sizes = st.one_of(st.integers(1, 200), st.integers(1, LARGEST), st.integers(LARGEST, 100_000))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("allocate"), sizes),
        st.tuples(st.just("free"), st.integers(0, 1000)),
        st.tuples(st.just("free"), st.integers(0, 1000)),
        st.tuples(st.just("drain"), st.just(0)),
    ),
    max_size=120,
)


@pytest.fixture(scope="module")
def heaps():
    map_memory()
    return simulated(SUBJECT)


@pytest.fixture
def heap(heaps):
    forget_frames()
    heaps.begin(FIRST, COUNT)
    return heaps


def test_every_size_has_room_and_wastes_less_than_a_third(heap) -> None:
    for size in range(1, LARGEST + 1):
        room = heap.room_for(size)
        assert room >= size
        assert size <= 16 or size > room * 2 // 3 - 16


class Model:
    """Who has which bytes."""

    def __init__(self, heap) -> None:
        self.heap = heap
        self.taken: dict[int, int] = {}

    def allocate(self, size: int) -> None:
        try:
            address = self.heap.allocate(size)
        except MemoryError:
            return
        assert address % 16 == 0
        start = MOVED["PHYSICAL_MAP"] + FIRST * PAGE_SIZE
        assert start <= address and address + size <= start + COUNT * PAGE_SIZE
        for other, length in self.taken.items():
            assert address + size <= other or other + length <= address
        self.taken[address] = size

    def free(self, which: int) -> None:
        if self.taken:
            address = list(self.taken)[which % len(self.taken)]
            del self.taken[address]
            self.heap.free(address)

    def drain(self, _: int) -> None:
        self.heap.drain()

    def end(self, everything: int) -> None:
        small = sum(size <= LARGEST for size in self.taken.values())
        assert self.heap.live_in_all() == small
        for address in self.taken:
            self.heap.free(address)
        assert self.heap.live_in_all() == 0
        self.heap.drain()
        assert self.heap.slabs() <= EMPTY
        empty = everything - self.heap.available()
        assert empty <= 8 * EMPTY


@given(steps)
@settings(max_examples=150)
def test_no_two_objects_share_memory(heaps, steps: list[tuple[str, int]]) -> None:
    forget_frames()
    heaps.begin(FIRST, COUNT)
    model = Model(heaps)
    everything = heaps.available()
    for name, argument in steps:
        getattr(model, name)(argument)
    model.end(everything)


@given(steps, st.integers(0, 12))
@settings(max_examples=100)
def test_with_too_little_memory_nothing_is_lost(heaps, steps, free: int) -> None:
    forget_frames()
    heaps.begin(FIRST, 256)
    everything = heaps.available()
    taken = heaps.take_all_but(free)
    model = Model(heaps)
    for name, argument in steps:
        getattr(model, name)(argument)
    heaps.give_back(taken)
    model.end(everything)


def test_a_cache_gives_objects_of_its_size(heap) -> None:
    cache = heap.make_cache(40)
    objects = sorted(heap.allocate_from(cache) for _ in range(300))
    assert all(after - before >= 48 for before, after in pairwise(objects))
    assert heap.live(cache) == 300
    for each in objects:
        heap.free(each)
    assert heap.live(cache) == 0


def test_there_are_so_many_caches_and_no_more(heap) -> None:
    made = 0
    with pytest.raises(Exception, match="MemoryError"):
        while True:
            heap.make_cache(64)
            made += 1
    assert made == 192 - EMPTY


def test_freeing_what_is_no_object_is_found_out(heap) -> None:
    address = heap.allocate(64)
    with pytest.raises(Exception, match="nobody has|no object"):
        heap.free(address + 64 * PAGE_SIZE)
