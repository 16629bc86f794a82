"""Threads spread over four processors, and follow what becomes free.

Machine: processors=4
"""

from __future__ import annotations

from typing import Final

from kernel.cpu import processor
from kernel.cpu.interrupts import interrupts_disabled
from kernel.cpu.processor_set import ProcessorSet
from kernel.sched import kernel_thread, scheduler, sleep
from kernel.sched.thread import Main, Thread
from kernel.time import clock
from lang import Array, Atomic, Ptr, borrow, no_raise, u16, u64

MS = 1_000_000
PROCESSORS: Final = 4
HOGS: Final = 12
NAPPERS: Final = 20
NAPS: Final = 50

ended: Atomic[u64]
is_over: Atomic[bool]
next_hog: Atomic[u64]
turns: Array[Atomic[u64], HOGS]
was_on: Array[Atomic[u64], HOGS]  # a bit for each processor


@no_raise
def spin() -> None:
    """Be busy, and note where."""
    me = next_hog.fetch_add(1)
    while not is_over.load():
        turns[me].fetch_add(1)
        number = here()
        if was_on[me].load() >> number & 1 == 0:
            was_on[me].fetch_or(u64(1) << number)
    ended.fetch_add(1)


def begin() -> None:
    ended.store(0)
    is_over.store(False)
    next_hog.store(0)
    for index in range(HOGS):
        turns[index].store(0)
        was_on[index].store(0)


@no_raise
def end(count: u64) -> None:
    is_over.store(True)
    while ended.load() < count:
        sleep.until(clock.uptime() + MS)


def test_as_many_threads_as_processors_run_at_once() -> None:
    begin()
    for _ in range(PROCESSORS - 1):
        kernel_thread.start("hog", spin)
    sleep.until(clock.uptime() + 100 * MS)
    used: u64 = 0
    for index in range(PROCESSORS - 1):
        assert turns[index].load() > 0
        used |= was_on[index].load()
    end(PROCESSORS - 1)
    assert count_bits(used) >= PROCESSORS - 1


def test_many_threads_use_all_processors() -> None:
    begin()
    for _ in range(HOGS):
        kernel_thread.start("hog", spin)
    sleep.until(clock.uptime() + 200 * MS)
    for number in range(u16(PROCESSORS)):
        assert 2 <= scheduler.loads[number].count.load() <= 4
    end(HOGS)


def test_threads_stay_where_they_are_allowed_to_run() -> None:
    begin()
    for _ in range(HOGS):
        start_on("hog", spin, 0b0110)
    sleep.until(clock.uptime() + 100 * MS)
    end(HOGS)
    for index in range(HOGS):
        assert turns[index].load() > 0
        assert was_on[index].load() & ~u64(0b0110) == 0


def test_threads_follow_when_they_are_allowed_elsewhere() -> None:
    """Waiting, running and sleeping ones."""
    begin()
    threads = Array[Ptr[Thread] | None, HOGS]()
    for index in range(HOGS):
        threads[index] = start_on("hog", spin, 0b0010)
    sleep.until(clock.uptime() + 50 * MS)
    for index in range(HOGS):
        if (thread := threads[index]) is not None:
            scheduler.restrict(thread, processors(0b1000))
    sleep.until(clock.uptime() + 100 * MS)
    for index in range(HOGS):
        was_on[index].store(0)
    assert scheduler.loads[3].count.load() == HOGS
    sleep.until(clock.uptime() + 100 * MS)
    end(HOGS)
    for index in range(HOGS):
        assert was_on[index].load() & ~u64(0b1000) == 0


def test_a_thread_moves_itself() -> None:
    me = sleep.current()
    for number in range(u16(PROCESSORS)):
        scheduler.restrict(me, processors(u64(1) << number))
        assert here() == number
    scheduler.restrict(me, processors(~u64(0)))


def test_waiting_threads_come_to_processors_that_are_allowed_again() -> None:
    begin()
    threads = Array[Ptr[Thread] | None, HOGS]()
    for index in range(HOGS):
        threads[index] = start_on("hog", spin, 0b0010)
    sleep.until(clock.uptime() + 20 * MS)
    for index in range(HOGS):
        if (thread := threads[index]) is not None:
            scheduler.restrict(thread, processors(0b1111))
    sleep.until(clock.uptime() + 300 * MS)
    for number in range(PROCESSORS):
        assert 2 <= scheduler.loads[number].count.load() <= 4
    end(HOGS)


def test_threads_are_given_to_the_lightest_processor_where_they_may_run() -> None:
    """Processor 3 has the least to do, and is not allowed; 2 is not idle, so that it takes nothing by itself."""
    begin()
    start_on("hog", spin, 0b0001)
    start_on("hog", spin, 0b0001)
    start_on("hog", spin, 0b0100)
    threads = Array[Ptr[Thread] | None, 6]()
    for index in range(6):
        threads[index] = start_on("hog", spin, 0b0010)
    sleep.until(clock.uptime() + 20 * MS)
    for index in range(6):
        if (thread := threads[index]) is not None:
            scheduler.restrict(thread, processors(0b0110))
    sleep.until(clock.uptime() + 200 * MS)
    assert 3 <= scheduler.loads[1].count.load() <= 4
    assert 3 <= scheduler.loads[2].count.load() <= 4
    end(9)


@no_raise
def nap_often() -> None:
    for round in range(NAPS):
        sleep.until(clock.uptime() + 1000 * (1 + u64(round) % 50))
        turns[0].fetch_add(1)
    ended.fetch_add(1)


def test_no_thread_is_lost_among_sleeps_and_moves() -> None:
    begin()
    for _ in range(HOGS):
        kernel_thread.start("hog", spin)
    threads = Array[Thread | None, NAPPERS]()
    for index in range(NAPPERS):
        threads[index] = kernel_thread.start("napper", nap_often)
    start = clock.uptime()
    for round in range(200):
        if (thread := threads[round % NAPPERS]) is not None:
            scheduler.restrict(borrow(thread), processors(u64(1 + round % 15)))
        sleep.until(clock.uptime() + MS // 10)
    while ended.load() < NAPPERS:
        assert clock.uptime() < start + 30_000 * MS, "some thread does not come back"
        sleep.until(clock.uptime() + MS)
    end(HOGS + NAPPERS)


def start_on(name: str, main: Main, mask: u64) -> Ptr[Thread]:
    """Start a thread that may run on some processors."""
    thread = kernel_thread.new(name, main, has_program=False)
    thread.allowed = processors(mask)
    kernel_thread.let_run(thread)
    return borrow(thread)


def processors(mask: u64) -> ProcessorSet:
    result = ProcessorSet()
    result.words[0] = mask
    return result


@no_raise
def here() -> u16:
    with interrupts_disabled():
        return processor.number()


def count_bits(mask: u64) -> u64:
    count: u64 = 0
    for number in range(PROCESSORS):
        count += mask >> u64(number) & 1
    return count
