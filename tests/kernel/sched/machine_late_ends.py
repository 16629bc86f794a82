"""An object whose last reference goes where nothing may sleep ends later, where its end may."""

from __future__ import annotations

from kernel.cpu import interrupts
from kernel.sched import burial, sleep
from kernel.sync.mutex import Mutex
from kernel.sync.spin_lock import SpinLock
from kernel.time import clock
from lang import Atomic, u64

MS = 1_000_000

lock: SpinLock
mutex: Mutex
held: Holder | None = None  # guarded by lock
ended: Atomic[u64]
ended_with_interrupts: Atomic[u64]


class Holder:
    """Its end takes a lock for which one may have to sleep."""

    def __del__(self) -> None:
        if interrupts.are_enabled():
            ended_with_interrupts.fetch_add(1)
        with mutex:
            ended.fetch_add(1)


def let_go() -> None:
    global held
    with lock:
        held = None
        assert ended.load() == 0


def test_the_end_waits_until_it_may_sleep() -> None:
    global held
    ended.store(0)
    ended_with_interrupts.store(0)
    made = Holder()
    with lock:
        held = made
    del made
    with mutex:
        let_go()
        sleep.until(clock.uptime() + 5 * MS)
        assert ended.load() == 0
    sleep.until(clock.uptime() + 20 * MS)
    assert ended.load() == 1
    assert ended_with_interrupts.load() == 1
    assert burial.object_count.load() == 0


def test_as_many_as_there_are_end() -> None:
    ended.store(0)
    for _ in range(100):
        put_and_drop()
    sleep.until(clock.uptime() + 20 * MS)
    assert ended.load() == 100


def put_and_drop() -> None:
    global held
    made = Holder()
    with lock:
        held = made
    del made
    with lock:
        held = None
