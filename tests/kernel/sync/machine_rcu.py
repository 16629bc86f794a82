"""Readers see nothing that has been freed, whatever they and the writers do on four processors.

Machine: processors=4
"""

from __future__ import annotations

from typing import Final

from kernel.sched import kernel_thread, sleep
from kernel.sync import rcu
from kernel.sync.rcu import Later
from kernel.time import clock
from lang import Array, Atomic, Order, Ptr, address_of, no_raise, owner, spin_hint, struct, u64

MS = 1_000_000
ALIVE: Final[u64] = 0x600D
DEAD: Final[u64] = 0xDEAD
ROUNDS: Final = 300
READERS: Final = 5
PAUSES: Final = 2000  # for which a reader keeps what it found


@struct(pinned=True)
class Thing:
    state: Atomic[u64]
    is_free: Atomic[bool]
    later: Later


things: Array[Thing, 64]
shown: Atomic[Ptr[Thing] | None]
is_over: Atomic[bool]
ended: Atomic[u64]
readings: Atomic[u64]
torn: Atomic[u64]  # readings that found something dead
is_inside: Atomic[bool]
left_at: Atomic[u64]
called: Atomic[u64]


@no_raise
def read_for_ever() -> None:
    while not is_over.load():
        with rcu.read():
            thing = shown.load(Order.ACQUIRE)
            if thing is not None:
                for _ in range(PAUSES):
                    spin_hint()
                if thing.state.load() != ALIVE:
                    torn.fetch_add(1)
        readings.fetch_add(1)
    ended.fetch_add(1)


def begin_readers() -> None:
    is_over.store(False)
    ended.store(0)
    torn.store(0)
    readings.store(0)
    for index in range(len(things)):
        things[index].is_free.store(True)
    show(new_thing())
    for _ in range(READERS):
        kernel_thread.start("reader", read_for_ever)


@no_raise
def end_readers() -> None:
    is_over.store(True)
    while ended.load() < READERS:
        sleep.until(clock.uptime() + MS)
    shown.store(None)


@no_raise
def new_thing() -> Ptr[Thing]:
    while True:
        for index in range(len(things)):
            if things[index].is_free.swap(False):
                things[index].state.store(ALIVE)
                return address_of(things[index])
        sleep.until(clock.uptime() + MS)


@no_raise
def show(thing: Ptr[Thing]) -> Ptr[Thing] | None:
    return shown.swap(thing, Order.ACQ_REL)


@no_raise
def free(later: Ptr[Later]) -> None:
    destroy(owner(later, Thing, "later"))
    called.fetch_add(1)


@no_raise
def destroy(thing: Ptr[Thing]) -> None:
    thing.state.store(DEAD)
    thing.is_free.store(True)


def test_what_is_read_lives_until_the_reading_ends() -> None:
    begin_readers()
    called.store(0)
    for _ in range(ROUNDS):
        before = show(new_thing())
        assert before is not None
        rcu.call(address_of(before.later), free)
        sleep.until(clock.uptime() + MS // 5)
    end_readers()
    assert readings.load() > ROUNDS
    assert torn.load() == 0
    deadline = clock.uptime() + 1000 * MS
    while called.load() < ROUNDS and clock.uptime() < deadline:
        sleep.until(clock.uptime() + MS)
    assert called.load() == ROUNDS


def test_readers_would_notice_what_is_freed_too_early() -> None:
    begin_readers()
    for _ in range(ROUNDS):
        before = show(new_thing())
        assert before is not None
        destroy(before)
        sleep.until(clock.uptime() + MS // 5)
    end_readers()
    assert torn.load() > 0


def test_synchronize_lets_nothing_end_early_either() -> None:
    begin_readers()
    for _ in range(50):
        before = show(new_thing())
        assert before is not None
        rcu.synchronize()
        destroy(before)
    end_readers()
    assert torn.load() == 0


@no_raise
def read_long() -> None:
    with rcu.read():
        is_inside.store(True)
        end = clock.uptime() + 30 * MS
        while clock.uptime() < end:
            spin_hint()
        left_at.store(clock.uptime())
    ended.fetch_add(1)


def test_a_grace_period_waits_for_a_long_reading() -> None:
    ended.store(0)
    is_inside.store(False)
    kernel_thread.start("long", read_long)
    while not is_inside.load():
        sleep.until(clock.uptime() + MS)
    rcu.synchronize()
    assert left_at.load() != 0
    while ended.load() == 0:
        sleep.until(clock.uptime() + MS)


@no_raise
def be_busy() -> None:
    while not is_over.load():
        spin_hint()
    ended.fetch_add(1)


def test_a_processor_that_only_computes_does_not_hold_it_up() -> None:
    is_over.store(False)
    ended.store(0)
    for _ in range(4):
        kernel_thread.start("busy", be_busy)
    sleep.until(clock.uptime() + 5 * MS)
    for _ in range(5):
        rcu.synchronize()
    is_over.store(True)
    while ended.load() < 4:
        sleep.until(clock.uptime() + MS)
