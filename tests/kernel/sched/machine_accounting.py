"""Time that threads run is theirs, all other is the processor's; one instruction is 1 ns.

Machine: icount=0
"""

from __future__ import annotations

from kernel.sched import accounting, kernel_thread, sleep
from kernel.sched.thread import Thread
from kernel.time import clock
from lang import Atomic, borrow, no_raise, u64

MS = 1_000_000

is_over: Atomic[bool]
ended: Atomic[u64]
turns: Atomic[u64]


@no_raise
def spin() -> None:
    while not is_over.load():
        turns.fetch_add(1)
    ended.fetch_add(1)


def test_a_processor_that_sleeps_is_idle() -> None:
    before = accounting.of_processor(0)
    sleep.until(clock.uptime() + 20 * MS)
    after = accounting.of_processor(0)
    assert 19 * MS < after.idle_ns - before.idle_ns < 21 * MS
    assert after.active_ns - before.active_ns < MS
    assert after.switches - before.switches >= 2


def test_idle_and_active_time_are_all_time() -> None:
    before = accounting.of_processor(0)
    start = clock.uptime()
    while clock.uptime() < start + 5 * MS:
        pass
    after = accounting.of_processor(0)
    passed = clock.uptime() - start
    counted = after.idle_ns + after.active_ns - before.idle_ns - before.active_ns
    assert passed - MS // 10 < counted < passed + MS // 10
    assert after.idle_ns == before.idle_ns


def test_two_threads_share_the_time() -> None:
    first: Thread = kernel_thread.start("first", spin)
    second: Thread = kernel_thread.start("second", spin)
    before = accounting.of_thread(borrow(first)), accounting.of_thread(borrow(second))
    sleep.until(clock.uptime() + 50 * MS)
    after = accounting.of_thread(borrow(first)), accounting.of_thread(borrow(second))
    assert accounting.of_processor(0).threads == 3
    ran = after[0] - before[0], after[1] - before[1]
    assert 49 * MS < ran[0] + ran[1] < 51 * MS
    assert ran[0] < ran[1] + 6 * MS
    assert ran[1] < ran[0] + 6 * MS
    is_over.store(True)
    while ended.load() < 2:
        sleep.until(clock.uptime() + MS)


def test_a_processor_that_does_not_exist_has_no_time() -> None:
    assert accounting.of_processor(7).idle_ns == 0
