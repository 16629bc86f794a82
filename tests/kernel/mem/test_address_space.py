"""Address spaces against a dict: no page is lost, none is in two places, and failing changes nothing."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel.mem.simulated import PAGE_SIZE, forget_frames, map_memory, simulated

FIRST, COUNT = 0x400, 8192  # those that there are
SUBJECT = Path(__file__).with_name("address_space_subject.py")

USER_START, USER_END = 0x40_0000, 0x7FFF_FFFF_F000
READ, WRITE, EXECUTE = 1, 2, 4
LARGE, HUGE = 1 << 21, 1 << 30
PRESENT, WRITABLE, USER, NO_EXECUTE = 1, 2, 4, 1 << 63

FIRST_OF_ALL = 0x4000_0000  # where the tests map at addresses of their own choice
PLACES = 3 * 512  # pages there


@pytest.fixture(scope="module")
def spaces():
    map_memory()
    return simulated(SUBJECT)


@pytest.fixture
def space(spaces):
    forget_frames()
    spaces.begin(FIRST, COUNT)
    spaces.use_large_pages(2)
    return spaces


def test_a_promise_is_kept_when_it_is_touched(space) -> None:
    start = space.reserve(3 * PAGE_SIZE, READ | WRITE)
    assert space.page_of(start) == 0
    assert space.fault(start + PAGE_SIZE + 5, WRITE)
    assert space.page_of(start + PAGE_SIZE) != 0
    assert space.page_of(start) == 0
    assert space.pages() == 1


def test_a_terabyte_of_promises_costs_a_few_pages(space) -> None:
    before = space.available()
    start = space.reserve(1 << 40, READ | WRITE)
    assert before - space.available() < 8
    assert space.fault(start + (1 << 39) + 12345, READ)
    space.unmap(start, 1 << 40)
    assert space.available() == before


def test_the_protection_decides_which_faults_are_answered(space) -> None:
    start = space.reserve(PAGE_SIZE, READ)
    assert not space.fault(start, WRITE)
    assert not space.fault(start, EXECUTE)
    assert space.fault(start, READ)
    entry = space.entry_of(start)
    assert entry & (PRESENT | USER | WRITABLE | NO_EXECUTE) == PRESENT | USER | NO_EXECUTE


def test_nobody_touches_what_is_hidden_and_it_keeps_what_it_holds(space) -> None:
    start = space.reserve(PAGE_SIZE, READ | WRITE)
    space.fault(start, WRITE)
    page = space.page_of(start)
    space.protect(start, PAGE_SIZE, 0)
    assert space.entry_of(start) & PRESENT == 0
    assert not space.fault(start, READ)
    space.protect(start, PAGE_SIZE, READ)
    assert space.page_of(start) == page


def test_frames_are_put_where_a_place_was_kept_for_them(space) -> None:
    before = space.available()
    start = space.reserve(1 << 21, 0)
    assert not space.fault(start, READ)
    page = space.put_frame(start + PAGE_SIZE, READ, True)
    assert space.page_of(start + PAGE_SIZE) == page
    assert space.fault(start + PAGE_SIZE, READ)
    assert not space.fault(start + PAGE_SIZE, WRITE)
    assert not space.fault(start, READ)
    with pytest.raises(Exception, match="BadAddress"):
        space.put_frame(start + PAGE_SIZE, READ, True)  # it is taken
    with pytest.raises(Exception, match="BadAddress"):
        space.put_frame(start - PAGE_SIZE, READ, True)  # nothing was kept there
    with pytest.raises(Exception, match="ValueError"):
        space.put_frame(start + 1, READ, True)
    space.unmap(start, 1 << 21)
    assert space.available() == before


def test_what_others_have_is_not_made_writable(space) -> None:
    start = space.reserve(4 * PAGE_SIZE, 0)
    space.put_frame(start, READ, False)
    space.put_frame(start + PAGE_SIZE, READ, True)
    space.put_memory(start + 2 * PAGE_SIZE, 5 * PAGE_SIZE, PAGE_SIZE, READ | EXECUTE)
    for place, count in ((start, 1), (start + 2 * PAGE_SIZE, 1), (start, 4)):
        with pytest.raises(Exception, match="PermissionError"):
            space.protect(place, count * PAGE_SIZE, READ | WRITE)
    space.protect(start + PAGE_SIZE, PAGE_SIZE, READ | WRITE)
    space.protect(start, 4 * PAGE_SIZE, 0)
    space.protect(start, 4 * PAGE_SIZE, READ)
    with pytest.raises(Exception, match="PermissionError"):
        space.protect(start, PAGE_SIZE, WRITE)


def test_memory_of_nobody_is_put_where_a_place_was_kept_for_it(space) -> None:
    before = space.available()
    start = space.reserve(8 * PAGE_SIZE, 0)
    space.put_memory(start + PAGE_SIZE, 5 * PAGE_SIZE, 2 * PAGE_SIZE, READ | EXECUTE)
    assert [space.page_of(start + n * PAGE_SIZE) for n in (1, 2)] == [5, 6]
    entry = space.entry_of(start + 2 * PAGE_SIZE)
    assert entry & (PRESENT | WRITABLE | NO_EXECUTE) == PRESENT
    assert space.pages() == 0
    with pytest.raises(Exception, match="BadAddress"):
        space.put_memory(start + 2 * PAGE_SIZE, 0, PAGE_SIZE, READ)  # it is taken
    with pytest.raises(Exception, match="BadAddress"):
        space.put_memory(start, 0, 1 << 47, READ)
    with pytest.raises(Exception, match="ValueError"):
        space.put_memory(start + 3 * PAGE_SIZE, 0, PAGE_SIZE, WRITE)
    space.unmap(start, 8 * PAGE_SIZE)
    assert space.available() == before


@pytest.mark.parametrize("address", [0, USER_START - PAGE_SIZE, USER_END, 0xFFFF_8000_0000_0000])
def test_what_lies_outside_is_refused(space, address: int) -> None:
    for operation in (space.reserve_at, space.protect):
        with pytest.raises(Exception, match="BadAddress"):
            operation(address, PAGE_SIZE, READ)
    with pytest.raises(Exception, match="BadAddress"):
        space.unmap(address, PAGE_SIZE)
    assert not space.fault(address, READ)


@pytest.mark.parametrize("size", [0, 1 << 47, 1 << 63, (1 << 64) - 1])
def test_senseless_sizes_are_refused(space, size: int) -> None:
    before = space.available()
    for operation in (
        lambda: space.reserve(size, READ),
        lambda: space.reserve_at(USER_START, size, READ),
        lambda: space.unmap(USER_START, size),
        lambda: space.protect(USER_START, size, READ),
        lambda: space.map_memory(0, size, READ, 0),
    ):
        with pytest.raises(Exception, match="ValueError|MemoryError|BadAddress"):
            operation()
    assert space.available() == before


def test_an_address_within_a_page_is_refused(space) -> None:
    with pytest.raises(Exception, match="ValueError"):
        space.reserve_at(USER_START + 1, PAGE_SIZE, READ)


def test_nothing_is_written_and_executed(space) -> None:
    with pytest.raises(Exception, match="ValueError"):
        space.reserve(PAGE_SIZE, WRITE | EXECUTE)


def test_the_whole_space_is_reserved_and_no_more(space) -> None:
    space.reserve_at(USER_START, USER_END - USER_START, READ)
    with pytest.raises(Exception, match="MemoryError"):
        space.reserve(PAGE_SIZE, READ)
    space.unmap(USER_START, USER_END - USER_START)
    assert space.reserve(PAGE_SIZE, READ) == USER_START


def test_memory_is_mapped_by_the_largest_pages_that_fit(space) -> None:
    before = space.available()
    start = space.map_memory(HUGE, 2 * HUGE, READ | WRITE, 0)
    assert before - space.available() < 4  # a table of level 2, or two
    assert space.entry_of(start) & 0xFF == 0xE7 & ~0x60
    space.use_large_pages(1)
    other = space.map_memory(0x1234, LARGE, READ, 2)
    assert other & 0xFFF == 0x234
    assert space.entry_of(other) & 0x18 == 0x18  # uncached


def test_a_large_page_is_split_where_its_protection_changes(space) -> None:
    space.use_large_pages(1)
    start = space.map_memory(4 * LARGE, LARGE, READ | WRITE, 1)
    assert start % LARGE == 0
    space.protect(start + PAGE_SIZE, PAGE_SIZE, READ)
    for number in range(512):
        entry = space.entry_of(start + number * PAGE_SIZE)
        assert entry & 0x000F_FFFF_FFFF_F000 == 4 * LARGE + number * PAGE_SIZE
        assert bool(entry & WRITABLE) == (number != 1)
        assert entry & 0x80  # write-combining is entry 4 of the attribute table


def test_a_large_promise_is_kept_2_mib_at_a_time(space) -> None:
    before = space.available()
    start = space.reserve_large(3 * LARGE + PAGE_SIZE, READ | WRITE)
    assert start % LARGE == 0
    assert space.fault(start + LARGE + 12345, WRITE)
    assert space.pages() == 512
    first = space.page_of(start + LARGE) & ~511  # both lead to the entry of all 2 MiB
    assert first % 512 == 0
    assert space.entry_of(start) & PRESENT == 0
    assert space.fault(start + 3 * LARGE, WRITE)  # where no large page fits
    assert space.pages() == 513
    space.unmap(start, 3 * LARGE + PAGE_SIZE)
    assert (space.pages(), space.available()) == (0, before)


def test_part_of_a_large_page_is_unmapped_and_the_rest_stays(space) -> None:
    before = space.available()
    start = space.reserve_large(LARGE, READ | WRITE)
    space.fault(start, READ)
    space.unmap(start + 100 * PAGE_SIZE, 50 * PAGE_SIZE)
    assert space.pages() == 462
    assert space.mapped_pages(start, 512) == 462
    frames = {space.page_of(start + number * PAGE_SIZE) for number in range(100)}
    assert len(frames) == 100
    space.protect(start, 10 * PAGE_SIZE, 0)
    space.unmap(start, LARGE)
    assert (space.pages(), space.available()) == (0, before)


def test_a_large_page_can_be_hidden_whole(space) -> None:
    start = space.reserve_large(LARGE, READ | WRITE)
    space.fault(start, WRITE)
    space.protect(start, LARGE, 0)
    assert not space.fault(start, READ)
    space.protect(start, LARGE, READ)
    assert space.entry_of(start) & (PRESENT | WRITABLE) == PRESENT
    assert space.pages() == 512


def test_without_2_mib_in_a_row_there_are_small_pages(spaces) -> None:
    forget_frames()
    spaces.begin(FIRST, 300)
    start = spaces.reserve_large(LARGE, READ | WRITE)
    assert spaces.fault(start + 5 * PAGE_SIZE, WRITE)
    assert spaces.pages() == 1


def test_memory_beyond_every_processor_is_refused(space) -> None:
    with pytest.raises(Exception, match="BadAddress"):
        space.map_memory(1 << 52, PAGE_SIZE, READ, 0)


# Against a model -------------------------------------------------------------------------------


@dataclass
class Page:
    protection: int
    frame: int = 0  # 0: promised


class Model:
    """What is mapped where, by pages from FIRST_OF_ALL on."""

    def __init__(self, space) -> None:
        self.space = space
        self.pages: dict[int, Page] = {}
        self.kept: list[int] = []

    def step(self, name: str, place: int, count: int, protection: int) -> None:
        places = range(place, min(place + count, PLACES))
        address, size = FIRST_OF_ALL + place * PAGE_SIZE, len(places) * PAGE_SIZE
        getattr(self, name)(places, address, size, protection)

    def reserve(self, places: range, address: int, size: int, protection: int) -> None:
        if protection & WRITE and protection & EXECUTE:
            self.refused("ValueError", self.space.reserve_at, address, size, protection)
        elif any(place in self.pages for place in places):
            self.refused("FileExistsError", self.space.reserve_at, address, size, protection)
        elif self.done(self.space.reserve_at, address, size, protection):
            self.pages |= {place: Page(protection) for place in places}

    def unmap(self, places: range, address: int, size: int, protection: int) -> None:
        if self.done(self.space.unmap, address, size):
            for place in places:
                self.pages.pop(place, None)

    def protect(self, places: range, address: int, size: int, protection: int) -> None:
        if protection & WRITE and protection & EXECUTE:
            self.refused("ValueError", self.space.protect, address, size, protection)
        elif not all(place in self.pages for place in places):
            self.refused("BadAddress", self.space.protect, address, size, protection)
        elif self.done(self.space.protect, address, size, protection):
            for place in places:
                self.pages[place].protection = protection

    def fault(self, places: range, address: int, size: int, protection: int) -> None:
        needed = 1 << protection % 3
        page = self.pages.get(places[0])
        allowed = page is not None and page.protection != 0
        allowed = allowed and (needed == READ or bool(page.protection & needed))
        try:
            assert self.space.fault(address, needed) == allowed
        except MemoryError:
            return
        if allowed and page.frame == 0:
            page.frame = self.space.page_of(address)
            assert page.frame != 0

    def frame(self, places: range, address: int, size: int, protection: int) -> None:
        if protection & WRITE and protection & EXECUTE:
            return
        if places[0] in self.pages:
            self.refused("FileExistsError|MemoryError", self.space.map_frame, address, protection)
            return
        try:
            frame = self.space.map_frame(address, protection)
        except MemoryError:
            return
        self.kept.append(frame)
        self.pages[places[0]] = Page(protection, frame)

    def refused(self, name: str, operation, *arguments: int) -> None:
        before = self.space.available()
        with pytest.raises(Exception, match=name):
            operation(*arguments)
        assert self.space.available() == before

    def done(self, operation, *arguments: int) -> bool:
        """Return whether an operation was done; there may be too little memory for it."""
        before = self.space.available()
        try:
            operation(*arguments)
        except MemoryError:
            assert self.space.available() == before
            return False
        return True

    def check(self) -> None:
        assert self.space.mapped_pages(FIRST_OF_ALL, PLACES) == len(self.pages)
        frames = []
        for place, page in self.pages.items():
            entry = self.space.entry_of(FIRST_OF_ALL + place * PAGE_SIZE)
            assert entry != 0
            assert bool(entry & PRESENT) == (page.frame != 0 and page.protection != 0)
            assert bool(entry & WRITABLE) == bool(page.protection & WRITE)
            assert bool(entry & NO_EXECUTE) == (not page.protection & EXECUTE)
            if page.frame:
                frames.append(page.frame)
                assert entry >> 12 & 0xFF_FFFF_FFFF == page.frame
        assert len(frames) == len(set(frames)) == self.space.pages()

    def end(self, everything: int) -> None:
        """End the space, and find all memory again."""
        self.space.destroy()
        for frame in self.kept:
            self.space.let_go(frame)
        assert self.space.available() == everything + 1  # the top table's page


names = st.sampled_from(["reserve", "unmap", "protect", "fault", "fault", "frame"])
counts = st.one_of(st.integers(1, 5), st.sampled_from([512, 1024]), st.integers(1, PLACES))
places = st.one_of(st.integers(0, 8), st.sampled_from([512, 1024]), st.integers(0, PLACES - 1))
steps = st.lists(st.tuples(names, places, counts, st.integers(0, 7)), max_size=40)


@given(steps)
@settings(max_examples=150)
def test_a_space_is_a_dict_of_pages(spaces, steps: list[tuple[str, int, int, int]]) -> None:
    forget_frames()
    spaces.begin(FIRST, COUNT)
    run(Model(spaces), steps, spaces.available())


@given(steps, st.integers(0, 6))
@settings(max_examples=150)
def test_too_little_memory_changes_nothing(
    spaces, steps: list[tuple[str, int, int, int]], free: int
) -> None:
    forget_frames()
    spaces.begin(FIRST, 512)
    everything = spaces.available()
    taken = spaces.take_all_but(free)
    model = Model(spaces)
    for step in steps:
        model.step(*step)
    model.check()
    spaces.give_back(taken)
    model.end(everything)


def run(model: Model, steps, everything: int) -> None:
    for step in steps:
        model.step(*step)
    model.check()
    model.end(everything)


@pytest.mark.skipif("PATCHWORK_LONG" not in os.environ, reason="set PATCHWORK_LONG=1: minutes")
def test_a_million_operations(space) -> None:
    seed = int(os.environ.get("PATCHWORK_SEED", "1"))
    print(f"PATCHWORK_SEED={seed}")
    generator = random.Random(seed)
    everything = space.available()
    model = Model(space)
    for number in range(1_000_000):
        name = generator.choice(["reserve", "unmap", "protect", "fault", "fault", "frame"])
        count = generator.choice([1, 2, 3, 8, 512, generator.randrange(1, PLACES)])
        model.step(name, generator.randrange(PLACES), count, generator.randrange(8))
        if len(model.kept) > 1000:
            space.let_go(model.kept.pop())
        if number % 10_000 == 0:
            model.check()
    model.check()
    model.end(everything)
