"""Threads start, share, sleep, wake each other and end, on one processor whose instructions take 1 ns.

Machine: icount=0
"""

from __future__ import annotations

from typing import Final

from kernel.mem import frames, kernel_stack, object_cache
from kernel.mem.kernel_stack import KernelStack
from kernel.sched import accounting, kernel_thread, scheduler, sleep
from kernel.sched.preemption import preemption_disabled
from kernel.sched.thread import Thread, WakeReason
from kernel.time import clock
from lang import Array, Atomic, Ptr, borrow, no_raise, spin_hint, u64

MS = 1_000_000
COUNT: Final = 3

ended: Atomic[u64]
turns: Array[Atomic[u64], COUNT]
is_over: Atomic[bool]
sleeper: Atomic[Ptr[Thread] | None]
reason: Atomic[u64]


@no_raise
def end_at_once() -> None:
    ended.fetch_add(1)


@no_raise
def wait_for_ends(count: u64) -> None:
    while ended.load() < count:
        sleep.until(clock.uptime() + MS)


def test_a_thread_runs_while_its_maker_sleeps() -> None:
    ended.store(0)
    kernel_thread.start("one", end_at_once)
    wait_for_ends(1)


def test_sleeping_lasts_as_long_as_asked() -> None:
    start = clock.uptime()
    assert sleep.until(start + 20 * MS) == WakeReason.TIMED_OUT
    assert 20 * MS <= clock.uptime() - start < 21 * MS


@no_raise
def spin_0() -> None:
    spin(0)


@no_raise
def spin_1() -> None:
    spin(1)


@no_raise
def spin_2() -> None:
    spin(2)


@no_raise
def spin(index: int) -> None:
    while not is_over.load():
        turns[index].fetch_add(1)
    ended.fetch_add(1)


def test_threads_that_never_sleep_get_equal_shares() -> None:
    ended.store(0)
    is_over.store(False)
    for index in range(COUNT):
        turns[index].store(0)
    kernel_thread.start("spin 0", spin_0)
    kernel_thread.start("spin 1", spin_1)
    kernel_thread.start("spin 2", spin_2)
    sleep.until(clock.uptime() + 300 * MS)
    is_over.store(True)
    wait_for_ends(COUNT)
    mean = (turns[0].load() + turns[1].load() + turns[2].load()) // COUNT
    for index in range(COUNT):
        assert mean - mean // 20 < turns[index].load() < mean + mean // 20


def test_a_new_weight_counts_for_threads_that_are_there() -> None:
    ended.store(0)
    is_over.store(False)
    for index in range(COUNT):
        turns[index].store(0)
    threads = Array[Ptr[Thread], 2](
        borrow(kernel_thread.start("spin 0", spin_0)), borrow(kernel_thread.start("spin 1", spin_1))
    )
    sleep.until(clock.uptime() + 20 * MS)
    scheduler.set_weight(threads[0], 10)
    scheduler.set_weight(threads[1], 30)
    before = accounting.of_thread(threads[0]), accounting.of_thread(threads[1])
    sleep.until(clock.uptime() + 200 * MS)
    after = accounting.of_thread(threads[0]), accounting.of_thread(threads[1])
    is_over.store(True)
    wait_for_ends(2)
    assert 44 * MS < after[0] - before[0] < 56 * MS
    assert 144 * MS < after[1] - before[1] < 156 * MS


@no_raise
def sleep_for_ever() -> None:
    sleeper.store(sleep.current())
    sleep.begin_sleep()
    reason.store(u64(sleep.block(sleep.NEVER)) + 1)
    sleeper.store(None)
    ended.fetch_add(1)


def test_a_thread_that_is_woken_goes_on_at_once() -> None:
    ended.store(0)
    reason.store(0)
    kernel_thread.start("sleeper", sleep_for_ever)
    sleep.until(clock.uptime() + MS)
    thread = sleeper.load()
    assert thread is not None and reason.load() == 0
    assert sleep.wake(thread)
    wait_for_ends(1)
    assert reason.load() == u64(WakeReason.WOKEN) + 1


def test_a_wake_up_between_the_decision_and_the_sleep_is_not_lost() -> None:
    sleep.begin_sleep()
    assert sleep.wake(sleep.current())
    assert sleep.block(sleep.NEVER) == WakeReason.WOKEN
    assert not sleep.wake(sleep.current())


def test_nobody_else_runs_where_preemption_is_off() -> None:
    ended.store(0)
    start = clock.uptime()
    with preemption_disabled():
        try:
            kernel_thread.start("one", end_at_once)
        except MemoryError:
            assert False, "no memory"
        while clock.uptime() < start + 20 * MS:
            spin_hint()
        assert ended.load() == 0
    wait_for_ends(1)


def test_yielding_lets_the_other_run() -> None:
    ended.store(0)
    kernel_thread.start("one", end_at_once)
    for _ in range(3):
        sleep.yield_processor()
    assert ended.load() == 1


def free_pages() -> u64:
    """Return how many pages are free once everybody has given back what was only at hand."""
    kernel_stack.free_kept()
    object_cache.drain()
    frames.drain_cache()
    return frames.statistics().free


def test_ended_threads_leave_no_memory_behind() -> None:
    ended.store(0)
    for _ in range(10):
        kernel_thread.start("one", end_at_once)
    wait_for_ends(10)
    sleep.until(clock.uptime() + 5 * MS)
    before = free_pages()
    ended.store(0)
    for count in range(300):
        kernel_thread.start("one", end_at_once)
        if count % 10 == 9:
            wait_for_ends(u64(count) + 1)
    wait_for_ends(300)
    sleep.until(clock.uptime() + 5 * MS)
    assert free_pages() == before


def test_stacks_are_used_again_and_not_all_are_kept() -> None:
    first, second = KernelStack(), KernelStack()
    first.create()
    top = first.top
    first.free()
    second.create()
    assert second.top == top
    second.free()
    stacks = Array[KernelStack, 20]()
    for index in range(20):
        stacks[index].create()
    for index in range(20):
        stacks[index].free()
    assert kernel_stack.kept_count == kernel_stack.KEPT
    kernel_stack.free_kept()
    assert kernel_stack.kept_count == 0
