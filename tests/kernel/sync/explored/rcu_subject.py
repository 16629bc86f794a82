"""What the explored threads do with things that they read without a lock, and that others take away and free."""

from __future__ import annotations

from typing import Final

from kernel.cpu import processor
from kernel.sched import kernel_thread, scheduler, sleep
from kernel.sched.thread import ThreadState
from kernel.sync import rcu
from kernel.sync.rcu import Later
from lang import (
    Array,
    Atomic,
    Order,
    Ptr,
    address_of,
    no_raise,
    owner,
    sleeps,
    struct,
    u16,
    u64,
)

ALIVE: Final[u64] = 0
DEAD: Final[u64] = 1
THINGS: Final = 4
LOOKS: Final = 50


@struct(pinned=True)
class Thing:
    state: Atomic[u64]
    later: Later


things: Array[Thing, THINGS]
shown: Atomic[u64]  # the number of the thing that is to be read
taken: Atomic[u64]  # how many have been shown
freed: Atomic[u64]
are_replaced: Atomic[bool]
readers_ended: Atomic[u64]
wrong: u64  # how often something dead was read


def reset() -> None:
    global wrong
    sleep.make_threads()
    rcu.begin()
    for index in range(len(things)):
        things[index].state.store(ALIVE)
        things[index].later.function = None
    for number in range(u16(3)):
        rcu.put_off[number].newest.store(None)
        scheduler.words[number].store(0)
        if (thread := sleep.threads[number]) is not None:
            thread.state.store(ThreadState.RUNNABLE)
    scheduler.processor_count.store(3)
    scheduler.counts_sleeps = True
    shown.store(0)
    taken.store(0)
    freed.store(0)
    are_replaced.store(False)
    readers_ended.store(0)
    wrong = 0


def become(number: u16) -> None:
    processor.become(number)


def read() -> None:
    """Look twice at what was found."""
    with rcu.read():
        look_twice()


def read_inside() -> None:
    """The same in a reading with another one inside that has ended."""
    with rcu.read():
        found = shown.load(Order.RELAXED)
        with rcu.read():
            pass
        look_at(found)


def look_twice() -> None:
    found = shown.load(Order.RELAXED)
    look_at(found)
    look_at(found)


def look_at(found: u64) -> None:
    global wrong
    if things[found].state.load(Order.RELAXED) != ALIVE:
        wrong += 1


def replace_and_wait() -> None:
    before = show_next()
    rcu.synchronize()
    before.state.store(DEAD)


def replace_and_go_on() -> None:
    before = show_next()
    rcu.call(address_of(before.later), free)


def finish() -> None:
    rcu.finish()


def show_next() -> Ptr[Thing]:
    """Show another thing; return the one that was shown before."""
    following = (taken.fetch_add(1, Order.RELAXED) + 1) % THINGS
    things[following].state.store(ALIVE, Order.RELAXED)
    return address_of(things[shown.swap(following)])


@sleeps
def replace_for_readers(count: u64) -> None:
    """Replace one thing after the other until so many threads have read enough."""
    are_replaced.store(True)
    while readers_ended.load() < count:
        replace_and_wait()


def read_often(times: u64) -> None:
    """Read so often, once things are replaced, and look at what was found for long."""
    global wrong
    while not are_replaced.load():
        processor.wait_a_moment()
    for _ in range(times):
        with rcu.read():
            found = shown.load()
            for _ in range(LOOKS):
                if things[found].state.load(Order.RELAXED) != ALIVE:
                    wrong += 1
    readers_ended.fetch_add(1)


@no_raise
def free(later: Ptr[Later]) -> None:
    owner(later, Thing, "later").state.store(DEAD)
    freed.fetch_add(1)


@no_raise
@sleeps
def collect() -> None:
    """What the thread does that makes calls which were put off, for ever."""
    kernel_thread.run()


@no_raise
@sleeps
def collect_once() -> None:
    rcu.collect()
