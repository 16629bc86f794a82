"""The heap of programs: no two blocks share a byte, all are zero, and memory goes back to the system."""

from __future__ import annotations

import ctypes
import mmap
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.testing import native

FOLDER = Path(__file__).parent
PAGE = 4096
PAGES = 4096
SPAN = 64 << 10
LARGEST = 8192
KEPT = (4 << 20) // PAGE  # pages of large blocks
SPANS = (1 << 20) // PAGE + 32 * SPAN // PAGE  # pages of empty spans, and one span of each size
REGION = (1 << 20) // PAGE  # pages that were mapped but never a span

sizes = st.one_of(
    st.integers(1, 200),
    st.integers(1, LARGEST),
    st.integers(LARGEST, 100_000),
    st.integers(100_000, 3_000_000),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("take"), sizes),
        st.tuples(st.just("take_many"), st.integers(1, LARGEST)),
        st.tuples(st.just("give"), st.integers(0, 1000)),
        st.tuples(st.just("give_half"), st.integers(0, 1)),
        st.tuples(st.just("give_back_kept"), st.just(0)),
    ),
    max_size=40,
)


@pytest.fixture(scope="module")
def compiled():
    memory = mmap.mmap(-1, PAGES * PAGE)
    start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    module = native(FOLDER / "heap_subject.py", replace={"core.world.system": FOLDER / "pages.py"})
    yield module, start
    del memory  # until here the pages are the heap's


@pytest.fixture
def heap(compiled):
    module, start = compiled
    module.begin(start)
    return module


@pytest.mark.parametrize(("size", "distance"), [(64, 64), (448, 448), (512, 528), (4096, 4112)])
def test_large_blocks_do_not_lie_powers_of_two_apart(heap, size: int, distance: int) -> None:
    blocks = [heap.take(size) for _ in range(8)]
    assert [after - before for before, after in pairwise(blocks)] == [distance] * 7


class Model:
    """Who has which bytes."""

    def __init__(self, heap) -> None:
        self.heap = heap
        self.taken: dict[int, int] = {}

    def take(self, size: int) -> bool:
        address = self.heap.take(size)
        if address == 0:
            return False
        assert address != 1, "memory that is not zero"
        assert address % 16 == 0
        self.taken[address] = size
        return True

    def take_many(self, size: int) -> None:
        for _ in range(SPAN // size * 2 if size > 500 else 200):
            if not self.take(size):
                return

    def give(self, which: int) -> None:
        if self.taken:
            self.give_one(list(self.taken)[which % len(self.taken)])

    def give_half(self, parity: int) -> None:
        for address in list(self.taken)[parity::2]:
            self.give_one(address)

    def give_one(self, address: int) -> None:
        assert self.heap.give(address, self.taken.pop(address)) == 0, "a block was written to"

    def give_back_kept(self, _: int) -> None:
        self.heap.give_back_kept()

    def give_all(self) -> None:
        for address in list(self.taken):
            self.give_one(address)


def test_every_size_has_room_and_wastes_less_than_a_fifth(heap) -> None:
    for size in [*range(1, LARGEST + 1), *range(LARGEST + 1, (1 << 20) + 1, 4099)]:
        room = heap.room_for(size)
        unit = 16 if size <= LARGEST else PAGE
        assert size <= room < size + unit + room // 5


@settings(max_examples=60)
@given(steps)
def test_blocks_are_whole_and_memory_goes_back(compiled, steps) -> None:
    heap, start = compiled
    heap.begin(start)
    model = Model(heap)
    for operation, value in steps:
        getattr(model, operation)(value)
    model.give_all()
    assert heap.mapped_pages() <= KEPT + SPANS + REGION
    heap.give_back_kept()
    assert heap.mapped_pages() <= SPANS
    assert heap.mistakes() == 0


def test_everything_is_used_before_there_is_no_memory(heap) -> None:
    model = Model(heap)
    model.take_many(LARGEST)
    while model.take(1000):
        pass
    used = sum(heap.room_for(size) for size in model.taken.values())
    assert used > PAGES * PAGE * 0.9
    model.give_all()
    assert model.take(8 << 20), "what is kept goes back when the system has nothing left"
    assert heap.mistakes() == 0


@pytest.mark.parametrize("size", [16, 1000, LARGEST, 100_000])
def test_taking_and_giving_again_asks_the_system_for_nothing(heap, size: int) -> None:
    heap.take_and_give(size, 1)
    before = heap.calls()
    heap.take_and_give(size, 1000)
    assert heap.calls() == before


def test_memory_of_one_size_serves_another(heap) -> None:
    model = Model(heap)
    for size in (32, 48, 160, 1024, 5000):
        for _ in range((2 << 20) // size):
            assert model.take(size)
        model.give_all()
    assert heap.mapped_pages() <= SPANS + REGION
